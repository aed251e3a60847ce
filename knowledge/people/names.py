"""One key for all usual spellings of a name, in Cyrillic and Latin letters.

Spellings differ in how they write a sound (Жәкішев, Джакишев, Dzhakishev, Djakishev), and languages
add endings to a name, which are in `languages/`. First a word is read as sounds: Cyrillic letters
by a table, Latin ones by the groups that spell one sound. Then sounds that spellings confuse are
made one. Where a group has several readings (j, ch, x, c), each gives a key; two words are the same
if they share a key.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii

from knowledge.languages import by_language, words_of_all
from knowledge.words.dictionaries import given_names_of
from knowledge.words.patterns import of_any

_SHORTEST_STEM = 3  # letters left when an ending is taken off; Али is no form of Ал
_MOST_READINGS = 16  # of one word; a word with more doubtful letters is no name

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʹ]")

# The article of Arabic names: al-Bashir, Bashir and аль-Башир are one.
ARTICLE = re.compile(rf"^(?:{of_any('names', 'articles')})[-‐‑](?=[^\W\d_]{{2}})", re.IGNORECASE)

# A sound of its own for ж, ш, ч and х, so that no later rule takes it for y, s, c or h.
_SOUNDS_OF_CYRILLIC: dict[str, tuple[str, ...]] = {
    "а": ("a",), "ә": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "ғ": ("g",), "ґ": ("g",),
    "д": ("d",), "дж": ("ž",), "ж": ("ž",), "җ": ("ž",), "е": ("e",), "ё": ("e", "io", "o"),
    "є": ("e",), "э": ("e",), "з": ("z",), "и": ("i",), "і": ("i",), "ї": ("i",), "й": ("i",),
    "ы": ("i",), "к": ("k",), "қ": ("k", "x"), "л": ("l",), "м": ("m",), "н": ("n",),
    "ң": ("n", "ng"), "о": ("o",), "ө": ("o",), "п": ("p",), "р": ("r",), "с": ("s",), "т": ("t",),
    "у": ("u",), "ұ": ("u",), "ү": ("u",), "ў": ("u",), "ф": ("f",), "х": ("x",), "һ": ("x",),
    "ц": ("ts",), "ч": ("č",), "ш": ("š",), "щ": ("š",), "ъ": ("",), "ь": ("",), "ю": ("iu",),
    "я": ("ia",),
}  # fmt: skip
# Groups of Latin letters that spell one sound, in English, French, German, Polish and Turkish
# transliterations. The first reading is the usual one.
_SOUNDS_OF_LATIN: dict[str, tuple[str, ...]] = {
    "shch": ("š",), "szcz": ("š",), "schtsch": ("š",), "chtch": ("š",), "sch": ("š",),
    "sh": ("š",), "sz": ("š",), "š": ("š",), "ş": ("š",), "ș": ("š",), "ś": ("š",),
    "tsch": ("č",), "tch": ("č",), "cz": ("č",), "č": ("č",), "ç": ("č",), "ch": ("č", "x"),
    "dzh": ("ž",), "dsch": ("ž",), "dsh": ("ž",), "dj": ("ž",), "dž": ("ž",), "dż": ("ž",),
    "zh": ("ž",), "ž": ("ž",), "ż": ("ž",), "kh": ("x",), "gh": ("g",), "ğ": ("g",), "ǵ": ("g",),
    "tz": ("ts",), "tzh": ("tž",), "szh": ("sž",),
    "ck": ("k",), "ph": ("f",), "w": ("v",), "ou": ("u",), "y": ("i",), "ı": ("i",),
    "x": ("ks", "x"), "q": ("k", "x"), "c": ("k", "ž", "ts"), "h": ("x",), "yo": ("io", "e"),
    "ł": ("l",), "ə": ("a",),
}  # fmt: skip
_GROUP = re.compile(
    # A j is a y after a vowel that ends its syllable (Sergej), a y or ж between vowels (Bokajew,
    # Ajar), ж or a y at the head (Jakishev, Jewgenij) and after a consonant (Abjan, Tatjana).
    r"(?P<y>(?<=[aeiouy])j(?![aeiouy]))|(?P<y_or_zh>(?<=[aeiouy])j|^j(?=e))"
    r"|(?P<soft>(?<=[bcdfghklmnpqrstvwxz])ye)|(?P<zh_or_y>j)"
    # Ukrainian г beside a consonant (Bohdan, Serhiy, Hryhoriy); х is not written so there.
    r"|(?P<h_or_g>(?<=[rvlnd])h|(?<![ckpstzgd])h(?=[rdln]))|"
    + "|".join(
        sorted(map(re.escape, _SOUNDS_OF_LATIN | _SOUNDS_OF_CYRILLIC), key=len, reverse=True)
    )
)
_READINGS = _SOUNDS_OF_LATIN | _SOUNDS_OF_CYRILLIC
_READINGS_BY_PLACE = {
    "y": ("i",), "y_or_zh": ("i", "ž"), "zh_or_y": ("ž", "i"), "soft": ("e", "ie"),
    "h_or_g": ("x", "g"),
}  # fmt: skip
_SPELLED = {"ž": "zh", "š": "sh", "č": "ch", "x": "kh"}


def fold(word: str) -> str:
    """Return the key of `word`, one word of a name: the same for every usual spelling of it.

    Жәкішев, Джакишев, Dzhakishev, Djakishev and Jakishev give "zhakishev". The key of a word
    without letters is "". Case endings stay; see `keys`.
    """
    return readings(word)[0]


@functools.lru_cache(maxsize=20_000)
def keys(word: str) -> tuple[str, ...]:
    """Return the keys that `word` may stand for, at least one; first that of the word as it is.

    The others are of its further readings and of the name without its ending. Бокаева is a woman's
    surname or a form of Бокаев, and gives "bokaeva" and "bokaev"; Bokayeva gives the first alone.
    """
    possible = dict.fromkeys(readings(word))
    for base in _bases(word.lower()):
        possible.update(dict.fromkeys(readings(base)))
    possible.pop("", None)
    return tuple(possible) or ("",)


def given_keys(word: str) -> tuple[str, ...]:
    """Return the keys that the given name `word` may stand for.

    To those of `keys` it adds the names that `word` is a form of by a dictionary: Павел for Павла.
    """
    names = (reading for name in given_names_of(word) for reading in readings(name))
    return tuple(dict.fromkeys((*keys(word), *names)))


def may_be_forms(one: str, other: str) -> bool:
    """Return whether `one` and `other`, which share a key, can be forms of one name.

    Two that both lose an ending must leave the same letters: Бокаева and Бокаеву are forms of
    Бокаев, but Шелли and Шееле of no one name, though the key of each has "shel" in it.
    """
    if not set(readings(one)).isdisjoint(keys(other)):
        return True
    if not set(readings(other)).isdisjoint(keys(one)):
        return True
    return not set(_bases(one.lower())).isdisjoint(_bases(other.lower()))


def _bases(word: str) -> Iterator[str]:
    """Yield the nominatives that `word`, in lower case, may be a case of."""
    for ending, nominative in _cases():
        base, changed = ending.subn(nominative, word)
        if changed and len(base) - len(nominative) >= _SHORTEST_STEM:
            yield base


@functools.cache
def _cases() -> list[tuple[re.Pattern[str], str]]:
    """Return the case endings of names, each with what the nominative has in its place."""
    vowels, consonants = ("".join(words_of_all("name_cases", k)) for k in ("vowels", "consonants"))
    return [
        (re.compile(ending.replace("VOWELS", vowels).replace("CONSONANTS", consonants)), nominative)
        for entry in by_language("name_cases").values()
        for ending, nominative in entry["cases"]
    ]


@functools.lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[str, ...]:
    """Return the keys of `word` as it stands, at least one; first that of the usual reading.

    Jakishev begins with a ж in English and with a y in German: "zhakishev" and "iakishev".
    """
    letters = _APOSTROPHES.sub("", _plain(ARTICLE.sub("", word)))
    parts: list[tuple[str, ...]] = []
    end = 0
    for match in _GROUP.finditer(letters):
        parts.append((letters[end : match.start()],))
        place = match.lastgroup
        parts.append(_READINGS_BY_PLACE[place] if place else _READINGS[match.group()])
        end = match.end()
    parts.append((letters[end:],))
    combinations = itertools.islice(itertools.product(*parts), _MOST_READINGS)
    return tuple(dict.fromkeys(_merge("".join(sounds)) for sounds in combinations))


def _plain(word: str) -> str:
    """Return `word` in lower case, with only letters that the tables know.

    A letter of another script, or with a mark that the tables do not have, becomes ASCII.
    """
    letters = unicodedata.normalize("NFC", word).lower().replace("i̇", "i")
    return "".join(
        letter
        if letter in _READINGS or letter.isascii() or letter in "'’‘ʼ`´ʹ"
        else anyascii(letter).lower()
        for letter in letters
        if letter not in "-‐‑–.\u0301"
    )


def _merge(sounds: str) -> str:
    """Return `sounds` as a key, with what spellings confuse made one.

    The y of -yev, -iev and -jew is dropped after a vowel and at the beginning, -off becomes -ov,
    and doubled letters become one: bokaiev becomes bokaev, ierimbetov erimbetov, assanoff asanov.
    After a consonant the i of -iev stays, so that Сергиев is not Сергеев.
    """
    sounds = re.sub(r"(?<=[oe])ff$", "v", sounds)
    sounds = re.sub(r"i{2,}", "i", sounds)
    sounds = re.sub(r"(?:^|(?<=[aeou]))ie", "e", sounds)
    sounds = re.sub(r"(.)\1+", r"\1", sounds)
    return "".join(_SPELLED.get(sound, sound) for sound in sounds)
