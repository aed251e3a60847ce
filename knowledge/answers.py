"""Answers and the quotes they are made of.

The verbatim gate stands here: a Quote exists only as a slice of its document.
"""

from dataclasses import dataclass
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.labels import Label, label
from knowledge.passages import Passage, Sentence

Status = Literal["answered", "not_found", "smalltalk"]
Reason = Literal["greeting", "thanks", "about", "too_long", "other_language", "nothing_found"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in a document's own words, and in it the sentence that answers."""

    passage: Passage
    sentence: Sentence
    text: str
    highlight: str
    label: Label

    def __post_init__(self) -> None:
        """Raise KnowledgeError unless text and highlight are what stands in the document."""
        source = self.passage.document.text
        if (
            source[self.passage.start : self.passage.end] != self.text
            or source[self.sentence.start : self.sentence.end] != self.highlight
            or not self.passage.start <= self.sentence.start < self.sentence.end <= self.passage.end
        ):
            raise KnowledgeError(
                f"{self.passage.document.id}: a quote is not what the document says"
            )


def quote(passage: Passage, sentence: Sentence) -> Quote:
    """Return `passage` as a quote with `sentence`, one of its own, as the highlight."""
    highlight = passage.sentence_text(sentence)
    return Quote(
        passage, sentence, passage.text, highlight, label(highlight, passage.document.language)
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question.

    An answer that is "answered" has at least one quote, any other has none. `more` are the next
    best passages, for whoever asks on. `confidence` in [0, 1] is that of the best passage found;
    `reason` says why there is no quote.
    """

    status: Status
    language: str
    confidence: float
    quotes: tuple[Quote, ...] = ()
    more: tuple[Quote, ...] = ()
    reason: Reason | None = None
