"""What somebody wrote, as far as retrieval must understand it: language, names, what is wanted."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.languages import words_of_all
from knowledge.question.courtesy import without_courtesy
from knowledge.words.detection import message_language
from knowledge.words.lexical import content_terms, words
from knowledge.words.patterns import of_any

Kind = Literal["date", "age", "number"]

LONGEST_QUESTION = 1000  # characters; the encoder reads about as many, a question needs a tenth

# The number or letter before a question: "1) Who …? 2) Who …?", "a) Who …".
_COUNTS = re.compile(
    r"(?:^|(?<=[?!.;]\s))(?:\(?(?:\d{1,2}|[a-z\u0430-\u044f])\)|\d{1,2}\.|№ ?\d{1,2}[.):]?)\s+"
    r"(?=[^\W\d_])"
)
_FEW_WORDS = 2
_ONE_LETTER_WORDS = frozenset(words_of_all("letters", "words"))  # "I" is no name
_WORD = re.compile(r"\d[\d.,]*\d|\w[\w'’-]*")


def _of(key: str) -> str:
    return of_any("questions", key)


_ASKS_FOR: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(
        rf"(?:^\W*(?:(?:{_of('before_when')}) )?(?:{_of('when')})|{_of('asks_date')})\b",
        re.IGNORECASE,
    ),
    "age": re.compile(rf"\b(?:{_of('asks_age')})\b", re.IGNORECASE),
    "number": re.compile(rf"\b(?:{_of('asks_number')})\b", re.IGNORECASE),
}
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(rf"\d|{_of('holds_date')}"),
    "age": re.compile(rf"\b(?:{_of('holds_age')})\b", re.IGNORECASE),
    "number": re.compile(rf"\d|\b(?:{_of('holds_number')})\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the words of the person who asks.

    `names` are its words that stand for one thing only: numbers, and words with a capital letter
    other than the first. `asks_for` is what an answer must hold, if that is plain.
    """

    text: str
    language: str
    names: tuple[str, ...]
    asks_for: Kind | None


def without_asking_when(text: str) -> str:
    """Return `text` without the words that ask for a time, which no answer need hold.

    >>> without_asking_when("In what year was he born?")
    'In   was he born?'
    """
    return _ASKS_FOR["date"].sub(" ", text)


def without_counting(text: str) -> str:
    """Return `text` without the numbers before its questions.

    >>> without_counting("1) Who is Bokayev? 2) Who is Atabek?")
    'Who is Bokayev? Who is Atabek?'
    """
    return _COUNTS.sub("", text)


def understand(text: str) -> Question:
    """Return `text` as a Question, with single spaces, without greetings, thanks and the numbers of
    its questions.
    """
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    text = without_counting(text)
    language = message_language(text)
    text = without_courtesy(text)
    names = tuple(
        word
        for place, word in enumerate(_WORD.findall(text))
        if word[0].isdigit()
        or (place > 0 and word[0].isupper() and word.lower() not in _ONE_LETTER_WORDS)
    )
    asks_for = next((kind for kind, asks in _ASKS_FOR.items() if asks.search(text)), None)
    return Question(text, language, names, asks_for)


def is_bare(question: Question) -> bool:
    """Return whether `question` says no word that could be looked for: "why?", "how many?"

    Longer ones, "when does he get out?", are about something: so are all 42,270 of the corpus.
    """
    said = words(question.text)
    return 0 < len(said) <= _FEW_WORDS and not content_terms(question.text, question.language)


def holds(kind: Kind, text: str) -> bool:
    """Return whether `text` holds what `kind` asks for: a date, or a number in figures or words."""
    return _HOLDS[kind].search(text) is not None
