"""From documents to answers: the whole pipeline on one screen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import Encoder
from embeddings.index import ExactIndex
from embeddings.reranker import Reranker
from knowledge.answers import Answer, Quote, Reason, quote
from knowledge.decision import confidence, least_confidence
from knowledge.demands import demands_meant
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.explanation import Explanation, explain
from knowledge.glossary import LANGUAGES, Glossary, read_glossary
from knowledge.intents import (
    addressee_of_demands,
    asks_for_both,
    asks_for_demands,
    asks_for_everybody,
    asks_for_now,
    asks_for_words_of,
    is_about_nobody_named,
    is_fragment,
    kind_asked_for,
    may_be_woman,
    with_person,
    without_frame,
)
from knowledge.lexical import content_terms, terms
from knowledge.naming import Naming, People
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_people
from knowledge.questions import LONGEST_QUESTION, Question, holds, understand
from knowledge.retrieval import Match, Shelf
from knowledge.several import sentences_that_answer
from knowledge.sought import holds_all, share_held, sought
from knowledge.statements import Statement, Statements
from knowledge.trust import trust

_MORE = 4  # passages offered after the first
_MOST_QUOTES = 3  # of an answer that is no list
_ALIKE = {"ru", "kk"}  # in letters
_KNOWN = 0.5  # share of a question's words that tells its language


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Documents ready to answer. Nothing in it changes; new documents make a new one.

    `passages` holds those of all documents in order, so that a row of it names one. `version`
    names the documents: equal texts give equal versions.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    version: str
    encoder: Encoder
    shelves: tuple[Shelf, ...]
    false_answer_rate: float
    reranker: Reranker | None
    people: People
    statements: Statements
    glossary: Glossary
    _rows: Mapping[tuple[str, int], int]
    _by_id: Mapping[str, Person]

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        encoder: Encoder,
        *,
        cache: Path,
        false_answer_rate: float,
        reranker: Reranker | None = None,
        curated: Sequence[Curated] = (),
        glossary: Glossary | None = None,
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split, encode and index `documents`.

        `cache` is the file of kept vectors. `false_answer_rate` in [0, 1] is the share of questions
        without an answer that may be answered all the same. `reranker` has the last word on the
        best passages. `curated` are other spellings of people's names. `glossary` carries
        questions over into the languages of the documents; it is ours unless given. Raises
        KnowledgeError if there are no documents.
        """
        if not documents:
            raise KnowledgeError("there are no documents to answer from; add a .txt or .md file")
        passages = tuple(passage for document in documents for passage in split(document))
        sentences = [p.sentence_text(s) for p in passages for s in p.sentences]
        texts = [passage.text for passage in passages]
        vectors = encode_cached(texts + sentences, encoder, cache, progress)
        passage_vectors, sentence_vectors = vectors[: len(texts)], vectors[len(texts) :]
        languages = np.array([passage.document.language for passage in passages])
        sentence_languages = np.repeat(languages, [len(p.sentences) for p in passages])

        def shelf(language: str) -> Shelf:
            own = [passage for passage in passages if passage.document.language == language]
            own_vectors = sentence_vectors[sentence_languages == language]
            return Shelf(
                own,
                language=language,
                passage_index=ExactIndex(passage_vectors[languages == language]),
                sentence_index=ExactIndex(own_vectors),
                trust=trust(own, own_vectors, language),
            )

        people = find_people(documents, curated)
        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages, people),
            encoder=encoder,
            shelves=tuple(shelf(language) for language in sorted(set(languages.tolist()))),
            false_answer_rate=false_answer_rate,
            reranker=reranker,
            people=People(people, documents),
            statements=Statements(passages, people),
            glossary=glossary or read_glossary(),
            _rows={(p.document.id, p.start): row for row, p in enumerate(passages)},
            _by_id={person.id: person for person in people},
        )

    def person(self, person_id: str) -> Person | None:
        """Return the person with that id; None if the documents name nobody who has it."""
        return self._by_id.get(person_id)

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[passage.document.id, passage.start]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def ask(self, text: str, about: Person | None = None, meant: Person | None = None) -> Answer:
        """Return the answer to `text`.

        `about` is whom the conversation was about before, `meant` whom of several the asker chose
        when asked back about a name in `text`. Safe to call from several threads.
        """
        question = understand(text)
        language = question.language
        if question.small_talk is not None:
            return Answer("smalltalk", language, 1.0, reason=question.small_talk)
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", language, 0.0, reason="too_long")

        namings = [self._settled(n, question, meant) for n in self.people.resolve(question.text)]
        if not namings and about is not None:
            followed = with_person(question.text, about.name)
            if followed is not None:
                return self._follow(question, understand(followed), about)
        if not namings and not question.names and is_about_nobody_named(question.text):
            return Answer("clarify", language, 0.0, reason="whom")
        if any(naming.outcome == "stranger" for naming in namings):
            return Answer("not_found", language, 0.0, reason="stranger")
        for naming in namings:
            if naming.outcome == "shared":
                return Answer("clarify", language, 0.0, reason="which_one", options=naming.people)
            written = question.text[naming.start : naming.end]
            is_in_doubt = naming.outcome == "near" or (
                meant is None and may_be_woman(question.text, written, language)
            )
            if is_in_doubt:
                return Answer(
                    "clarify", language, 0.0, reason="did_you_mean", options=naming.people
                )
        if namings:
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            return self._about(_spelled(question, namings), people, language)
        if asks_for_everybody(question.text) and self.people.people:
            named = [statement for statement in self.statements.all if statement.people]
            return self._whole(named, language, self.people.people)
        if of_kind := self._of_kind(question):
            return self._whole(of_kind, language)
        if asks_for_demands(question.text) and self.statements.demands:
            if demands := demands_meant(
                question.text, language, self.statements.demands, self.glossary
            ):
                return self._whole(demands, language)
            if addressee_of_demands(question.text) is not None:
                return Answer("not_found", language, 0.0, reason="nothing_found")
        return self._search(question)

    def _settled(self, naming: Naming, question: Question, meant: Person | None) -> Naming:
        """Return `naming` with its people known, where the asker or the question says who it is."""
        if meant in naming.people:
            return replace(naming, outcome="exact", people=(meant,))
        if naming.outcome != "shared":
            return naming
        if asks_for_both(question.text):
            return replace(naming, outcome="exact")
        words = sought(question.text, question.language, "en", self.glossary)
        called = [p for p in naming.people if p.role and _is_called(p.role.text, words)]
        return replace(naming, outcome="exact", people=(called[0],)) if len(called) == 1 else naming

    def _follow(self, question: Question, followed: Question, about: Person) -> Answer:
        """Answer `question`, which goes on about somebody, as `followed`, which names them."""
        language = question.language
        answer = self._about(followed, [about], language)
        is_open = followed.asks_for is None and is_fragment(question.text)
        if answer.status == "not_found" and is_open:
            # "And her children?" asks for whatever is said of them.
            answer = self._whole(self.statements.of([about]), language, [about])
        return replace(answer, is_follow_up=True)

    def _whole(
        self, statements: Sequence[Statement], language: str, people: Sequence[Person] = ()
    ) -> Answer:
        quotes = tuple(quote(s.passage, s.sentence) for s in statements)
        return Answer("answered", language, 1.0, quotes, people=tuple(people), is_whole=True)

    def _of_kind(self, question: Question) -> list[Statement]:
        """Return the sentences that name somebody of the kind that `question` asks to be named."""
        kind = kind_asked_for(question.text)
        if kind is None:
            return []
        return [
            statement
            for statement in self.statements.all
            if statement.people
            and holds_all(
                _terms_of(statement),
                sought(
                    kind,
                    question.language,
                    statement.passage.document.language,
                    self.glossary,
                ),
            )
        ]

    def _about(self, question: Question, people: Sequence[Person], language: str) -> Answer:
        """Answer a question about `people`, whom it names as the documents do.

        One that asks for nothing in particular, or in words that could not be carried over into
        the language of what is said of them, gets all of it; any other the sentence that answers,
        and then the rest.
        """
        everything = said = self.statements.of(people)
        spoken = {statement.passage.document.language for statement in said}
        target = language if language in spoken else min(spoken)
        names = " ".join(person.name for person in people)
        of_names = {frozenset([term]) for term in content_terms(names, target)}
        wanted = sought(without_frame(question.text), language, target, self.glossary)
        left = [one for one in wanted if not any(one & name for name in of_names)]
        if not left and any(asks_for_words_of(question.text, p.name) for p in people):
            said = tuple(s for s in said if s.label == "quotation")
            if not said:
                return Answer("not_found", language, 0.0, reason="nothing_found")
        elif asks_for_demands(question.text):
            said = _demanded_for(people, said) or said
        whole = replace(
            self._whole(said, language, people),
            is_of_now=asks_for_now(question.text),
            is_whole=len(said) == len(everything),
        )
        if question.asks_for is None and not left:
            return whole

        found = self._closest(question, [statement.passage for statement in said])
        certainty = self._certainty(question, found)
        explanation = self._explained(found, certainty)
        # The confidence was trained on whole questions, not on words carried over.
        if target != language or certainty >= self._least(found):
            for match, _ in found:
                first = self._first_about(match, question, people, said, left)
                if first is not None:
                    rest = tuple(q for q in whole.quotes if q != first)
                    return replace(
                        whole,
                        quotes=(first, *rest[: _MOST_QUOTES - 1]),
                        confidence=certainty,
                        is_whole=False,
                        explanation=explanation,
                    )
        if question.asks_for is None and self._is_unknown(question, target):
            return replace(whole, is_unmatched=True)
        return Answer(
            "not_found", language, certainty, reason="nothing_found", explanation=explanation
        )

    def _first_about(
        self,
        match: Match,
        question: Question,
        people: Sequence[Person],
        said: Sequence[Statement],
        left: Sequence[frozenset[str]],
    ) -> Quote | None:
        """Return the sentence of the passage of `match` that answers about `people`, if one does.

        In a passage about others too, what does not speak of them is said of somebody else. The
        name alone makes any sentence look like an answer: it must hold something of what is `left`
        of the question, or what it asks for.
        """
        passage = match.passage
        if self.statements.is_about(passage, people):
            shown = quote(passage, match.sentence)
            held = set(terms(passage.text, passage.document.language))
        else:
            own = [s for s in said if s.passage is passage]
            best = max(own, key=lambda s: share_held(_terms_of(s), left))
            if any(s.sentence == match.sentence for s in own):
                best = next(s for s in own if s.sentence == match.sentence)
            shown = quote(passage, best.sentence)
            held = _terms_of(best)
        if left and share_held(held, left):
            return shown
        asks_for = question.asks_for
        return shown if asks_for is not None and holds(asks_for, shown.highlight) else None

    def _search(self, question: Question) -> Answer:
        language = question.language
        question = self._in_language_of_its_words(question)
        found = self._closest(question)
        certainty = self._certainty(question, found)
        explanation = self._explained(found, certainty)
        if certainty < self._least(found) or self._is_half_read(question, found):
            languages = {shelf.language for shelf in self.shelves}
            reason: Reason = "nothing_found" if language in languages else "other_language"
            return Answer("not_found", language, certainty, reason=reason, explanation=explanation)
        more = tuple(quote(match.passage, match.sentence) for match, _ in found[1 : 1 + _MORE])
        best, shelf = found[0]
        asked = self._carried(question, shelf.language)
        quotes = tuple(quote(best.passage, s) for s in sentences_that_answer(asked, best))
        return Answer("answered", language, certainty, quotes, more, explanation=explanation)

    def _in_language_of_its_words(self, question: Question) -> Question:
        """Return `question` as one in Kazakh or Russian if the documents in it know its words.

        Few letters tell the two apart, and a short question may have none of them.
        """
        languages = {shelf.language for shelf in self.shelves}
        if question.language not in _ALIKE or question.language in languages:
            return question
        for shelf in self.shelves:
            if shelf.language in _ALIKE and shelf.share_known(question) >= _KNOWN:
                return replace(question, language=shelf.language)
        return question

    def _explained(
        self, found: Sequence[tuple[Match, Shelf]], certainty: float
    ) -> Explanation | None:
        if not found:
            return None
        match, shelf = found[0]
        return explain(
            match,
            shelf.language,
            trust=shelf.trust,
            confidence=certainty,
            least_confidence=self._least(found),
        )

    def _closest(
        self, question: Question, among: Sequence[Passage] | None = None
    ) -> list[tuple[Match, Shelf]]:
        found: list[list[tuple[Match, Shelf]]] = []
        for shelf in self.shelves:
            asked = self._carried(question, shelf.language)
            vector = self.encoder.encode_query(asked.text)
            rerank = self.reranker.scores if self.reranker is not None else None
            matches = shelf.closest(asked, vector, 1 + _MORE, among, rerank)
            found.append([(match, shelf) for match in matches])
        if len(found) == 1:
            return found[0]

        def order(item: tuple[Match, Shelf]) -> tuple[bool, float]:
            # Scores of two languages do not compare; how sure each is of an answer does.
            sure = self._certainty(question, [item])
            is_own = item[1].language == question.language and sure >= self._least([item])
            return not is_own, -sure

        return sorted((item for of_shelf in found for item in of_shelf), key=order)

    def _certainty(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> float:
        if not found:
            return 0.0
        match, shelf = found[0]
        return confidence(self._carried(question, shelf.language), match, shelf.language)

    def _least(self, found: Sequence[tuple[Match, Shelf]]) -> float:
        """Return the confidence that the first of `found` needs."""
        return least_confidence(found[0][1].language, self.false_answer_rate) if found else 1.0

    def _carried(self, question: Question, target: str) -> Question:
        """Return `question` in the words of `target`, as far as the glossary carries them over."""
        if question.language == target or not {question.language, target} <= set(LANGUAGES):
            return question
        words = self.glossary.translate(question.text, question.language, target).text
        carried = understand(words or question.text)
        return replace(carried, language=target, asks_for=question.asks_for)

    def _is_half_read(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> bool:
        """Return whether fewer words of `question` were carried over to the best match than not."""
        target = found[0][1].language if found else question.language
        if question.language == target or not {question.language, target} <= set(LANGUAGES):
            return False
        carried = self.glossary.translate(question.text, question.language, target)
        return len(carried.unknown) >= len(carried.carried)

    def _is_unknown(self, question: Question, target: str) -> bool:
        """Return whether a word of `question` could not be carried over into `target`."""
        if question.language == target or not {question.language, target} <= set(LANGUAGES):
            return False
        return bool(self.glossary.translate(question.text, question.language, target).unknown)


def _terms_of(statement: Statement) -> set[str]:
    passage = statement.passage
    return set(terms(passage.sentence_text(statement.sentence), passage.document.language))


def _is_called(role: str, words: Sequence[frozenset[str]]) -> bool:
    """Return whether `words` hold all that `role` says somebody is: "the poet Abishev"."""
    wanted = set(content_terms(role, "en"))
    return bool(wanted) and wanted <= {term for one in words for term in one}


def _demanded_for(people: Sequence[Person], said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return what of `said` is demanded for `people`, in order, with the sentences that say so."""
    ids = {person.id for person in people}
    tied = {id(s.passage) for s in said if ids & s.concerned}
    found = [s for s in said if s.label == "demand" or id(s.passage) in tied]
    return tuple(sorted(found, key=lambda s: (s.passage.document.id, s.sentence.start)))


def _spelled(question: Question, namings: Sequence[Naming]) -> Question:
    """Return `question` with every person in it spelled as in the documents."""
    text = question.text
    for naming in reversed(namings):
        names = ", ".join(person.name for person in naming.people)
        text = text[: naming.start] + names + text[naming.end :]
    return understand(text)


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
