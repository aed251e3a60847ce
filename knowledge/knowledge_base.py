"""From documents to answers: the whole pipeline."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import Encoder
from embeddings.index import ExactIndex
from embeddings.reranker import Reranker
from knowledge.abbreviations import abbreviation_asked_for, introduced_in, spelled_out_in
from knowledge.answers import Answer, Quote, Reason, quote
from knowledge.attributes import attributes_asked, supposes_unsaid, without_attributes
from knowledge.decision import confidence, least_confidence
from knowledge.demands import demands_meant
from knowledge.documents import Document
from knowledge.elsewhere import Vocabulary, speaks_of_elsewhere
from knowledge.errors import KnowledgeError
from knowledge.explanation import Explanation, explain
from knowledge.glossary import LANGUAGES, Glossary, read_glossary
from knowledge.intents import (
    addressee_of_demands,
    asked_to_read,
    asks_for_both,
    asks_for_demands,
    asks_for_everybody,
    asks_for_gist,
    asks_for_now,
    asks_for_words_of,
    asks_why,
    bare_of,
    is_about_nobody_named,
    kind_asked_for,
    may_be_woman,
    topic_asked_about,
    topical,
    with_person,
    without_asker,
    without_frame,
)
from knowledge.lexical import content_terms, stop_words, terms
from knowledge.naming import Naming, People
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_people
from knowledge.questions import LONGEST_QUESTION, Question, holds, understand
from knowledge.retrieval import Match, Shelf
from knowledge.several import sentences_that_answer
from knowledge.small_talk import asking
from knowledge.sought import holds_all, share_held, sought
from knowledge.spelling import Spelling
from knowledge.statements import Statement, Statements
from knowledge.trust import trust

_LISTS = re.compile(
    r"\W*(?:and|or|и|или|да|және|мен|пен|бен|әлде|немесе|не)?\W*", re.IGNORECASE
)  # what may stand between people who are only listed
_GENITIVE = re.compile(r"(?:[нтд][ыі]ң|тын|тин)$")
_SURE_CONFIDENCE = 0.97  # the same, in a passage about others too
_NEAR_CONFIDENCE = 0.5  # least of a sentence about somebody that is only like the question
_LEAST_TO_READ = 2 / 3  # share of the words of what somebody wants to read
_LONGEST_PHRASE = 4  # words that a document may say in others
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
    vocabulary: Vocabulary
    spelling: Mapping[str, Spelling]
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
        glossary = glossary or read_glossary()
        vocabulary = Vocabulary(passages)
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
            glossary=glossary,
            vocabulary=vocabulary,
            spelling={
                language: Spelling(
                    (
                        *vocabulary.words(language),
                        *sorted(stop_words(language)),
                        *(text for term in glossary.terms for text in term.equivalents(language)),
                    ),
                    language,
                )
                for language in LANGUAGES
            },
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
        question = self._in_its_language(understand(text))
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
                meant is None
                and may_be_woman(question.text, written, naming.people[0].name, language)
            )
            if is_in_doubt:
                return Answer(
                    "clarify", language, 0.0, reason="did_you_mean", options=naming.people
                )
        if namings:
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            if self._is_elsewhere(question, namings):
                return Answer("not_found", language, 0.0, reason="nothing_found")
            is_of_each = _are_listed(question.text, namings)
            return self._about(_spelled(question, namings), people, language, is_of_each)
        question = replace(understand(asking(question.text)), language=language)
        answer = self._of_nobody(question)
        if answer.status == "not_found":
            tries = (self._of_nobody(other) for other in self._respelled(question))
            return next((other for other in tries if other.status == "answered"), answer)
        spoken = self._spoken(question.text, language)
        if spoken != question.text:
            other = self._of_nobody(replace(understand(spoken), language=language))
            if other.status == "answered" and other.confidence > answer.confidence:
                return other
        return answer

    def _in_its_language(self, question: Question) -> Question:
        """Return `question` as one in Kazakh if its words are Kazakh, though no letter shows it."""
        targets = [shelf.language for shelf in self.shelves if shelf.language not in {"ru", "kk"}]
        if question.language != "ru" or not targets or targets[0] not in LANGUAGES:
            return question
        russian, kazakh = (
            len(self.glossary.translate(question.text, language, targets[0]).carried)
            for language in ("ru", "kk")
        )
        return replace(question, language="kk") if kazakh > russian == 0 else question

    def _of_nobody(self, question: Question) -> Answer:
        """Return the answer to `question`, which names no person."""
        language = question.language
        if self._is_elsewhere(question):
            return Answer("not_found", language, 0.0, reason="nothing_found")
        if introduced := self._introduced(question):
            return self._whole([introduced], language)
        if asks_for_everybody(question.text) and self.people.people:
            named = [statement for statement in self.statements.all if statement.named]
            return self._whole(named, language, self.people.people)
        if asks_for_gist(question.text) and len(self.documents) == 1:
            return self._whole(self.statements.all[:1], language)
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

    def _respelled(self, question: Question) -> Iterator[Question]:
        """Yield `question` with what is misspelled put right, and then with words of the documents
        in place of others that mean the same.
        """
        language = question.language
        text = question.text
        if language in self.spelling:
            text = self.spelling[language].mended(text, lambda word: self._is_word(word, language))
            if text != question.text:
                yield replace(understand(text), language=language)
        spoken = self._spoken(text, language)
        if spoken != text:
            yield replace(understand(spoken), language=language)

    def _is_word(self, word: str, language: str) -> bool:
        if language == "en":
            return word in self.encoder.words
        shelves = [shelf.language for shelf in self.shelves if shelf.language in LANGUAGES]
        others = [target for target in shelves if target != language]
        return any(self.glossary.translate(word, language, t).carried for t in others)

    def _spoken(self, text: str, language: str) -> str:
        """Return `text` with what documents call otherwise in their words: a few in a row at most.

        "Who worked together?" asks for a joint effort.
        """
        if all(shelf.language != language for shelf in self.shelves):
            return text
        said = text.split()
        place = 0
        while place < len(said):
            for end in range(min(place + _LONGEST_PHRASE, len(said)), place, -1):
                own = " ".join(said[place:end])
                if not content_terms(own, language) or self.vocabulary.holds(own, language):
                    continue
                if place and own != own.lower():
                    continue  # a name: Human Rights Watch
                same = self.glossary.same_as(own, language)
                spoken = next((t for t in same if self.vocabulary.holds(t, language)), None)
                if spoken is not None:
                    said[place:end] = [spoken]
                    break
            place += 1
        return " ".join(said)

    def _is_elsewhere(self, question: Question, namings: Sequence[Naming] = ()) -> bool:
        """Return whether `question` names, beside `namings`, what no document speaks of."""
        text = question.text
        for naming in reversed(namings):
            text = text[: naming.start] + " " + text[naming.end :]
        return all(
            speaks_of_elsewhere(
                text, question.language, self.vocabulary, shelf.language, self.glossary
            )
            for shelf in self.shelves
        )

    def _introduced(self, question: Question) -> Statement | None:
        """Return the sentence that introduces the abbreviation that `question` asks about."""
        written = abbreviation_asked_for(question.text)
        if written is None:
            return None
        spelled = {written.upper()}
        if question.language in LANGUAGES:
            for shelf in self.shelves:
                if shelf.language in LANGUAGES and shelf.language != question.language:
                    carried = self.glossary.translate(written, question.language, shelf.language)
                    spelled |= {text for one in carried.terms for text in one}
        for spells in (introduced_in, spelled_out_in):
            for statement in self.statements.all:
                if spelled & spells(statement.passage.sentence_text(statement.sentence)):
                    return statement
            spelled = {one for one in spelled if self.vocabulary.names(one)}
        return None

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
        answer = self._about(followed, [about], question.language)
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

    def _about(
        self,
        question: Question,
        people: Sequence[Person],
        language: str,
        is_of_each: bool = True,
    ) -> Answer:
        """Answer a question about `people`, whom it names as the documents do.

        One that asks for nothing in particular gets all that is said of them, any other the
        sentence that answers, and then the rest. That sentence must speak of them and hold what is
        asked: what it says of others, and what only looks like it, is not said of them.
        `is_of_each` says that they are listed, so that what is said of one of them will do.
        """
        everything = said = self.statements.of(people)
        declined = Answer("not_found", language, 0.0, reason="nothing_found")
        names = [person.name for person in people]
        text = asking(without_asker(question.text))
        text = with_person(text, names[0]) or text
        question = replace(understand(text), language=language)
        asked = attributes_asked(text, names)
        spoken = {statement.passage.document.language for statement in said}
        target = language if language in spoken else min(spoken)
        left = self._left(without_attributes(text, asked), names, language, target)

        ids = {person.id for person in people}
        if (left or asked or not is_of_each) and len(people) > 1:
            said = tuple(s for s in said if ids <= s.people)
        if any(asks_for_words_of(text, name) for name in names):
            said = tuple(s for s in said if s.speaker in ids)
        for attribute in asked:
            said = tuple(
                s
                for s in said
                if any(attribute.is_given(person, s, self.people.people) for person in people)
            )
        if not said:
            return declined
        if asks_for_demands(text):
            said = _demanded_for(people, said) or said
        whole = replace(
            self._whole(said, language, people),
            is_of_now=asks_for_now(text),
            is_whole=len(said) == len(everything),
        )
        if question.asks_for is None and not left:
            return whole

        kind = question.asks_for
        answering = [
            s
            for s in said
            if ids & s.people
            and (kind is None or holds(kind, s.passage.sentence_text(s.sentence)))
            and _is_enough(share_held(_terms_of(s), left), len(left))
        ]
        if answering:
            best = self._best(question, answering, left)
            first = quote(best.passage, best.sentence)
        elif (
            not asked and language == target and (near := self._near(question, people, said, left))
        ):
            first = near
        else:
            return declined
        rest = tuple(q for q in whole.quotes if q != first)
        return replace(whole, quotes=(first, *rest[: _MOST_QUOTES - 1]), is_whole=False)

    def _near(
        self,
        question: Question,
        people: Sequence[Person],
        said: Sequence[Statement],
        left: Sequence[frozenset[str]],
    ) -> Quote | None:
        """Return the sentence closest to `question`, if it or its passage is about `people`.

        For a question in the language of the document: only that can be compared by its sense. A
        third of what is `left` of it must stand in the passage too.
        """
        found = self._closest(question, [statement.passage for statement in said])
        if self._certainty(question, found) < max(self._least(found), _NEAR_CONFIDENCE):
            return None
        match, shelf = found[0]
        held = terms(match.passage.text, shelf.language)
        if match.passage.is_list:
            return None
        if not self.statements.is_about(match.passage, people):
            # In a passage about others too, the sentence itself must speak of them.
            ids = {person.id for person in people}
            own = [s for s in said if s.passage is match.passage and s.sentence == match.sentence]
            is_own = any(ids & s.people for s in own)
            if not is_own or self._certainty(question, found) < _SURE_CONFIDENCE:
                return None
        if share_held(held, left) < 1 / 3 or supposes_unsaid(question.text, match.passage.text):
            return None
        return quote(match.passage, match.sentence)

    def _left(
        self, text: str, names: Sequence[str], language: str, target: str
    ) -> list[frozenset[str]]:
        """Return what `text` asks for in words of `target`, beside the names and its frame."""
        of_names = {term for name in names for term in content_terms(name, target)}
        wanted = sought(without_frame(text), language, target, self.glossary)
        return [one for one in wanted if not one & of_names]

    def _best(
        self, question: Question, answering: Sequence[Statement], left: Sequence[frozenset[str]]
    ) -> Statement:
        """Return the one of `answering` that holds most of what is `left`, then the closest."""
        shares = [share_held(_terms_of(s), left) for s in answering]
        best = [s for s, share in zip(answering, shares, strict=True) if share == max(shares)]
        for match, _ in self._closest(question, [s.passage for s in best]):
            for statement in best:
                if statement.passage is match.passage and statement.sentence == match.sentence:
                    return statement
        return best[0]

    def _search(self, question: Question) -> Answer:
        language = question.language
        question = self._in_language_of_its_words(question)
        bare = replace(understand(bare_of(question.text)), language=question.language)
        found = self._closest(bare)
        certainty = self._certainty(bare, found)
        explanation = self._explained(found, certainty)
        if (
            certainty < self._least(found)
            or self._is_half_read(question, found)
            or not self._is_premise_held(question, found[0])
        ):
            languages = {shelf.language for shelf in self.shelves}
            reason: Reason = "nothing_found" if language in languages else "other_language"
            return Answer("not_found", language, certainty, reason=reason, explanation=explanation)
        more = tuple(quote(match.passage, match.sentence) for match, _ in found[1 : 1 + _MORE])
        best, shelf = found[0]
        asked = self._carried(bare, shelf.language)
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

    def _is_premise_held(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether the passage found speaks of what `question` takes for granted.

        "Why was the ban lifted?" supposes that it was. Half the words that were carried over, and
        all those of "What does it say about …?", must stand in the passage, or others alike: a
        likeness says little of them. What a document's title says, every passage of it is about.
        """
        match, shelf = found
        language, target = question.language, shelf.language
        document = match.passage.document
        if supposes_unsaid(question.text, match.passage.text):
            return False
        held = {*terms(match.passage.text, target), *terms(document.title, target)}
        text = topical(question.text)
        topic = topic_asked_about(question.text)
        if to_read := asked_to_read(question.text):
            wanted = sought(to_read, language, target, self.glossary)
            return share_held(held, wanted) >= _LEAST_TO_READ
        if topic is not None or language == target:
            wanted = sought(topical(topic or ""), language, target, self.glossary)
            return share_held(held, wanted) == 1.0
        if not {language, target} <= set(LANGUAGES):
            wanted = sought(text, language, target, self.glossary)
            is_held = [holds_all(held, [one]) for one in wanted]
        else:
            carried = self.glossary.translate(text, language, target)
            is_held = [
                any(
                    holds_all(held, [frozenset([term]) for term in content_terms(one, target)])
                    for one in alternatives
                )
                for alternatives in carried.terms
            ]
            is_held += [False for _ in carried.unknown]
            if carried.unknown and asks_why(question.text):
                return False
        return sum(is_held) >= len(is_held) / 2

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
        words = self.glossary.translate(
            question.text,
            question.language,
            target,
            lambda text: self.vocabulary.holds(text, target),
        ).text
        carried = understand(words or question.text)
        return replace(carried, language=target, asks_for=question.asks_for)

    def _is_half_read(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> bool:
        """Return whether fewer words of `question` were carried over to the best match than not."""
        target = found[0][1].language if found else question.language
        if question.language == target or not {question.language, target} <= set(LANGUAGES):
            return False
        carried = self.glossary.translate(question.text, question.language, target)
        return len(carried.unknown) >= len(carried.carried)


def _is_enough(share: float, count: int) -> bool:
    """Return whether `share` of `count` words makes an answer: all of two, two thirds of more."""
    return share == 1.0 if count < 3 else share >= 2 / 3


def _are_listed(question: str, namings: Sequence[Naming]) -> bool:
    """Return whether `question` names people side by side: "Bokayev and Atabek"."""
    return all(
        _LISTS.fullmatch(question[one.end : other.start]) for one, other in pairwise(namings)
    )


def _terms_of(statement: Statement) -> set[str]:
    passage = statement.passage
    return set(terms(passage.sentence_text(statement.sentence), passage.document.language))


def _is_called(role: str, words: Sequence[frozenset[str]]) -> bool:
    """Return whether `words` hold all that `role` says somebody is: "the poet Abishev"."""
    wanted = set(content_terms(role, "en"))
    return bool(wanted) and wanted <= {term for one in words for term in one}


def _demanded_for(people: Sequence[Person], said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return what of `said` is demanded for `people`, with the sentences that say so.

    What concerns fewest goes first, and then in order.
    """
    ids = {person.id for person in people}
    tied = {id(s.passage) for s in said if ids & s.concerned}
    found = [s for s in said if s.label == "demand" or id(s.passage) in tied]
    return tuple(
        sorted(found, key=lambda s: (len(s.people), s.passage.document.id, s.sentence.start))
    )


def _spelled(question: Question, namings: Sequence[Naming]) -> Question:
    """Return `question` with every person in it spelled as in the documents."""
    text = question.text
    for naming in reversed(namings):
        names = ", ".join(person.name for person in naming.people)
        if question.language == "kk" and _GENITIVE.search(text[naming.start : naming.end]):
            names += "-ның"  # whose, and so not who speaks
        text = text[: naming.start] + names + text[naming.end :]
    return understand(text)


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
