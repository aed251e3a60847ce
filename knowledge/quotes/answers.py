"""Answers and the quotes they are made of.

The verbatim gate is here: a Quote exists only as a slice of its document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.people.person import Person
from knowledge.quotes.explanation import Explanation
from knowledge.quotes.labels import Label
from knowledge.quotes.leads import lead_of
from knowledge.quotes.statements import Statement
from knowledge.quotes.whose import whose_words
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence

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
    "overview",
    "source",
    "date",
    "author",
    "link",
    "full_text",
    "documents",
    "which_document",
    "what_to_ask",
    "more",
    "no_more",
    "more_of_what",
    "bot_nature",
    "language",
    "which_words",
]

MOST_QUOTES = 3  # in an answer that is no list


@dataclass(frozen=True, slots=True)
class Offer:
    """Where to go on from an answer.

    `number` is its place among the golden questions, the people or the passages; `text` is the
    question, the name, or the beginning of the passage. A passage is near what was asked, but no
    answer to it.
    """

    kind: Literal["question", "person", "passage"]
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in a document's own words, and in it the sentence that answers.

    `lead` is the sentence that this one goes on from as an item of a list, `who` is the name of
    whoever demands in it or is quoted; both are stretches of the document, or None. `header` names
    the columns if the sentence is a row of a table, else "".
    """

    passage: Passage
    sentence: Sentence
    text: str
    highlight: str
    label: Label
    lead: Sentence | None = None
    who: Sentence | None = None
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
    """Return `passage` as a quote, with `sentence`, which is one of its own, as the highlight."""
    highlight = passage.sentence_text(sentence)
    whose = whose_words(passage, sentence)
    lead, text = lead_of(passage, sentence), passage.text
    return Quote(passage, sentence, text, highlight, whose.label, lead, whose.who, passage.header)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question.

    An answer with the status "answered" has at least one quote; any other has none, and `reason`
    says why. `more` are the next best passages, for whoever asks on. `confidence` in [0, 1] is that
    of the best passage found. `people` are those whom the question is about, `options` those whom
    it may mean. `is_whole` says that the quotes are all there are, and `is_of_now` that the
    question asks how things are today, which no document can say. `is_follow_up` says that the
    person was named earlier and not in the question, `is_card` that the question is only a name, so
    that all that is said of the person is shown. `parts` are the answers about each of several
    people, whose quotes together are those of this one, and `absent` the names in the question, as
    it writes them, that no document has. `explanation` says why the best sentence was chosen; None
    if none was searched for. `gate` says in a few words what was missing if a gate declined, and
    not the confidence. `declined_for` is the reason that the reader may overrule: doubt, or a rule;
    None if the decision is certain. `earlier` and `later` are other editions of the document quoted
    first: the one before it, and the newest, if that does not have the sentence. `read_as` is the
    question with its misspelled words corrected, if it had any. `documents` are those that the
    answer tells of or, asking back, those of which one is to be chosen. `offers` are what to ask
    next, best first. `corrections` are what the documents say was wrong about what is quoted.
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
    is_card: bool = False
    parts: tuple["Answer", ...] = ()
    absent: tuple[str, ...] = ()
    explanation: Explanation | None = None
    gate: str | None = None
    declined_for: Literal["doubt", "rule"] | None = None
    earlier: Document | None = None
    later: Document | None = None
    read_as: str | None = None
    documents: tuple[Document, ...] = ()
    offers: tuple[Offer, ...] = ()
    corrections: tuple[Quote, ...] = ()

    def spoken_of(self, before: Person | None) -> Person | None:
        """Return whom the conversation is about after this answer, if it was about `before`.

        None, once a question names several people, or somebody who is uncertain or unknown.
        """
        if len(self.people) == 1 and not self.absent:
            return self.people[0]
        if self.people or self.reason in {"stranger", "which_one", "did_you_mean"}:
            return None
        return before


def whole(statements: Sequence[Statement], language: str, people: Sequence[Person] = ()) -> Answer:
    """Return all of `statements` as an answer, about `people`."""
    quotes = tuple(quote(s.passage, s.sentence) for s in statements)
    return Answer("answered", language, 1.0, quotes, people=tuple(people), is_whole=True)


def decline(
    language: str,
    gate: str,
    *,
    reason: Reason = "nothing_found",
    confidence: float = 0.0,
    explanation: Explanation | None = None,
) -> Answer:
    """Return an answer that declines, for want of what `gate` says."""
    return Answer(
        "not_found", language, confidence, reason=reason, explanation=explanation, gate=gate
    )
