"""From documents to answers: the whole pipeline on one screen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import Encoder
from embeddings.index import ExactIndex
from knowledge.answers import Answer, Reason, quote
from knowledge.decision import confidence
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.intents import (
    asks_for_demands,
    asks_for_everybody,
    asks_for_now,
    asks_for_words_of,
    is_about_nobody_named,
    is_fragment,
    may_be_woman,
    topic_of_demands,
    with_person,
    without_frame,
)
from knowledge.lexical import content_terms, terms
from knowledge.naming import Naming, People
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_people
from knowledge.questions import LONGEST_QUESTION, Question, holds, understand
from knowledge.retrieval import Match, Shelf
from knowledge.statements import Statement, state

_MORE = 4  # passages offered after the first


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
    min_confidence: float
    people: People
    statements: tuple[Statement, ...]
    _rows: Mapping[tuple[str, int], int]

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        encoder: Encoder,
        *,
        cache: Path,
        dense_weight: Mapping[str, float],
        min_confidence: float,
        curated: Sequence[Curated] = (),
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split, encode and index `documents`.

        `cache` is the file of kept vectors. `dense_weight` maps a language to the share of its
        cosines in [0, 1], and "other" to that of the rest. An answer below `min_confidence` is
        not given. `curated` are other spellings of people's names. Raises KnowledgeError if
        there are no documents.
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
            return Shelf(
                [passage for passage in passages if passage.document.language == language],
                language=language,
                passage_index=ExactIndex(passage_vectors[languages == language]),
                sentence_index=ExactIndex(sentence_vectors[sentence_languages == language]),
                dense_weight=dense_weight.get(language, dense_weight["other"]),
            )

        people = find_people(documents, curated)
        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages, people),
            encoder=encoder,
            shelves=tuple(shelf(language) for language in sorted(set(languages.tolist()))),
            min_confidence=min_confidence,
            people=People(people, documents),
            statements=state(passages, people),
            _rows={(p.document.id, p.start): row for row, p in enumerate(passages)},
        )

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[passage.document.id, passage.start]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def ask(self, text: str, about: Person | None = None) -> Answer:
        """Return the answer to `text`; `about` is whom the conversation was about before.

        Safe to call from several threads.
        """
        question = understand(text)
        language = question.language
        if question.small_talk is not None:
            return Answer("smalltalk", language, 1.0, reason=question.small_talk)
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", language, 0.0, reason="too_long")

        namings = self.people.resolve(question.text)
        if not namings and about is not None:
            followed = with_person(question.text, about.name)
            if followed is not None:
                asked = understand(followed)
                answer = self._about(asked, [about], language)
                is_open = asked.asks_for is None and is_fragment(question.text)
                if answer.status == "not_found" and is_open:
                    # "And her children?" asks for whatever is said of them.
                    answer = self._whole(self.said_of([about]), language, [about])
                return replace(answer, is_follow_up=True)
        if not namings and not question.names and is_about_nobody_named(question.text):
            return Answer("clarify", language, 0.0, reason="whom")
        outcomes = {naming.outcome for naming in namings}
        if "stranger" in outcomes:
            return Answer("not_found", language, 0.0, reason="stranger")
        for naming in namings:
            if naming.outcome == "shared":
                return Answer("clarify", language, 0.0, reason="which_one", options=naming.people)
            written = question.text[naming.start : naming.end]
            if naming.outcome == "near" or may_be_woman(question.text, written, language):
                return Answer(
                    "clarify", language, 0.0, reason="did_you_mean", options=naming.people
                )
        if namings:
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            return self._about(_spelled(question, namings), people, language)
        if asks_for_everybody(question.text) and self.people.people:
            named = [statement for statement in self.statements if statement.people]
            return self._whole(named, language, self.people.people)
        if asks_for_demands(question.text) and (demands := self._demands(question)):
            return self._whole(demands, language)
        return self._search(question)

    def demands(self) -> tuple[Statement, ...]:
        """Return every sentence in which something is demanded, in order."""
        return tuple(s for s in self.statements if s.label == "demand")

    def said_of(self, people: Sequence[Person]) -> tuple[Statement, ...]:
        """Return every sentence that speaks of all of `people`, or else of any, in order."""
        ids = {person.id for person in people}
        of_all = tuple(s for s in self.statements if ids <= s.people)
        return of_all or tuple(s for s in self.statements if ids & s.people)

    def _whole(
        self, statements: Sequence[Statement], language: str, people: Sequence[Person] = ()
    ) -> Answer:
        quotes = tuple(quote(s.passage, s.sentence) for s in statements)
        return Answer("answered", language, 1.0, quotes, people=tuple(people), is_whole=True)

    def _demands(self, question: Question) -> list[Statement]:
        """Return the demands that hold most of what `question` asks about, at least half.

        None if it asks about something of which no demand speaks.
        """
        topic = content_terms(topic_of_demands(question.text), question.language)
        held = {
            statement: set(
                terms(
                    statement.passage.sentence_text(statement.sentence),
                    statement.passage.document.language,
                )
            )
            for statement in self.demands()
        }
        if not all(any(term in words for words in held.values()) for term in topic):
            return []
        shares = {s: sum(term in words for term in topic) for s, words in held.items()}
        best = max(shares.values(), default=0)
        return [s for s, share in shares.items() if share == best and 2 * best >= len(topic)]

    def _about(self, question: Question, people: Sequence[Person], language: str) -> Answer:
        """Answer a question about `people`, whom it names as the documents do.

        One that asks for nothing in particular, or is in another language than what is said of
        them, gets all of it; any other the sentence that answers, and then the rest.
        """
        names = " ".join(person.name for person in people)
        left = set(content_terms(without_frame(question.text), language))
        left -= set(content_terms(names, language))
        everything = said = self.said_of(people)
        if not left and any(asks_for_words_of(question.text, p.name) for p in people):
            said = tuple(s for s in said if s.label == "quotation")
            if not said:
                return Answer("not_found", language, 0.0, reason="nothing_found")
        elif asks_for_demands(question.text):
            said = tuple(s for s in said if s.label == "demand") or said
        whole = replace(
            self._whole(said, language, people),
            is_of_now=asks_for_now(question.text),
            is_whole=len(said) == len(everything),
        )
        spoken = {statement.passage.document.language for statement in said}
        if question.asks_for is None:
            if not left:
                return whole
            if language not in spoken:
                return replace(whole, is_unmatched=True)

        found = self._closest(question, [statement.passage for statement in said])
        certainty = self._certainty(question, found)
        said_terms = set(terms(" ".join(s.passage.text for s in said), language))
        if certainty < self.min_confidence:
            return Answer("not_found", language, certainty, reason="nothing_found")
        first = quote(found[0][0].passage, found[0][0].sentence)
        # The name alone makes any sentence about somebody look like an answer.
        holds_kind = question.asks_for is not None and holds(question.asks_for, first.highlight)
        if not left & said_terms and not holds_kind:
            return Answer("not_found", language, certainty, reason="nothing_found")
        rest = tuple(q for q in whole.quotes if q != first)
        return replace(whole, quotes=(first, *rest), confidence=certainty, is_whole=False)

    def _search(self, question: Question) -> Answer:
        language = question.language
        found = self._closest(question)
        certainty = self._certainty(question, found)
        if certainty < self.min_confidence:
            languages = {shelf.language for shelf in self.shelves}
            reason: Reason = "nothing_found" if language in languages else "other_language"
            return Answer("not_found", language, certainty, reason=reason)
        quotes = [quote(match.passage, match.sentence) for match, _ in found[: 1 + _MORE]]
        return Answer("answered", language, certainty, tuple(quotes[:1]), tuple(quotes[1:]))

    def _closest(
        self, question: Question, among: Sequence[Passage] | None = None
    ) -> list[tuple[Match, Shelf]]:
        vector = self.encoder.encode_query(question.text)
        found = [
            (match, shelf)
            for shelf in self.shelves
            for match in shelf.closest(question.text, vector, 1 + _MORE, among)
        ]
        return sorted(found, key=lambda item: -item[0].closeness)

    def _certainty(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> float:
        if not found:
            return 0.0
        return confidence(question, [match for match, _ in found], found[0][1])


def _spelled(question: Question, namings: Sequence[Naming]) -> Question:
    """Return `question` with every person in it spelled as in the documents."""
    text = question.text
    for naming in reversed(namings):
        text = text[: naming.start] + naming.people[0].name + text[naming.end :]
    return understand(text)


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
