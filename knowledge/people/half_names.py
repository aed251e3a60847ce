"""Whether a word beside a name, or beside half of a name, makes it somebody else's name."""

from collections.abc import Sequence
from typing import Literal

from knowledge.people.asked_words import AskedWord, AskedWords
from knowledge.people.name_words import (
    has_ordinary_shape,
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.people.written_words import WrittenWords
from knowledge.words.dictionaries import is_in_english, is_mere_word

_SHORT = 3  # letters of a word in no list that may be a name, or short for another word: "abt"


def goes_on(window: Sequence[AskedWord], after: AskedWord, written: WrittenWords) -> bool:
    """Return whether `after` makes the full name in `window` a longer one: Julia Ward Howe."""
    return (
        after.is_adjacent
        and not after.is_used
        and not after.bearers
        and (after.is_capital or not window[-1].is_capital)
        and (after.is_capital or has_surname_shape(after.text))
        and len(after.text) > 2
        and not is_ordinary(after.text)
        and not has_patronymic_shape(after.text)
        and not is_a(after.text, "places")
        and not written.has_with_capital(after.keys)
    )


def is_no_name(word: AskedWord, has_case: bool, written: WrittenWords) -> bool:
    """Return whether `word` is in lower case and an ordinary word, though somebody bears it."""
    return not word.is_capital and (
        _is_common(word) or (has_case and not word.surname and word.text in written.small)
    )


def with_other_half(
    place: int, asked: AskedWords, written: WrittenWords
) -> tuple[list[AskedWord], bool]:
    """Return the word at `place`, half of somebody's name, with the words beside it that make it
    somebody else's, and whether that is in doubt.
    """
    words = asked.words
    window = [words[place]]
    is_doubtful = False
    for other, is_before in _neighbours(place, words):
        half = _half(words[place], other, asked, written, is_before=is_before)
        if half == "no":
            continue
        window = [other, *window] if is_before else [*window, other]
        if is_before and place > 1 and _is_given_before(words[place - 2], other):
            window.insert(0, words[place - 2])
        is_doubtful = is_doubtful or half == "maybe"
    return window, is_doubtful


def _neighbours(place: int, words: Sequence[AskedWord]) -> list[tuple[AskedWord, bool]]:
    """Return the unused words beside the one at `place`, and whether each stands before it."""
    before = words[place - 1 : place] if place and words[place].is_adjacent else []
    after = [word for word in words[place + 1 : place + 2] if word.is_adjacent]
    beside = [*((word, True) for word in before), *((word, False) for word in after)]
    return [(word, is_before) for word, is_before in beside if not word.is_used]


def _half(
    known: AskedWord, other: AskedWord, asked: AskedWords, written: WrittenWords, *, is_before: bool
) -> Literal["name", "maybe", "no"]:
    """Return whether `other`, beside `known`, is the other half of somebody else's name.

    In a question with capitals, a capital says so. Without, words are known by lists, dictionaries
    and shapes; an unknown word counts as a name before a surname, and as "maybe" elsewhere
    or where it is short.
    """
    text = other.text
    is_first = other is asked.words[0]
    if other.is_initial:
        return "name"
    if len(text) == 1 or is_stop_word(text):
        return "no"
    if other.bearers:  # other people, or the two would have been taken for a whole name
        both_surnames = not known.given and not other.given
        return "no" if both_surnames or _is_common(other) else "name"
    if is_a(text, "given"):
        return "name"
    if is_ordinary(text) or is_a(text, "places") or text.lower() in written.small:
        return "no"
    if other.is_capital and not is_first:
        # Beside a given name Karimova is a surname, even if documents have a Karimova of their own.
        is_surname = known.given and has_surname_shape(text) and not is_a(text, "bodies")
        if is_surname or not written.has_with_capital(other.keys):
            return "name"
        # After a given name it may be the surname of somebody whom nobody found in the documents.
        return "no" if is_before or known.surname else "maybe"
    if asked.has_case and known.is_capital and (text.islower() or not is_first):
        return "no"
    return _half_by_shape(known, text, is_before=is_before)


def _half_by_shape(
    known: AskedWord, text: str, *, is_before: bool
) -> Literal["name", "maybe", "no"]:
    if is_mere_word(text):
        return "no"
    if has_surname_shape(text) or has_patronymic_shape(text):
        return "name"
    if is_in_english(text.lower()):
        # The dictionary has names too. After a surname, its words are no part of the name.
        return "maybe" if is_before or not known.surname else "no"
    if has_ordinary_shape(text, after_name=not is_before):
        return "no"
    return "name" if is_before and known.surname and len(text) > _SHORT else "maybe"


def _is_common(word: AskedWord) -> bool:
    text = word.text.lower()
    return is_stop_word(text) or is_a(text, "ordinary")


def _is_given_before(word: AskedWord, patronymic: AskedWord) -> bool:
    """Return whether `word` is the given name before `patronymic`, if that has the shape of one."""
    if not has_patronymic_shape(patronymic.text) or not patronymic.is_adjacent or word.is_used:
        return False
    is_name = word.is_capital and not is_stop_word(word.text) and not is_ordinary(word.text)
    return is_name or is_a(word.text, "given")
