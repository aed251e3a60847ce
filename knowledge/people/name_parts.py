"""The words of a full name and what each of them is: given name, patronymic, surname, "Jr."

What tells two people of one given name and surname apart is compared here: patronymics, further
given names, initials of either, and what sets a son apart from his father.
"""

import functools
import re

from knowledge.people.name_words import has_patronymic_shape, has_surname_shape, is_a
from knowledge.people.names import ARTICLE, fold, keys

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*['’](?!\w)|[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*")

# Somebody's son or daughter, written apart from the name it makes a patronymic of: Болат улы.
_SON_OR_DAUGHTER = re.compile(
    r"ogly|oglu|oğlu|uly|kyzy|qyzy|kizi|qizi|gizi|оглы|оглу|огли|улы|ұлы|углы|кызы|қызы|гызы"
)
_SUFFIXES = {
    "jr": "jr", "junior": "jr", "мл": "jr", "младший": "jr", "младшего": "jr", "младшему": "jr",
    "sr": "sr", "senior": "sr", "ст": "sr", "старший": "sr", "старшего": "sr", "старшему": "sr",
    "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
_SUFFIX = re.compile(
    r"(?:,? ?|\u00a0| \()(?P<suffix>(?:Jr|Sr)\b|II|III|IV|(?:мл|ст)(?=\.)"
    # "Senior" may begin what somebody is: John Smith, Senior Counsel.
    r"|(?:Junior|Senior)(?! [A-Z])|(?:млад|стар)ш(?:ий|его|ему)(?=[).,;]|$))(?![\w-])\.?"
)
_PATRONYMIC_ENDING = re.compile(
    r"(?:[oeiua]vi?ch|ich|[oe]vna|ichna|[iu]vna|uli|kizi|khizi|ogli|oglu)$"
)


def joins(word: str) -> bool:
    """Return whether `word`, set apart, makes a patronymic of the word before it: Болат улы."""
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
    is_cut_short = suffix in {"Jr", "Sr", "мл", "ст"}
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

    The surname is the last word with the shape of one, or else the last: Aron Atabek, Еримбетов
    Искандер Бейбитович. Patronymics, initials and particles are neither. A name of one word is a
    surname.
    """
    words = [word for word in words_of(name) if len(word) > 1]
    if len(words) > 2:
        # The last is the patronymic only where none stands before it: Анна Петровна Милошевич.
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

    They are patronymics, further given names and initials of them: Иванович, И, Quincy.
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
    """Return the key of the first letter of the given name in `name`: "p" of "Воронов П. И."."""
    given, _ = parts(name)
    letters = [word for word in words_of(name) if len(word) == 1]
    first = [*given, *letters, *words_of(name)][0] if given or letters else words_of(name)[0]
    return fold(first[0])


@functools.lru_cache(maxsize=20_000)
def contradict(one: str, other: str) -> bool:
    """Return whether two names that agree in given name and surname are of two people.

    Пётр Иванович Воронов is not Пётр Сергеевич Воронов, nor П. С. Воронов.
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
    """Return the keys of `word` as of the father's name: one of Болатұлы, Болатович, Болатовна."""
    return {_PATRONYMIC_ENDING.sub("", key).rstrip("i") or key for key in keys(word)}
