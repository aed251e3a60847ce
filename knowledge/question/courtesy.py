"""What a message says besides its question: greetings, thanks, "could you tell me, please".

The phrases are in the `courtesy.yaml` of each language. `kinds` tells whether a message says
nothing else.
"""

import functools
import re

from knowledge.languages import by_language, words_of_all
from knowledge.words.lexical import words
from knowledge.words.patterns import of_any

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def without_courtesy(text: str) -> str:
    """Return `text` without greetings and thanks at either end; all of it if it says nothing else.

    >>> without_courtesy("Hello! Could you tell me who Bokayev is? Thank you.")
    'who Bokayev is?'
    """
    rest = text
    while True:
        count = _at_head(words(rest))
        matches = list(_WORD.finditer(rest))
        if not count or count >= len(matches):
            break
        if matches[count][0].lower() == "to":
            break  # thanks to whom?
        end = matches[count - 1].end()
        if re.match(r"\s\w", rest[end:]) and not _opens(rest[:end]):
            break  # "ok" begins questions too
        rest = rest[end:].lstrip(" ,.!;:–—-)(")
    rest = _INTRODUCES.sub("", rest)
    before = ""
    while rest != before:
        before = rest
        rest = _LEADS.sub("", _TRAILS.sub(r"\g<end>", rest)).strip()
    return rest if _WORD.search(rest) else text


def asking(text: str) -> str:
    """Return the sentences of `text` that end in a question mark; all of it if none does.

    If they only ask whether anything is said about what the others tell, return the others.

    >>> asking("I heard a judge lost her job. Is there anything about it in the text?")
    'I heard a judge lost her job.'
    """
    sentences = _SENTENCE_END.split(text)
    asked = " ".join(sentence for sentence in sentences if sentence.endswith("?"))
    told = " ".join(sentence for sentence in sentences if not sentence.endswith("?"))
    if asked and told and _OF_WHAT_IS_TOLD.fullmatch(asked):
        return told
    return without_courtesy(asked) if asked else text


def first_question(text: str) -> str | None:
    """Return the question with which `text` begins, after courtesy, if other questions follow it.

    >>> first_question("Hello! What is the DCK? Why was it banned?")
    'What is the DCK?'
    """
    first, *rest = _SENTENCE_END.split(without_courtesy(text))
    return first if rest and all(one.endswith("?") for one in (first, *rest)) else None


def _opens(said: str) -> bool:
    """Return whether `said` gives thanks or is a greeting, and so can stand before a question."""
    return _THANKS.search(said) is not None or tuple(words(said)) in _phrases()["greeting"]


def _of(key: str) -> str:
    return of_any("courtesy", key)


_OF_WHAT_IS_TOLD = re.compile(rf"\W*(?:{_of('of_what_is_told')})\W*", re.IGNORECASE)
_THANKS = re.compile(_of("gives_thanks"), re.IGNORECASE)
_CAPITALS = "".join(words_of_all("letters", "capitals"))
_INTRODUCES = re.compile(
    rf"^\W*(?:{_of('introduces')})\s+[^\W\d_]+(?:\s+[{_CAPITALS}]\w+)?[.,!;]\s*(?=\S)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    rf"^\W*(?:(?:{_of('leads')})"
    rf"(?:{_of('please')})?(?:,|:|\s)\s*(?:(?:{_of('whether')})\s+)?)(?=\S)",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    rf"(?:[,.!]|\s)\s*(?:{_of('trails')})(?P<end>[?]?)[\s.!)]*$",
    re.IGNORECASE,
)


def _at_head(said: list[str]) -> int:
    """Return how many words the longest greeting or thanks at the beginning of `said` has."""
    known = frozenset[tuple[str, ...]]().union(*_phrases().values())
    counts = range(min(len(said), max(map(len, known))), 0, -1)
    return next((count for count in counts if tuple(said[:count]) in known), 0)


@functools.cache
def _phrases() -> dict[str, frozenset[tuple[str, ...]]]:
    """Return the greetings and the thanks of all languages, as words, by kind."""
    return {
        kind: frozenset(
            tuple(words(phrase))
            for phrases in by_language("courtesy").values()
            for phrase in phrases.get(kind, ())
        )
        for kind in ("greeting", "thanks")
    }
