"""The words of a full name, and what each of them is: given name, patronymic, surname or suffix.

What tells apart two people of the same given name and surname is compared here: patronymics,
further given names, initials of either. A suffix, such as "Jr.", tells a son from his father.
"""

import functools
import re

from knowledge.languages import words_of_all
from knowledge.people.name_words import has_patronymic_shape, has_surname_shape, is_a
from knowledge.people.names import ARTICLE, fold, keys
from knowledge.words.patterns import of_any

WORD = re.compile(
    r"[^\W\d_]+(?:['’\u02bc‘-][^\W\d_]+)*['’](?!\w)|[^\W\d_]+(?:['’\u02bc‘-][^\W\d_]+)*"
)

# Somebody's son or daughter, written apart from the name it makes a patronymic of: Bolat uly.
_SON_OR_DAUGHTER = re.compile(of_any("names", "child_of"))
_SUFFIXES = {
    **dict.fromkeys(words_of_all("names", "junior"), "jr"),
    **dict.fromkeys(words_of_all("names", "senior"), "sr"),
    **{numeral: numeral for numeral in ("ii", "iii", "iv")},
}
_SUFFIX = re.compile(
    rf"(?:,? ?|\u00a0| \()(?P<suffix>II|III|IV|{of_any('names', 'behind_names')})(?![\w-])\.?"
)
_PATRONYMIC_ENDING = re.compile(rf"(?:{of_any('names', 'patronymics')})$")


def joins(word: str) -> bool:
    """Return whether `word`, written apart, makes the word before it a patronymic: Bolat uly."""
    return _SON_OR_DAUGHTER.fullmatch(word) is not None


def begins_with_capital(word: str) -> bool:
    """Return whether `word` begins with a capital, or has one after an article: al-Bashir."""
    return word[0].isupper() or ARTICLE.sub("", word)[0].isupper()


def suffix_after(text: str, end: int) -> tuple[str, int]:
    """Return the suffix of the name that ends at `end` of `text`, and where the suffix ends.

    It has one spelling each: "jr", "iii". Without a suffix, return "" and `end`.
    """
    match = _SUFFIX.match(text, end)
    if match is None:
        return "", end
    suffix = match["suffix"]
    is_cut_short = suffix.lower() in words_of_all("names", "cut_short")
    return _SUFFIXES[suffix.lower()], match.end() if is_cut_short else match.end("suffix")


@functools.lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of `name`, with its initials, without particles and suffixes.

    A patronymic written in two words is one.
    """
    words: list[str] = []
    for word in WORD.findall(name):
        if words and joins(word):
            words[-1] += word
        elif not (word.islower() and is_a(word, "particles")):
            words.append(word)
    while len(words) > 2 and words[-1].lower() in _SUFFIXES:
        words.pop()
    return tuple(words)


def suffix_of(name: str) -> str:
    """Return the suffix of `name` in its one spelling, such as "jr"; "" if it has none."""
    words = WORD.findall(name)
    return _SUFFIXES.get(words[-1].lower(), "") if len(words) > 2 else ""


@functools.lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the given names of `name` and, in a tuple of one word at most, its surname.

    The surname is the last word, or the first where only that has the shape of one and the last is
    a listed given name: Aron Atabek, Yerimbetov Iskander Beibitovich. Patronymics, initials and
    particles are neither. A name of one word is a surname.
    """
    words = [word for word in words_of(name) if len(word) > 1]
    if len(words) > 2:
        # The first of that shape is the patronymic: Anna Petrovna Milosevic.
        shaped = [i for i, word in enumerate(words) if i and has_patronymic_shape(word)]
        if shaped:
            del words[shaped[0]]
    shaped = [i for i, word in enumerate(words) if has_surname_shape(word)]
    shaped = shaped or [i for i, word in enumerate(words) if has_patronymic_shape(word)]
    if len(words) > 1 and shaped == [0] and is_a(words[-1], "given"):
        return tuple(words[1:]), (words[0],)
    return tuple(words[:-1]), tuple(words[-1:])


@functools.lru_cache(maxsize=20_000)
def middle(name: str) -> tuple[str, ...]:
    """Return the words of `name` between its first given name, or initial, and its surname.

    They are patronymics, further given names and their initials: Ivanovich, I, Quincy.
    """
    given, surname = parts(name)
    rest = list(words_of(name))
    if surname:
        rest.reverse()
        rest.remove(surname[0])
        rest.reverse()
    if not given and rest and len(rest[0]) > 1:
        return tuple(rest)  # a patronymic alone
    return tuple(rest[1:])


def initial(name: str) -> str:
    """Return the key of the first letter of the given name in `name`: "p" of "Voronov P. I."."""
    given, _ = parts(name)
    letters = [word for word in words_of(name) if len(word) == 1]
    first = [*given, *letters, *words_of(name)][0] if given or letters else words_of(name)[0]
    return fold(first[0])


@functools.lru_cache(maxsize=20_000)
def contradict(one: str, other: str) -> bool:
    """Return whether two names of the same given name and surname are of different people.

    Pyotr Ivanovich Voronov is not Pyotr Sergeyevich Voronov, nor P. S. Voronov.
    """
    first, second = middle(one), middle(other)
    return bool(first and second) and not any(is_fit(a, b) for a in first for b in second)


def is_fit(one: str, other: str) -> bool:
    """Return whether two patronymics or further given names, or their initials, may be the same."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return any(key.startswith(fold(shorter)) for key in keys(longer))
    return not _stems(one).isdisjoint(_stems(other))


def _stems(word: str) -> set[str]:
    """Return the keys of `word` without the endings of patronymics, so that Bolatuly, Bolatovich
    and Bolatovna share one.
    """
    return {_PATRONYMIC_ENDING.sub("", key).rstrip("i") or key for key in keys(word)}
