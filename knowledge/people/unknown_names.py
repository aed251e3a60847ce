"""Which words of a question look like a name though nobody in the documents bears it."""

import re
from collections.abc import Iterator, Sequence

from knowledge.people.asked_words import AskedWord, AskedWords, is_all_asked_about
from knowledge.people.bearers import Bearers
from knowledge.people.likeness import NEAR
from knowledge.people.name_words import (
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.people.names import keys
from knowledge.people.written_words import WrittenWords
from knowledge.words.dictionaries import is_in_english, is_mere_word
from knowledge.words.patterns import of_any

_ADJECTIVE = re.compile(rf"(?:{of_any('names', 'adjectives')})$")
_GENITIVE = re.compile(rf"(?:{of_any('names', 'genitive')})$")
_SURNAME_IN_SMALL = re.compile(rf"[a-z]{{2,}}(?:{of_any('names', 'surnames_typed')})$")
_PLACE_OF_NAME = re.compile(of_any("names", "places").replace("NAME", r"(\w+)"))


# --- Words that may be a name ---------------------------------------------------------------------


def runs(asked: AskedWords, bearers: Bearers, written: WrittenWords) -> Iterator[list[AskedWord]]:
    """Yield the runs of words side by side that may be the name of one person."""
    run: list[AskedWord] = []
    is_in_body = False  # Radio Liberty, Nazarbayev University
    for word in asked.words:
        if not word.is_adjacent:
            if run and not is_in_body:
                yield run
            run, is_in_body = [], False
        if _may_be_name(word, asked, bearers, written):
            if run and _GENITIVE.search(run[-1].text):
                yield run  # a genitive is the last word of its name
                run = []
            run.append(word)
            continue
        is_body = word.is_capital and is_a(word.text, "bodies")
        if run and not (is_in_body or is_body):
            yield run
        run, is_in_body = [], is_body
    if run and not is_in_body:
        yield run


def _may_be_name(
    word: AskedWord, asked: AskedWords, bearers: Bearers, written: WrittenWords
) -> bool:
    if word.is_used or word.bearers:
        return False
    if word.is_initial:
        return True
    if len(word.text) < 3 or is_stop_word(word.text):
        return False
    if is_a(word.text, "bodies") or is_a(word.text, "places"):
        return False
    if is_a(word.text, "given"):
        return True
    if is_ordinary(word.text) or word.text.lower() in written.small:
        return False
    if word.is_capital:
        return not written.has_with_capital(word.keys)
    if written.has_form_of(word.text):
        return False
    is_word = is_mere_word(word.text) or is_in_english(word.text.lower())
    if is_word and not is_all_asked_about(word, asked.words):
        return False
    return _is_like_a_name(word, asked, bearers)


def _is_like_a_name(word: AskedWord, asked: AskedWords, bearers: Bearers) -> bool:
    """Return whether `word`, in lower case, is like a word of somebody's name or, where capitals
    tell nothing, has the shape of a surname.
    """
    writes_capitals = asked.has_case and any(other.is_capital for other in asked.words[1:])
    like = bearers.like.to(word.keys, NEAR)
    if not writes_capitals and may_be_misheard(word, asked):
        like += bearers.like.heard(word.keys)
    if writes_capitals:
        # Who capitalises names and writes jan means no Jane; bokaeyv may be Bokayev.
        like = [(key, ratio) for key, ratio in like if key in bearers.surname]
    return bool(like) or (not asked.has_case and has_surname_shape(word.text))


def may_be_misheard(word: AskedWord, asked: AskedWords) -> bool:
    """Return whether `word` stands as a name does: it is all that is asked about, has a capital
    where other words have none, or ends as surnames do where capitals tell nothing.
    """
    if is_all_asked_about(word, asked.words):
        return True
    if asked.has_case:
        return word.is_capital and word is not asked.words[0]
    return has_surname_shape(word.text)


# --- Words that are one ---------------------------------------------------------------------------


def is_name(run: Sequence[AskedWord], words: Sequence[AskedWord], written: WrittenWords) -> bool:
    """Return whether `run`, near nobody's name, names a person rather than a place or a body."""
    is_given = any(is_a(word.text, "given") for word in run)
    is_shaped = any(has_surname_shape(word.text) or has_patronymic_shape(word.text) for word in run)
    if not all(word.is_capital for word in run):
        return is_given and is_shaped and len(run) > 1
    before = [word.text.lower() for word in words if word.end <= run[0].start][-2:]
    if len(before) == 2 and before[1] in {"of", "for"} and is_a(before[0], "bodies"):
        return False  # Ministry of Internal Affairs
    whole = [word for word in run if not word.is_initial]
    if len(run) == 1 and _is_adjective(run[0], words, written):
        return False
    if len(whole) > 1 or (whole and is_shaped):
        return True
    # One word that no document writes may be a thing, unless it is all that is asked about.
    others = [word for word in words if word not in run and not is_stop_word(word.text)]
    return bool(whole) and not others and (is_given or whole[0] is not words[0])


def _is_adjective(word: AskedWord, words: Sequence[AskedWord], written: WrittenWords) -> bool:
    """Return whether `word` is an adjective before a noun in lower case.

    Documents have it in lower case too ("the Ottoman empire"), or have the name that it is made of
    ("the Aktau court"), or the noun is a body.
    """
    after = [other for other in words if other.start > word.start][:1]
    return _ADJECTIVE.search(word.text) is not None and any(
        other.is_adjacent
        and other.text.islower()
        and (
            written.has_form_of(word.text)
            or is_a(other.text, "bodies")
            or written.has_with_capital(keys(_ADJECTIVE.sub("", word.text)))
        )
        for other in after
    )


# --- In place of a name ---------------------------------------------------------------------------


def in_place(asked: AskedWords, written: WrittenWords) -> Iterator[AskedWord]:
    """Yield the words, not known as names or otherwise, that stand where a name would or end as
    surnames of the region do.
    """
    place = _PLACE_OF_NAME.search(asked.text.lower())
    start = max(map(place.start, range(1, place.re.groups + 1)), default=-1) if place else -1
    for word in asked.words:
        is_in_place = word.start == start or _SURNAME_IN_SMALL.match(word.text)
        if is_in_place and not _is_known(word, written):
            yield word


def _is_known(word: AskedWord, written: WrittenWords) -> bool:
    return (
        word.is_used
        or bool(word.bearers)
        or len(word.text) < 3
        or is_ordinary(word.text)
        or (is_mere_word(word.text) and not has_surname_shape(word.text))
        or is_a(word.text, "places")
        or word.text.lower() in written.small
        or written.has_with_capital(word.keys)
    )
