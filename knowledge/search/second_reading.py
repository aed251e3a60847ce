"""What the trained reader says of a question, after the rules have answered it.

The rules decide most of what they were shaped on and decline much of what they were not; the reader
learned from many documents and none of ours. So it answers, where it is sure, what they declined,
and must second what they are not sure of (`answering/reading_again.py`). `benchmarks/README.md`
says what that gains on documents that neither was made from.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from embeddings.reader import Excerpt, ExcerptReader
from knowledge.people.person import Person
from knowledge.question.questions import Question, holds
from knowledge.quotes.answers import MOST_QUOTES, Quote, quote
from knowledge.quotes.explanation import Explanation
from knowledge.quotes.labels import asks_for_titles
from knowledge.quotes.statements import Statements
from knowledge.quotes.whose import is_title
from knowledge.reading.excerpts import excerpt_at
from knowledge.reading.passages import Passage, Sentence
from knowledge.reading.rows import rows_meant
from knowledge.search.candidates import Candidates, place_of
from knowledge.search.explaining import explain_reading
from knowledge.search.reading_confidence import confidence
from knowledge.search.written import Written

# Passages read for a question, and of how many letters in all. Of documents of long sentences, with
# one in a passage, six hold the answer to 0.87 of the questions, and as many as these to 0.95.
_MOST_READ, _LEAST_READ = 10, 3
_LETTERS_READ = 3500
_MORE = 4  # passages offered after those shown
_SURE = 0.5  # confidence of a further sentence that is shown with the best
_MOST_ODDS = 12.0  # beyond it a log-odds says no more
_NO_NUMBER = "a number of the question stands in no document that was read"
_NO_COUNT = "the question asks for a number, and no sentence that was read has one"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a passage that was read, and the reader's log-odds that it answers rather than
    nothing in the passage does, at most 12 either way.

    `is_unnamed` says that its document does not name all that the question does.
    """

    passage: Passage
    sentence: Sentence
    odds: float
    is_unnamed: bool

    @property
    def confidence(self) -> float:
        """How sure the reader is in [0, 1] that the sentence answers."""
        return confidence(self.odds, is_unnamed=self.is_unnamed)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found: how sure it is in [0, 1], the sentences it is as sure of, best first,
    the next passages, and what stands behind the best.

    There are no quotes where it is less sure than it must be, or where `gate` says what is missing.
    `sureness` is that of each sentence read, by its document and where it begins.
    """

    confidence: float
    quotes: tuple[Quote, ...]
    more: tuple[Quote, ...]
    explanation: Explanation
    sureness: Mapping[tuple[str, int], float]
    gate: str | None = None

    def sureness_of(self, quote: Quote) -> float:
        """Return how sure the reader is in [0, 1] of what `quote` shows; 1 if it was not read."""
        return self.sureness.get((quote.passage.document.id, quote.sentence.start), 1.0)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What reads again."""

    candidates: Candidates
    reader: ExcerptReader
    written: Written
    statements: Statements

    def read(
        self,
        question: Question,
        least: float,
        about: Sequence[Person] = (),
        documents: Collection[str] | None = None,
    ) -> Reading | None:
        """Return the best sentences for `question`, which is about `about`, if `least` sure of
        them; None if no passage may speak of them. Only the `documents` with these ids are read, or
        all if None.
        """
        judged = self.judged(question, about, documents)
        if not judged:
            return None
        sure = [one.confidence for one in judged]
        order = sorted(range(len(judged)), key=lambda i: -sure[i])
        gate, order = self._gated(question, judged, order)
        best = order[0]
        explanation = explain_reading(
            judged[best].passage,
            judged[best].sentence,
            judged[best].odds,
            is_unnamed=judged[best].is_unnamed,
            least_confidence=least,
        )
        by_place = {
            (one.passage.document.id, one.sentence.start): own
            for one, own in zip(judged, sure, strict=True)
        }
        if gate is not None or sure[best] < least:
            return Reading(sure[best], (), (), explanation, by_place, gate)
        shown = [best, *(i for i in order[1:MOST_QUOTES] if sure[i] >= max(least, _SURE))]
        quotes = [quote(judged[i].passage, judged[i].sentence) for i in order]
        seen = {place_of(judged[i].passage) for i in shown}
        more: dict[tuple[str, int], Quote] = {}
        for i, one in zip(order, quotes, strict=True):
            if (place := place_of(judged[i].passage)) not in seen:
                more.setdefault(place, one)
        further = tuple(more.values())[:_MORE]
        return Reading(sure[best], tuple(quotes[: len(shown)]), further, explanation, by_place)

    def read_ahead(self) -> Iterator[None]:
        """Have the reader read excerpts ahead of questions while it has room; yield after each."""
        for passage in self.candidates.passages:
            if not self.reader.read_ahead(self._excerpt(passage)):
                return
            yield

    def _gated(
        self, question: Question, judged: Sequence[Judged], order: Sequence[int]
    ) -> tuple[str | None, list[int]]:
        """Return those of `order`, rows of `judged`, that pass each gate; else the name of the gate
        that none of them passes, and all that came before it.
        """
        kept = list(order)
        for name, passes in ((_NO_NUMBER, self._has_numbers), (_NO_COUNT, _counts)):
            passed = [i for i in kept if passes(question, judged[i])]
            if not passed:
                return name, kept
            kept = passed
        return None, kept

    def _excerpt(self, passage: Passage) -> Excerpt:
        return excerpt_at(self.candidates.passages, self.candidates.row(passage))

    def _has_numbers(self, question: Question, one: Judged) -> bool:
        return self.written.has_numbers(question, one.passage.document)

    def judged(
        self,
        question: Question,
        about: Sequence[Person] = (),
        documents: Collection[str] | None = None,
    ) -> list[Judged]:
        """Return the sentences of the passages read for `question`; arguments as for `read`.

        Where it is about `about`, only passages that may speak of them are read.
        """
        query = self.candidates.encode(question)
        among = None
        if about:
            speaking = self.statements.speaking_of(about)
            among = [p for p in speaking if documents is None or p.document.id in documents]
        elif documents is not None:
            among = self.candidates.of_documents(documents)
        found = self.candidates.closest(question, query, _MOST_READ, among)
        lengths = accumulate(len(passage.text) for passage in found)
        count = max(_LEAST_READ, sum(total <= _LETTERS_READ for total in lengths))
        passages = found[:count]
        read = self.reader.read(question.text, [self._excerpt(one) for one in passages])
        meant = {place_of(one): rows_meant(question.text, one) for one in passages}
        # What is said of people is looked for where they are named, so by other means.
        documents = {} if about else {one.document.id: one.document for one in passages}
        for_titles = asks_for_titles(question.text)
        unnamed = {key for key, one in documents.items() if not self.written.names(question, one)}
        return [
            Judged(
                passage,
                sentence,
                float(np.clip(logit - one.none, -_MOST_ODDS, _MOST_ODDS)),
                passage.document.id in unnamed,
            )
            for passage, one in zip(passages, read, strict=True)
            for sentence, logit in zip(passage.sentences, one.sentences, strict=True)
            if sentence in meant[place_of(passage)]
            and (for_titles or not is_title(passage, sentence))
            and (not about or not self.statements.is_of_others(passage, sentence, about))
        ]


def _counts(question: Question, one: Judged) -> bool:
    """Return whether the sentence has a number, in figures or words, if `question` asks for one.

    Of 795 answers to such questions in the corpus, 786 have.
    """
    return question.asks_for != "number" or holds("number", one.passage.read_sentence(one.sentence))
