"""Answers and the quotes they are made of.

The verbatim gate stands here: a Quote exists only as a slice of its document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.explanation import Explanation
from knowledge.labels import Label, label
from knowledge.passages import Passage, Sentence
from knowledge.people import Person
from knowledge.statements import Statement

Status = Literal["answered", "clarify", "not_found", "smalltalk"]
Reason = Literal[
    "greeting",
    "thanks",
    "farewell",
    "about",
    "too_long",
    "other_language",
    "nothing_found",
    "stranger",
    "which_one",
    "did_you_mean",
    "whom",
]

MOST_QUOTES = 3  # of an answer that is no list


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in a document's own words, and in it the sentence that answers.

    `header` is what the columns are called where that is a row of a table, else "".
    """

    passage: Passage
    sentence: Sentence
    text: str
    highlight: str
    label: Label
    header: str = ""

    def __post_init__(self) -> None:
        """Raise KnowledgeError unless text and highlight are what stands in the document."""
        source = self.passage.document.text
        if (
            source[self.passage.start : self.passage.end] != self.text
            or source[self.sentence.start : self.sentence.end] != self.highlight
            or (self.header and self.header != self.passage.header)
            or not self.passage.start <= self.sentence.start < self.sentence.end <= self.passage.end
        ):
            raise KnowledgeError(
                f"{self.passage.document.id}: a quote is not what the document says"
            )


def quote(passage: Passage, sentence: Sentence) -> Quote:
    """Return `passage` as a quote with `sentence`, one of its own, as the highlight."""
    highlight = passage.sentence_text(sentence)
    return Quote(
        passage,
        sentence,
        passage.text,
        highlight,
        label(highlight, passage.document.language),
        passage.header,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question.

    An answer that is "answered" has at least one quote, any other has none, and `reason` says
    why. `more` are the next best passages, for whoever asks on. `confidence` in [0, 1] is that of
    the best passage found. `people` are those the question is about, `options` those it may mean.
    `is_whole` says that the quotes are all there are, and `is_of_now` that the question asks how
    things stand today, which no document can say. `is_follow_up` says that the person was named
    earlier and not in the question. `explanation` says what stood behind the best sentence;
    None where none was searched for. `is_doubted` says that nothing but doubt declined it.
    `earlier` and `later` are other editions of the document quoted first: that before it, and the
    newest, if that does not have the sentence. `read_as` is the question with its misspelled words
    put right, if any was. `corrections` are what the documents say was wrong about what is quoted,
    and `corrected` what is corrected by that, where it is quoted itself.
    """

    status: Status
    language: str
    confidence: float
    quotes: tuple[Quote, ...] = ()
    more: tuple[Quote, ...] = ()
    reason: Reason | None = None
    people: tuple[Person, ...] = ()
    options: tuple[Person, ...] = ()
    is_whole: bool = False
    is_of_now: bool = False
    is_follow_up: bool = False
    explanation: Explanation | None = None
    is_doubted: bool = False
    earlier: Document | None = None
    later: Document | None = None
    read_as: str | None = None
    corrections: tuple[Quote, ...] = ()
    corrected: tuple[Quote, ...] = ()

    def spoken_of(self, before: Person | None) -> Person | None:
        """Return whom the conversation is about after this, if it was about `before`.

        Nobody, once a question names several people, or somebody who is not sure or not known.
        """
        if len(self.people) == 1:
            return self.people[0]
        if self.people or self.reason in {"stranger", "which_one", "did_you_mean"}:
            return None
        return before


def whole(statements: Sequence[Statement], language: str, people: Sequence[Person] = ()) -> Answer:
    """Return all of `statements` as an answer, about `people`."""
    quotes = tuple(quote(s.passage, s.sentence) for s in statements)
    return Answer("answered", language, 1.0, quotes, people=tuple(people), is_whole=True)
