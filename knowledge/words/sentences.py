"""Where sentences end, by a library that lists of abbreviations correct.

The library cuts a sentence after the full stop of an abbreviation within it, and misses the end of
one that an abbreviation ends. So each language has a file `sentence_ends` in `languages/`, with its
abbreviations by where they stand. No sentence begins with a small letter. In doubt one goes on: a
quote of two sentences says what the page says, half a sentence may not.
"""

import functools
import re
from collections.abc import Iterator, Mapping

import sentencex

from knowledge.languages import by_language
from knowledge.words.patterns import of_any

_KINDS = ("before", "before_numbers", "behind", "closing", "either", "years", "within")
_SHORT = 60  # characters: no abbreviation, number of a clause or mention of a time is longer
_STOP = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)")
_CLOSING_MARKS = "»”\"')]"
# What comes next: marks that open something, the word after them, and the full stop of an initial.
_NEXT = re.compile(r"\s*(?:[—–-]\s*)?[«“„\"'(\[‘]*([^\W_]*)(\.?)")
# A clause of its own after a full stop, as UN documents have them: "(b) Private interviews".
_CLAUSE = re.compile(r"\s*\(?\w{1,3}\)(?=\s+[^\W\d_a-z\u0430-\u044f\u0451])")
_INITIAL = re.compile(r"(?:^|[\s.(«“„\"])[^\W\d_]\.$")
_ITEM = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,4})(?:\.\)?|\))")
_ROMAN = re.compile(r"[IVXLC]{2,}|[VX]")
_LATIN = "a-z"
_OTHERS = "".join(
    entry["alphabet"] for entry in by_language("letters").values() if entry["script"] != "LATIN"
)
_NUMBER = re.compile(
    rf"(?:\d(?:-?[{_OTHERS}]{{1,3}})?|\b(?:{of_any('numbers', 'cut_short')})\.?)\s?$"
)
_YEAR = re.compile(rf"(?:(?<!\d)\d{{4}}|\d-(?:{of_any('numbers', 'decades')}))\s?$")
_LONG_WORD = re.compile(rf"[{_LATIN}{_OTHERS}]{{4}}\.$")


def split_sentences(text: str, language: str) -> Iterator[str]:
    """Yield the sentences of `text`, which is one paragraph. Only white space is lost."""
    ends = _ends_of(language)
    cuts = set(_library_cuts(text, language))
    stops = {stop.end() for stop in _STOP.finditer(text)} if ends else cuts
    start = 0
    for end in sorted(cuts | stops):
        if ends is None or ends.is_end(text, start, end, is_cut=end in cuts):
            yield text[start:end].strip()
            start = end
    if rest := text[start:].strip():
        yield rest


def _library_cuts(text: str, language: str) -> Iterator[int]:
    """Yield where the library ends a sentence of `text`."""
    end = 0
    for piece in sentencex.segment(language, text):
        if sentence := piece.strip():
            end = text.index(sentence, end) + len(sentence)
            yield end


class _Ends:
    """The abbreviations of one language, and whether the full stop after them ends a sentence."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        """Take `lists`: words separated by spaces, by kind."""
        kinds = (
            rf"(?P<{kind}>(?<![^\W_])(?:{_alternatives(_begun(lists.get(kind, ''), kind))}))"
            for kind in _KINDS
        )
        self._abbreviation = re.compile(rf"(?:{'|'.join(kinds)})\.$")
        self._starters = frozenset(lists["starters"].split())
        times = "|".join(lists["times"].split()) or r"(?!)"
        self._time = re.compile(rf"(?:(?:{times})\b|[\W\d_])*+", re.IGNORECASE)

    def is_end(self, text: str, start: int, end: int, *, is_cut: bool) -> bool:
        """Return whether the sentence from `start` ends at `end`.

        `is_cut` says that the library ends it there.
        """
        before = text[max(start, end - _SHORT) : end].lstrip()
        clause = _CLAUSE.match(text, end)
        following = _NEXT.match(text, clause.end() if clause else end)
        word = following[1] if following else ""
        is_initial = following is not None and following[2] != "" and len(word) == 1
        is_starter = word in self._starters and not is_initial
        if word[:1].islower() or _ITEM.fullmatch(before):
            return False
        if abbreviation := self._abbreviation.search(before):
            is_short = end - start <= _SHORT
            return self._is_end_with(abbreviation, word, is_starter=is_starter, is_short=is_short)
        if _INITIAL.search(before) and before[-2:-1].isupper():
            return is_starter
        if is_cut or clause:
            return True
        if before.rstrip(_CLOSING_MARKS)[-1:] in {"!", "?", "…"}:
            return word[:1].isupper()
        return word[:1].isdigit() and _LONG_WORD.search(before) is not None

    def _is_end_with(
        self, abbreviation: re.Match[str], word: str, *, is_starter: bool, is_short: bool
    ) -> bool:
        """Return whether `abbreviation`, with `word` after it, ends its sentence.

        `is_short` says that the text searched begins where the sentence does.
        """
        head = abbreviation.string[: abbreviation.start()]
        kind = abbreviation.lastgroup or ""
        is_capital = word[:1].isupper() and not _ROMAN.fullmatch(word)
        if kind == "within":
            return is_starter
        if kind == "closing":
            return is_capital or word[:1].isdigit()
        if kind == "before_numbers":
            return is_capital
        if kind == "before" or (kind == "either" and not _NUMBER.search(head)):
            return False
        if kind == "years":
            if not _YEAR.search(head):
                return False
            _, comma, part = head.rpartition(",")  # As they say, in 2019 Karimov …
            if comma and not is_starter and self._time.fullmatch(part):
                return False
        is_abbreviation = len(word) > 1 and word.isupper()  # 10 thousand doll. USA, in Russian
        is_begin = is_capital and not is_abbreviation
        return is_begin and not (is_short and self._time.fullmatch(head))


def _begun(words: str, kind: str) -> str:
    """Return `words`; if they stand before something, also as they begin a sentence."""
    if not kind.startswith("before"):
        return words
    capital = (word.capitalize() for word in words.split() if word.isalpha() and len(word) > 1)
    return " ".join(dict.fromkeys((*words.split(), *capital)))


def _alternatives(words: str) -> str:
    """Return a pattern of `words`: "_" is a space, and a space may follow each full stop."""
    patterns = (re.escape(word).replace(r"\.", r"\.\s?") for word in words.split())
    return "|".join(pattern.replace("_", r"\s") for pattern in patterns) or "(?!)"


@functools.cache
def _ends_of(language: str) -> _Ends | None:
    words = by_language("sentence_ends").get(language)
    return _Ends(words) if words is not None else None
