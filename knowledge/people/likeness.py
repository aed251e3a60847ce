"""Words of names that differ from others in a letter or two only."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

NEAR = 85.0  # per cent of letters in common; on 165 Kazakh names it found all, and 2 % wrong ones

_SHORTEST_NEAR = 5  # letters of a key; a shorter word is near too many

# What those who write by ear confuse: unstressed vowels, and sounds that a language lacks.
_BY_EAR = re.compile("dzh|zh|dz|sh|ch|ts|kh|o|i|f")
_HEARD = {"dzh": "z", "zh": "z", "dz": "z", "sh": "s", "ch": "c", "ts": "c", "kh": "k",
          "o": "a", "i": "e", "f": "v"}  # fmt: skip
_SHORTEST_HEARD = 4  # sounds of a word that may have one wrong
_TWO_WRONG = 7  # sounds of a word that may have two


class Likeness:
    """Known keys, by their first letters and length, so that few are compared with another key."""

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
        """Return the known keys that are like one of `wanted`, and the per cent of likeness, which
        is `least` or more.
        """
        likenesses: dict[str, float] = {}
        for key in wanted:
            if len(key) < _SHORTEST_NEAR:
                continue
            # A wrong first letter is allowed only in a key of nearly the same length.
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
                        likenesses[other] = max(ratio, likenesses.get(other, 0.0))
        return list(likenesses.items())

    def heard(self, wanted: Sequence[str]) -> list[tuple[str, float]]:
        """Return the known keys of which one of `wanted` may be a misspelling, and the per cent of
        its sounds that are right.

        Both begin with the same sound. One sound may be wrong, or two of a long word; two that
        change places count as one.
        """
        likenesses: dict[str, float] = {}
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
                likenesses[other] = max(right, likenesses.get(other, 0.0))
        return list(likenesses.items())


def by_ear(key: str) -> str:
    """Return the sounds of `key` as they are heard, a letter for each: "bakaev" of "bokaev"."""
    return _BY_EAR.sub(lambda sound: _HEARD[sound.group()], key)


def are_heard_alike(one: str, other: str) -> bool:
    """Return whether two keys begin with the same sound, and one may be the other misspelt."""
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
    """Return how many of `sounds`, those of one word, may be wrong."""
    return (len(sounds) >= _SHORTEST_HEARD) + (len(sounds) >= _TWO_WRONG)


def _as_heard(key: str) -> str:
    """Return `key` with one letter for the sound "kh", lest it count twice where both have it."""
    return key.replace("kh", "k")
