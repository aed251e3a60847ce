"""Words of names that are like others but for a letter or two."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

NEAR = 85.0  # per cent of letters in common; notes on 165 Kazakh names: finds all, 2 % wrong

_SHORTEST_NEAR = 5  # letters of a key; a shorter word is near too many

# What is written for one another by ear: unstressed vowels, and sounds that a language lacks.
_BY_EAR = re.compile("dzh|zh|dz|sh|ch|ts|kh|o|i|f")
_HEARD = {"dzh": "z", "zh": "z", "dz": "z", "sh": "s", "ch": "c", "ts": "c", "kh": "k",
          "o": "a", "i": "e", "f": "v"}  # fmt: skip
_SHORTEST_HEARD = 4  # sounds of a word that may have one wrong
_TWO_WRONG = 7  # sounds of a word that may have two


class Likeness:
    """Keys by their first letters and length, so that few are compared."""

    def __init__(self, known: Sequence[str]) -> None:
        self._buckets: dict[tuple[str, int], list[str]] = {}
        self._by_ear: dict[str, dict[str, str]] = {}
        for key in dict.fromkeys(known):
            sounds = by_ear(key)
            self._by_ear.setdefault(_first_sound(sounds), {})[key] = sounds
            if len(key) >= _SHORTEST_NEAR - 1:
                for head in {key[0], key[1:3]}:
                    self._buckets.setdefault((head, len(key)), []).append(key)

    def to(self, wanted: Sequence[str], least: float) -> list[tuple[str, float]]:
        """Return the known keys of at least `least` per cent likeness to one of `wanted`."""
        found: dict[str, float] = {}
        for key in wanted:
            if len(key) < _SHORTEST_NEAR:
                continue
            # A wrong first letter is looked for in words of nearly the same length only.
            for head, spread in ((key[0], 2), (key[1:3], 1)):
                for length in range(len(key) - spread, len(key) + spread + 1):
                    bucket = self._buckets.get((head, length))
                    if bucket is None:
                        continue
                    for other, ratio, _ in process.extract(
                        key,
                        bucket,
                        scorer=fuzz.ratio,
                        score_cutoff=least,
                        limit=None,
                        processor=_as_heard,
                    ):
                        found[other] = max(ratio, found.get(other, 0.0))
        return list(found.items())

    def heard(self, wanted: Sequence[str]) -> list[tuple[str, float]]:
        """Return the known keys that may be one of `wanted` misspelt: they begin with the same
        sound, and one sound is wrong, or two of a long word, as those who write by ear confuse
        them or two letters change places. With the per cent that are right.
        """
        found: dict[str, float] = {}
        for key in wanted:
            sounds = by_ear(key)
            for _, wrong, other in process.extract(
                sounds,
                self._by_ear.get(_first_sound(sounds), {}),
                scorer=OSA.distance,
                score_cutoff=_most_wrong(sounds),
                limit=None,
            ):
                right = 100.0 * (1 - wrong / len(sounds))
                found[other] = max(right, found.get(other, 0.0))
        return list(found.items())


def by_ear(key: str) -> str:
    """Return what is heard of `key`, a letter for each sound: "bakaev" of "bokaev"."""
    return _BY_EAR.sub(lambda sound: _HEARD[sound.group()], key)


def are_heard_alike(one: str, other: str) -> bool:
    """Return whether two keys begin with the same sound and one may be the other misspelt."""
    first, second = by_ear(one), by_ear(other)
    if _first_sound(first) != _first_sound(second):
        return False
    most = min(_most_wrong(first), _most_wrong(second))
    return OSA.distance(first, second, score_cutoff=most) <= most


def begin_alike(one: str, other: str) -> bool:
    """Return whether two keys begin with the same sound."""
    return _first_sound(by_ear(one)) == _first_sound(by_ear(other))


def _first_sound(sounds: str) -> str:
    return "a" if sounds[:1] in "aeu" else sounds[:1]


def _most_wrong(sounds: str) -> int:
    """Return how many of `sounds`, a word's, may be wrong."""
    return (len(sounds) >= _SHORTEST_HEARD) + (len(sounds) >= _TWO_WRONG)


def _as_heard(key: str) -> str:
    """Return `key` with one letter for the one sound of q, lest two letters alike count twice."""
    return key.replace("kh", "k")
