"""A question carried over into the language of a document, word by word, by a list of terms.

A question in Russian or Kazakh meets an English document in the vectors of the multilingual model,
and word by word through the terms of `glossary.yaml` and those that editors write beside their
documents. Nothing is invented: words that no entry has are returned as `unknown`.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.question.glossary_terms import (
    LANGUAGES,
    Term,
    loans_in,
    same_in,
)
from knowledge.reading.entries import read_entries
from knowledge.words.detection import CYRILLIC, LATIN
from knowledge.words.inflections import (
    fits,
    head_keys,
    on_russian_keys,
    written_keys,
)
from knowledge.words.lexical import content_terms, terms, words
from knowledge.words.typed_letters import KAZAKH_LETTER

_OURS = Path(__file__).with_name("glossary.yaml")
# An ending that a hyphen joins to figures, a name in Latin letters or an abbreviation is no word:
# 14-го, DCK-ны, ДВК-ға.
_WORD = re.compile(
    r"(?P<stays>\d+(?:[.,:]\d+)*(?![^\W_])|[A-Za-z]\w*(?:['’]\w+)*)(?:-[^\W\d_a-zA-Z]{1,4}\b)?"
    r"|(?P<short>[А-ЯЁӘІҢҒҮҰҚӨҺ]{2,})-[^\W\d_a-zA-Z]{1,4}\b"
    r"|\w+(?:['’]\w+)*"
)
_YEAR = re.compile(r"г|год[ауе]?|годом|жыл|жылы|жылғы|жылдың|жылдан|жылда")
# соттап жіберді is соттады, айтылмай қалды is айтылмады.
_CONVERB = re.compile(
    r"(?!(?:талап|себеп|айып|жауап|мектеп|кітап|есеп|қауіп|тәртіп)$)\w+[аеыійу]п|\w+[мбп][ае]й"
)
_AUXILIARY = re.compile(
    r"(?:жібер|қой|таста|қал|кет|шық|шығ|бер|сал|келе|түс|өт|жат|жүр|тұр)"
    r"(?:[дт][ыі](?:м|ң|қ|к|[ңм][ыі]з)?|[ғгқк][ае]н\w{0,4}|[ыі]?п(?:т[ыі])?|[аеый]д[ыі]|ыр|с[ыі]н)"
)


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in the words of another language.

    `text` has these words in the order of the question: one equivalent for each term, and question
    words (who, when, how many). `terms` has all alternatives for each term that carries meaning.
    `carried` are the words of the question, as it writes them, that a term was found for or that
    are the same in any language (figures, Latin letters); `unknown` are those without a term. Words
    that carry no meaning are in neither, nor are Kazakh auxiliaries.
    """

    text: str
    terms: tuple[tuple[str, ...], ...]
    carried: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """A word or phrase of the glossary, as written and as folded words, and the terms with it."""

    written: str
    words: tuple[str, ...]
    terms: list[Term]


@dataclass(slots=True)
class _Node:
    """The phrases that end after some words, and what may follow, by the keys of the next word."""

    heads: list[_Head] = field(default_factory=list)
    next: dict[str, "_Node"] = field(default_factory=dict)


