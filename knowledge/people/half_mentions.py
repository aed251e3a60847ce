"""Where people are mentioned by half of their name, which only one of them bears."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.people.name_parts import WORD, parts
from knowledge.people.name_words import is_a, is_ordinary, is_stop_word
from knowledge.people.names import given_keys, keys, may_be_forms, readings
from knowledge.people.names_in_text import GAP, Mention, is_capitalised, without_ending
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans_form, may_be_hers, surname_keys
from knowledge.reading.documents import Document

_Words = dict[str, dict[int, list[str]]]
"""For each key of a word of a name: the rows of its bearers, each with the words of their names."""


def with_half_mentions(
    people: Sequence[Person], documents: Sequence[Document], lone: Collection[Mention]
) -> list[Person]:
    """Return `people`, with the mentions of each by a surname or a given name alone added.

    Only one person may bear it: of all, or of those whom the document names in full. A given name
    must come after its bearer's full name, without a title, and be among `lone`, the mentions by
    one word: another Henry may be a king.
    """
    bearers = _Bearers(people)
    mentions = [list(person.mentions) for person in people]
    taken = {(m.document, position) for p in people for m in p.mentions
             for position in range(m.start, m.end)}  # fmt: skip
    names = {(mention.document, mention.start) for mention in lone}
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            place = (document.id, match.start())
            if not is_capitalised(match.group()) or place in taken or is_ordinary(match.group()):
                continue
            if _has_neighbour(words, i, document.text):
                continue
            row = bearers.of_surname(document, match)
            if row is None and place in names and not _has_title(words, i, document.text):
                row = bearers.of_given_name(document, match)
            if row is not None:
                end = match.start() + len(without_ending(match.group()))
                mentions[row].append(Mention(document.id, match.start(), end))
    order = {document.id: place for place, document in enumerate(documents)}
    return [
        replace(person, mentions=tuple(sorted(m, key=lambda m: (order[m.document], m.start))))
        for person, m in zip(people, mentions, strict=True)
    ]


class _Bearers:
    """Which of some people bear a surname or a given name, by its keys."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._surnames: _Words = {}
        self._given: _Words = {}
        self._first: list[dict[str, int]] = []  # where each document first names somebody
        for row, person in enumerate(people):
            self._first.append({m.document: m.start for m in reversed(person.mentions)})
            for name in (person.name, *person.aliases):
                given, surnames = parts(name)
                for key in surname_keys(name):
                    self._surnames.setdefault(key, {}).setdefault(row, []).extend(surnames)
                for word in given:
                    for key in given_keys(word):
                        self._given.setdefault(key, {}).setdefault(row, []).append(word)

    def of_surname(self, document: Document, match: re.Match[str]) -> int | None:
        """Return the row of the person whom the surname `match` in `document` means.

        None if it may mean several, or somebody else.
        """
        borne = _borne(self._surnames, match.group())
        if len(borne) > 1:
            borne = {row: words for row, words in borne.items() if document.id in self._first[row]}
        if len(borne) != 1:
            return None
        ((row, surnames),) = borne.items()
        if _is_of_another(document, match, surnames):
            return None
        return row if any(may_be_forms(match.group(), surname) for surname in surnames) else None

    def of_given_name(self, document: Document, match: re.Match[str]) -> int | None:
        """Return the row of the person whom the given name `match` in `document` means.

        None if it may mean several, or nobody whom the document has named before it.
        """
        rows = [
            row
            for row, given in _borne(self._given, match.group()).items()
            if document.id in self._first[row]
            and any(_may_be_same(match.group(), word) for word in given)
        ]
        named_before = [row for row in rows if self._first[row][document.id] < match.start()]
        is_surname = any(
            document.id in self._first[row] for row in _borne(self._surnames, match.group())
        )
        return named_before[0] if len(rows) == len(named_before) == 1 and not is_surname else None


def _may_be_same(one: str, other: str) -> bool:
    """Return whether two given names may be forms of one name."""
    return may_be_forms(one, other) or not set(given_keys(one)).isdisjoint(readings(other))


def _borne(words: "_Words", word: str) -> dict[int, list[str]]:
    """Return the rows of those who bear a name that `word` may be a form of, with their words."""
    borne: dict[int, list[str]] = {}
    for key in keys(word):
        for row, names in words.get(key, {}).items():
            borne.setdefault(row, []).extend(names)
    return borne


def _is_of_another(document: Document, match: re.Match[str], surnames: Sequence[str]) -> bool:
    """Return whether the surname `match` is, or may be, a woman's, while `surnames` are a man's."""
    return all(is_womans_form(match.group(), surname) for surname in surnames) and may_be_hers(
        document.text, *match.span(), document.language
    )


def _separates(word: str) -> bool:
    """Return whether `word`, beside a name, is surely no part of it: President, Paris, The."""
    if len(word) == 1 or word.islower() or is_a(word, "given"):
        return False
    return (
        is_stop_word(word) or is_a(word, "titles") or is_a(word, "places") or is_a(word, "peoples")
    )


def _has_title(words: Sequence[re.Match[str]], i: int, text: str) -> bool:
    """Return whether a title stands before word `i`."""
    return (
        i > 0
        and GAP.fullmatch(text[words[i - 1].end() : words[i].start()]) is not None
        and is_a(words[i - 1].group(), "titles")
    )


def _has_neighbour(words: Sequence[re.Match[str]], i: int, text: str) -> bool:
    """Return whether a capitalised word beside word `i` may belong to its name."""
    beside = []
    if i and GAP.fullmatch(text[words[i - 1].end() : words[i].start()]):
        beside.append(words[i - 1].group())
    if i + 1 < len(words) and GAP.fullmatch(text[words[i].end() : words[i + 1].start()]):
        beside.append(words[i + 1].group())
    return any(
        word[0].isupper() and (is_a(word, "bodies") or not (_separates(word) or is_ordinary(word)))
        for word in beside
    )
