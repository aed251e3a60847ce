"""The words of a full name and what each of them is: given name, patronymic, surname, "Jr."

What tells two people of one given name and surname apart is compared here: patronymics, further
given names, initials of either, and what sets a son apart from his father.
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
    """Return whether `word`, set apart, makes a patronymic of the word before it: Bolat uly."""
    return _SON_OR_DAUGHTER.fullmatch(word) is not None


def begins_with_capital(word: str) -> bool:
    """Return whether `word` has a capital at its head, or behind an article: al-Bashir."""
    return word[0].isupper() or ARTICLE.sub("", word)[0].isupper()


def suffix_after(text: str, end: int) -> tuple[str, int]:
    """Return what stands at `end` of `text`, behind a name, to tell a son from his father, in one
    spelling ("jr", "iii"), and where it ends; "" and `end` if nothing does.
    """
    found = _SUFFIX.match(text, end)
    if found is None:
        return "", end
    suffix = found["suffix"]
    is_cut_short = suffix.lower() in words_of_all("names", "cut_short")
    return _SUFFIXES[suffix.lower()], found.end() if is_cut_short else found.end("suffix")


@functools.lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of `name`, initials too, without particles and what follows a surname.

    A patronymic written in two words is one.
    """
    found: list[str] = []
    for word in WORD.findall(name):
        if found and joins(word):
            found[-1] += word
        elif not (word.islower() and is_a(word, "particles")):
            found.append(word)
    while len(found) > 2 and found[-1].lower() in _SUFFIXES:
        found.pop()
    return tuple(found)


def suffix_of(name: str) -> str:
    """Return what tells a son from his father in `name`, in one spelling; "" if nothing does."""
    words = WORD.findall(name)
    return _SUFFIXES.get(words[-1].lower(), "") if len(words) > 2 else ""


@functools.lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the given names and the surnames of `name`, as words.

    The surname is the last word with the shape of one, or else the last: Aron Atabek, Yerimbetov
    Iskander Beibitovich. Patronymics, initials and particles are neither. A name of one word is a
    surname.
    """
    words = [word for word in words_of(name) if len(word) > 1]
    if len(words) > 2:
        # The last is the patronymic only where none stands before it: Anna Petrovna Milosevic.
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

    They are patronymics, further given names and initials of them: Ivanovich, I, Quincy.
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
    """Return whether two names that agree in given name and surname are of two people.

    Pyotr Ivanovich Voronov is not Pyotr Sergeyevich Voronov, nor P. S. Voronov.
    """
    first, second = middle(one), middle(other)
    return bool(first and second) and not any(is_fit(a, b) for a in first for b in second)


def is_fit(one: str, other: str) -> bool:
    """Return whether two patronymics or further given names, or initials of them, may be one."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return any(key.startswith(fold(shorter)) for key in keys(longer))
    return not _stems(one).isdisjoint(_stems(other))


def _stems(word: str) -> set[str]:
    """Return the keys of `word` as of the father's name: one of Bolatuly, Bolatovich, Bolatovna."""
    return {_PATRONYMIC_ENDING.sub("", key).rstrip("i") or key for key in keys(word)}
