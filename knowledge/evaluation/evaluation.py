"""Questions with known answers put to a knowledge base, and the outcome of each."""

import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from embeddings.encoder import Span
from knowledge.evaluation.corpus import Labelled
from knowledge.evaluation.measures import Outcome
from knowledge.evaluation.squad import Article
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import Golden
from knowledge.library.rehearsal import is_right
from knowledge.question.questions import understand
from knowledge.quotes.answers import Answer, Quote
from knowledge.words.patterns import of_any

_WHO = re.compile(of_any("questions", "who"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what a right answer shows, and where.

    A passage is right if it lies in `paragraph` of the document with the id `document` or, if that
    is not known, if it holds any of `answers`. A sentence is right if it stands in such a passage
    and holds any of them. Or `places` says where in the document the right sentences stand. With
    neither, the question must not be answered, and `miss` may say how it misses the text. `kind` is
    what is asked for, if that is known.
    """

    text: str
    language: str
    answers: tuple[str, ...]
    document: str | None = None
    paragraph: int | None = None
    places: tuple[Span, ...] = ()
    kind: str | None = None
    miss: str | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the documents answer the question."""
        return bool(self.answers or self.places)

    def is_passage(self, shown: Quote) -> bool:
        """Return whether the passage of `shown` is a right one."""
        if not self.is_answerable:
            return False
        if self.places:
            return self._is_at(shown, shown.passage.start, shown.passage.end)
        if self.document is None:
            return any(answer in shown.text for answer in self.answers)
        passage = shown.passage
        return (passage.document.id, passage.paragraph) == (self.document, self.paragraph)

    def is_sentence(self, shown: Quote) -> bool:
        """Return whether the sentence of `shown` is a right one."""
        if self.places:
            return self._is_at(shown, shown.sentence.start, shown.sentence.end)
        return self.is_passage(shown) and any(a in shown.highlight for a in self.answers)

    def _is_at(self, shown: Quote, start: int, end: int) -> bool:
        """Return whether [start, end) of the document of `shown` overlaps one of `places`."""
        return shown.passage.document.id == self.document and any(
            first < end and start < last for first, last in self.places
        )


def of_golden(golden: Golden) -> Case:
    """Return `golden` as a case, in the language in which it is written."""
    answers = () if golden.shows is None else (golden.shows,)
    return Case(golden.question, understand(golden.question).language, answers)


def of_articles(articles: Sequence[Article], left_out: Collection[str] = ()) -> list[Case]:
    """Return the questions to `articles` as cases, in order and in the languages of the articles.

    `left_out` are the ids of documents that are missing: questions to them have no answer.
    """
    return [
        Case(
            text=asked.text,
            language=article.document.language,
            answers=() if article.document.id in left_out else asked.answers,
            document=article.document.id,
            paragraph=asked.paragraph,
        )
        for article in articles
        for asked in article.questions
    ]


def of_labelled(labelled: Labelled) -> list[Case]:
    """Return the questions to a document of the corpus as cases, in order."""
    sentences = labelled.sentences
    return [
        Case(
            text=asked.text,
            language=asked.language,
            answers=(),
            document=labelled.document.id,
            places=tuple((sentences[row].start, sentences[row].end) for row in asked.answers),
            kind=asked.kind,
            miss=asked.miss,
        )
        for asked in labelled.questions
    ]


def kind_of(question: str) -> str:
    """Return what `question` asks for; an age is "how many"."""
    match understand(question).asks_for:
        case "date":
            return "when"
        case "age" | "number":
            return "how many"
        case _:
            return "who" if _WHO.search(question) else "other"


def ask(case: Case, base: KnowledgeBase) -> tuple[Outcome, Answer]:
    """Put `case` to `base`, outside any conversation, and return the outcome and the answer.

    The time is that of the answer. A question that shows no quote is asked once more with every
    false answer allowed, so that confidences too low to answer are judged too.
    """
    begin = time.perf_counter()
    answer = base.ask(case.text)
    milliseconds = 1000 * (time.perf_counter() - begin)
    shown = (*answer.quotes, *answer.more)
    best = answer if shown else base.at_rate(1.0).ask(case.text)
    passage_rank = _rank([case.is_passage(one) for one in shown])
    is_answered = answer.status == "answered"
    outcome = Outcome(
        language=case.language,
        kind=case.kind or kind_of(case.text),
        miss=case.miss,
        is_answerable=case.is_answerable,
        is_right=passage_rank == 1 if case.is_answerable else not is_answered,
        status=answer.status,
        passage_rank=passage_rank,
        sentence_rank=_rank([case.is_sentence(one) for one in shown]),
        confidence=best.confidence,
        is_best_right=case.is_passage(best.quotes[0]) if best.quotes else None,
        quotes=len(shown),
        exact=sum(_is_exact(one, base) for one in shown),
        milliseconds=milliseconds,
    )
    return outcome, answer


def ask_golden(golden: Golden, base: KnowledgeBase) -> tuple[Outcome, Answer]:
    """Put `golden` to `base` as `ask` does; the answer is right if a rehearsal says so."""
    outcome, answer = ask(of_golden(golden), base)
    right = is_right(golden, answer)
    best = right if answer.status == "answered" else outcome.is_best_right
    return replace(outcome, is_right=right, is_best_right=best), answer


def _rank(rights: Sequence[bool]) -> int | None:
    """Return the rank, from 1, of the first that is right; None if none is."""
    return rights.index(True) + 1 if True in rights else None


def _is_exact(shown: Quote, base: KnowledgeBase) -> bool:
    """Return whether `shown` is what its document in `base` has at its offsets."""
    passage, sentence = shown.passage, shown.sentence
    texts = {document.id: document.text for document in base.documents}
    text = texts.get(passage.document.id, "")
    return (
        text[passage.start : passage.end] == shown.text
        and text[sentence.start : sentence.end] == shown.highlight
    )