class Glossary:
    """Terms in three languages, ready to carry questions over."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Take `terms`.

        Of terms that share a word, the one that lists it earliest goes first, then the one that
        comes first itself.
        """
        self.terms = tuple(terms)
        self._roots = {language: _Node() for language in LANGUAGES}
        self._keys: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        self._same = same_in(self.terms)
        for language in LANGUAGES:
            content_terms("", language)  # loads stop words now rather than in the first question
            heads: dict[str, _Head] = {}
            for term in self.terms:
                for text in term.equivalents(language):
                    head = heads.setdefault(text, _Head(text, tuple(words(text)), []))
                    head.terms.append(term)
            if language == "kk":
                for term, text in loans_in(self.terms):
                    head = heads.setdefault(text, _Head(text, tuple(words(text)), []))
                    if term not in head.terms:
                        head.terms.append(term)
            for text, head in heads.items():
                head.terms.sort(key=_place_of(text, language))
            # Words before phrases: "құқықтары" within one is filed under құқық too.
            for head in sorted(heads.values(), key=lambda head: len(head.words)):
                self._file(head, language)

    def translate(
        self,
        question: str,
        source: str,
        target: str,
        is_spoken_of: Callable[[str], bool] | None = None,
    ) -> Translation:
        """Return `question`, in `source`, as words of `target`, another of LANGUAGES.

        Phrases go before words, and longer phrases before shorter ones. Of the equivalents of a
        term, the text gets the first for which `is_spoken_of` holds, or else the first. Raises
        KeyError for a language that is not among LANGUAGES.
        """
        text: list[str] = []
        terms: list[tuple[str, ...]] = []
        carried: list[str] = []
        unknown: list[str] = []
        written, folded = _read(question)
        is_plain = KAZAKH_LETTER.search(question) is None
        keys = [
            written_keys(word, source, self._keys[source], is_typed_plainly=is_plain)
            for word in folded
        ]
        place = 0
        while place < len(folded):
            end, heads = self._longest(keys, folded, place, source, target)
            asked = written[place:end]
            meaningful = [word for word in asked if content_terms(word, source)]
            if _is_year(folded, place):
                end = place + 1
            elif end == place + 1 and source == "kk" and _is_auxiliary(folded, place):
                pass
            elif heads:
                alternatives = _alternatives(_closest(heads, asked, folded[place:end]), target)
                text.append(
                    next(
                        (t for t in alternatives if is_spoken_of and is_spoken_of(t)),
                        alternatives[0],
                    )
                )
                if meaningful and any(content_terms(text, target) for text in alternatives):
                    terms.append(alternatives)
                    carried += meaningful
            elif _is_the_same(asked[0], source):
                text += asked
                terms.append((asked[0],))
                carried += asked
            else:
                unknown += meaningful
            place = end
        return Translation(" ".join(text), tuple(terms), tuple(carried), tuple(unknown))

    def same_as(self, text: str, language: str) -> tuple[str, ...]:
        """Return what else the thing called `text`, in any form, is called in `language`."""
        return self._same.get((language, *terms(text, language)), ())

    def _file(self, head: _Head, language: str) -> None:
        """File `head` under the keys of its words, one after the other."""
        nodes = [self._roots[language]]
        for word in head.words:
            keys = head_keys(word, language)
            if len(head.words) > 1:
                keys |= set(written_keys(word, language, self._keys[language]))
            self._keys[language] |= keys
            nodes = [node.next.setdefault(key, _Node()) for node in nodes for key in sorted(keys)]
        for node in nodes:
            node.heads.append(head)

    def _longest(
        self,
        keys: Sequence[Sequence[str]],
        folded: Sequence[str],
        place: int,
        source: str,
        target: str,
    ) -> tuple[int, list[_Head]]:
        """Return where the longest phrase at `place` ends, and every head that it can be a form of.

        If no head there has a word in `target`, return the end of one word, and no heads.
        """
        longest: list[_Head] = []
        for head in _reached(self._roots[source], keys, place):
            if longest and len(head.words) < len(longest[0].words):
                continue
            asked = folded[place : place + len(head.words)]
            if not all(_is_form(*pair, source) for pair in zip(asked, head.words, strict=True)):
                continue
            if not any(term.equivalents(target) for term in head.terms):
                continue
            if longest and len(head.words) > len(longest[0].words):
                longest = []
            if head not in longest:
                longest.append(head)
        return place + (len(longest[0].words) if longest else 1), longest


def carries(source: str, target: str) -> bool:
    """Return whether words of `source` have to be carried over into `target`, and can be."""
    return source != target and {source, target} <= set(LANGUAGES)


