"""What somebody wrote, as far as rules understand it: its language and its names."""

import re
from dataclasses import dataclass

from knowledge.languages import detect

LONGEST_QUESTION = 1000  # characters; the encoder reads about as many, a question needs a tenth

_WORD = re.compile(r"\d[\d.,]*\d|\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the words of the person who asks.

    `names` are its words that name one thing and no other: numbers, and words with a capital
    letter other than the first.
    """

    text: str
    language: str
    names: tuple[str, ...]


def understand(text: str) -> Question:
    """Return `text` as a Question, with single spaces."""
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    language = detect(text)
    found = _WORD.findall(text)
    names = tuple(
        word
        for place, word in enumerate(found)
        if word[0].isdigit() or (place > 0 and word[0].isupper())
    )
    return Question(text, language, names)
