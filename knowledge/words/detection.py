"""Which language a text is written in, among those the bot speaks."""

import functools
import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.languages import SPOKEN
from knowledge.words.typed_letters import KAZAKH_LETTER

CLASSES = (*SPOKEN, "names")
"""What a message can be: words of a language, or nothing but names, which are the same in all."""
BUCKETS = 1 << 14  # for pieces of words; few pieces share one

LATIN, CYRILLIC = re.compile(r"[a-zA-Z]"), re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_SHARE = 0.06  # of Cyrillic letters: a Kazakh name in a Russian text brings one or two
_LONGEST_PIECE = 4  # letters
_FEWEST_LETTERS = 3  # "ok" is said in every language
_CLEAR = 0.95  # probability: benchmarks/README.md says how often that is right
_MAY_BE_NAMES = 0.25  # probability


def detect(text: str) -> str:
    """Return "en", "ru" or "kk" for the `text` of a document, by its script and Kazakh letters.

    A text without letters, or in another language of Latin script, counts as English.
    """
    latin, cyrillic = len(LATIN.findall(text)), len(CYRILLIC.findall(text))
    if cyrillic <= latin:
        return "en"
    return "kk" if len(KAZAKH_LETTER.findall(text)) > cyrillic * _KAZAKH_SHARE else "ru"


def message_language(text: str, otherwise: str | None = None) -> str:
    """Return "en", "ru" or "kk" for the message `text`.

    Where the language is not clear, return `otherwise` if it can be that, or else the likeliest.
    Names alone, figures and a word of two letters can be in any language; Cyrillic letters can be
    Russian or Kazakh.
    """
    words = _WORD.findall(text)
    telling = " ".join(_without_names(words))
    latin, cyrillic = len(LATIN.findall(telling)), len(CYRILLIC.findall(telling))
    if latin + cyrillic < _FEWEST_LETTERS or (len(words) > 1 and all(map(str.istitle, words))):
        return otherwise or detect(text)
    probability = dict(zip(CLASSES, _probabilities(telling).tolist(), strict=True))
    possible = [language for language in SPOKEN if (latin if language == "en" else cyrillic)]
    best = max(possible, key=probability.__getitem__)
    if probability[best] >= _CLEAR:
        return best
    if otherwise is None:
        return best if probability[best] > probability["names"] else detect(text)
    may_be_names = probability["names"] > _MAY_BE_NAMES
    return otherwise if otherwise in possible or may_be_names else best


def typed_in_latin(text: str) -> str | None:
    """Return "ru" or "kk" if the message `text` is clearly in that language and in Latin letters,
    as on a keyboard that has no others; else None. One word alone is not clear.
    """
    words = _WORD.findall(text)
    if CYRILLIC.search(text) or len(words) < 2:
        return None
    telling = " ".join(_without_names(words))
    probability = dict(zip(CLASSES, _probabilities(telling).tolist(), strict=True))
    best = max(("ru", "kk"), key=probability.__getitem__)
    return best if probability["ru"] + probability["kk"] >= _CLEAR else None


def buckets(text: str) -> dict[int, float]:
    """Return how often pieces of words occur in `text`, by bucket, scaled to a vector of length 1.

    A piece has one to four letters; a space for either end of a word counts as a letter.
    """
    counts = Counter(
        zlib.crc32(padded[start : start + size].encode()) % BUCKETS
        for word in _WORD.findall(text.lower())
        for padded in (f" {word} ",)
        for size in range(1, _LONGEST_PIECE + 1)
        for start in range(len(padded) - size + 1)
    )
    length = math.sqrt(sum(count * count for count in counts.values()))
    return {bucket: count / length for bucket, count in counts.items()}


def weighed(text: str, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what `weights`, shape (classes, BUCKETS), make of the pieces of words in `text`, shape
    (classes,).
    """
    pieces = buckets(text)
    found: NDArray[np.float32] = weights[:, list(pieces)] @ np.fromiter(pieces.values(), np.float32)
    return found


def script(text: str) -> str:
    """Return the script of most letters of `text`, such as "ARABIC"; "" if it has no letters."""
    scripts = Counter(
        unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()
    )
    return scripts.most_common(1)[0][0] if scripts else ""


def _without_names(words: Sequence[str]) -> Sequence[str]:
    """Return `words` without those that are names by their capitals; all, if that leaves none.

    The first word has a capital anyway, so it stays unless it is in another script than the rest.
    """
    small = [word for word in words if not word[0].isupper()]
    if not small:
        return words
    is_same_script = bool(LATIN.match(words[0])) == bool(LATIN.match(small[0]))
    return [words[0], *small] if words[0][0].isupper() and is_same_script else small


def _probabilities(text: str) -> NDArray[np.float32]:
    """Return the probability of each of CLASSES for `text`, shape (classes,)."""
    weights, intercepts = _model()
    logits = weighed(text, weights) + intercepts
    probabilities: NDArray[np.float32] = np.exp(logits - logits.max())
    probabilities /= probabilities.sum()
    return probabilities


@functools.cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, shape (classes, buckets), and the intercepts, shape (classes,)."""
    with Path(__file__).with_name("languages.npz").open("rb") as file, np.load(file) as held:
        return held["weights"].astype(np.float32), held["intercepts"]