def read_glossary(file: Path | None = None, called: str | None = None) -> Glossary:
    """Return our glossary, joined with the one in `file`, whose terms go before ours.

    `file` may be missing. Raises KnowledgeError, which names the file (by the name `called`, if
    given), the entry and what was expected.
    """
    added = () if file is None or file == _OURS else read_entries(file, Term, called)
    return Glossary((*added, *_terms())) if added else _ours()


@functools.cache
def _ours() -> Glossary:
    return Glossary(_terms())


@functools.cache
def _terms() -> tuple[Term, ...]:
    return read_entries(_OURS, Term)


def _read(question: str) -> tuple[list[str], list[str]]:
    """Return the words of `question` as written, and folded as dictionary words are.

    The particle that only asks, and would part a phrase, is left out: выросло ли число.
    """
    matches = _WORD.finditer(unicodedata.normalize("NFKC", question))
    written = [m["stays"] or m["short"] or m[0] for m in matches if m[0] != "ли"]
    return written, [" ".join(words(word)) for word in written]


def _reached(node: _Node, keys: Sequence[Sequence[str]], place: int) -> Iterator[_Head]:
    """Yield every head that the words from `place` on, by their `keys`, lead to from `node`."""
    yield from node.heads
    for key in keys[place] if place < len(keys) else ():
        if key in node.next:
            yield from _reached(node.next[key], keys, place + 1)


def _is_form(word: str, head: str, language: str) -> bool:
    """Return whether `word` can be a form of `head`.

    A word without meaning is a form of itself only: оның (his) is no form of он (ten), nor им
    (them) of имя (name).
    """
    return word == head or (bool(content_terms(word, language)) and fits(word, head, language))


def _closest(heads: Sequence[_Head], written: Sequence[str], folded: Sequence[str]) -> list[_Head]:
    """Return those of `heads`, at least one, that are most like the words asked."""

    def likeness(head: _Head) -> tuple[int, int, bool]:
        shared = sum(_shared(*pair) for pair in zip(head.words, folded, strict=True))
        return shared, -len(head.written), head.written == " ".join(written)

    best = max(map(likeness, heads))
    return [head for head in heads if likeness(head) == best]


def _alternatives(heads: Sequence[_Head], target: str) -> tuple[str, ...]:
    equivalents: Iterator[str] = (
        text for head in heads for term in head.terms for text in term.equivalents(target)
    )
    return tuple(dict.fromkeys(equivalents))


def _place_of(text: str, language: str) -> Callable[[Term], int]:
    """Return a sort key of terms: the place of `text` among their words in `language`."""

    def place(term: Term) -> int:
        own = term.equivalents(language)
        return own.index(text) if text in own else len(own)  # a loan goes last

    return place


def _shared(one: str, other: str) -> int:
    """Return how many letters both begin with, as typed on a Russian keyboard."""
    count = 0
    for letter, same in zip(on_russian_keys(one), on_russian_keys(other), strict=False):
        if letter != same:
            break
        count += 1
    return count


def _is_the_same(word: str, source: str) -> bool:
    """Return whether `word` has figures, or letters that `source` does not use."""
    if any(letter.isdigit() for letter in word):
        return True
    return (CYRILLIC if source == "en" else LATIN).search(word) is not None


def _is_auxiliary(folded: Sequence[str], place: int) -> bool:
    """Return whether the Kazakh verb at `place` is an auxiliary of the verb before it."""
    before = folded[place - 1] if place else ""
    return bool(_CONVERB.fullmatch(before) and _AUXILIARY.fullmatch(folded[place]))


def _is_year(folded: Sequence[str], place: int) -> bool:
    """Return whether the word at `place` says only that the four figures before it are a year."""
    before = folded[place - 1] if place else ""
    return before.isdigit() and len(before) == 4 and _YEAR.fullmatch(folded[place]) is not None
