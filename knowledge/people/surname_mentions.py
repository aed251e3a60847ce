"""Where people are mentioned by surname alone: by one that only one of them bears."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.people.name_parts import WORD, parts
from knowledge.people.name_words import is_a, is_ordinary, is_stop_word
from knowledge.people.names import keys, may_be_forms
from knowledge.people.names_in_text import GAP, Mention, is_capitalised, without_ending
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans_form, may_be_hers, surname_keys
from knowledge.reading.documents import Document


def with_surname_mentions(people: list[Person], documents: Sequence[Document]) -> list[Person]:
    """Add the mentions by surname alone, where one person only bears it and no other name is by."""
    bearers: dict[str, dict[int, list[str]]] = {}
    for place, person in enumerate(people):
        for name in (person.name, *person.aliases):
            for key in surname_keys(name):
                bearers.setdefault(key, {}).setdefault(place, []).extend(parts(name)[1])
    mentions = [list(person.mentions) for person in people]
    taken = {(m.document, position) for p in people for m in p.mentions
             for position in range(m.start, m.end)}  # fmt: skip
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            word = match.group()
            if not is_capitalised(word) or (document.id, match.start()) in taken:
                continue
            borne = {
                place: surnames
                for key in keys(word)
                for place, surnames in bearers.get(key, {}).items()
            }
            if len(borne) != 1 or is_ordinary(word) or _has_neighbour(words, i, document.text):
                continue
            ((place, surnames),) = borne.items()
            if _is_of_another(document, match, surnames):
                continue
            if any(may_be_forms(word, surname) for surname in surnames):
                end = match.start() + len(without_ending(word))
                mentions[place].append(Mention(document.id, match.start(), end))
    order = {document.id: place for place, document in enumerate(documents)}
    return [
        replace(person, mentions=tuple(sorted(m, key=lambda m: (order[m.document], m.start))))
        for person, m in zip(people, mentions, strict=True)
    ]


def _is_of_another(document: Document, match: re.Match[str], surnames: Sequence[str]) -> bool:
    """Return whether the surname found is, or may be, a woman's where `surnames` are a man's."""
    return all(is_womans_form(match.group(), surname) for surname in surnames) and may_be_hers(
        document.text, *match.span(), document.language
    )


def _separates(word: str) -> bool:
    """Return whether `word`, beside a name, is known to be no part of it: President, Paris, The."""
    if len(word) == 1 or word.islower() or is_a(word, "given"):
        return False
    return (
        is_stop_word(word) or is_a(word, "titles") or is_a(word, "places") or is_a(word, "peoples")
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
