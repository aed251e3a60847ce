"""The people whom documents name: found in the text, and joined with those a person has curated.

Found are names of two words or more in running text, where something speaks for a person: a given
name, the shape of a surname, a title before it, or a list in which its neighbours are people. It
errs on leaving out: who is not found is still quoted, but an organisation taken for a person would
be shown as one.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anyascii import anyascii
from pydantic import BaseModel, ConfigDict, Field

from knowledge.documents import Document
from knowledge.entries import read_entries
from knowledge.errors import KnowledgeError
from knowledge.name_words import (
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.names import fold, keys, may_be_forms
from knowledge.problems import problem

_LONGEST_NAME = 4  # words
_KNOWN_TEXTS = 1 << 16  # of documents, whose words are kept: a reload reads only what has changed
_LONGEST_ID = 56  # characters after "p_", of the 64 that a Telegram deep link may have

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*['’](?!\w)|[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is named: `text[start:end]` of the document with this id."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Role:
    """Who somebody is, in the words of a document: its `text[start:end]`."""

    text: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom documents name.

    `id` is made of ASCII letters, digits, - and _, at most 60 characters, and fits a deep link.
    `name` is spelled as a document spells it. `mentions` are in the order of the documents, at
    least one; those by surname alone are among them where only one person bears it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    role: Role | None
    is_curated: bool
    mentions: tuple[Mention, ...]


class CuratedRole(BaseModel):
    """A slice of a document; `text` must be what stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    start: int = Field(ge=0)
    text: str = Field(min_length=1)


class Curated(BaseModel):
    """What somebody wrote down about a person: other spellings, and a role from the source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    role: CuratedRole | None = None


def read_curated(file: Path, called: str | None = None) -> tuple[Curated, ...]:
    """Return the people of `file`, a people.yaml; none where there is no such file.

    Raises KnowledgeError, which names the file (as it is `called`), the entry and what was
    expected.
    """
    people = read_entries(file, Curated, called)
    name = called or str(file)
    seen: set[str] = set()
    for number, person in enumerate(people):
        if not any(fold(word) for word in WORD.findall(person.name)):
            raise KnowledgeError(
                problem("person_without_letters", name, entry=number, person=person.name)
            )
        if person.name in seen:
            raise KnowledgeError(problem("person_twice", name, entry=number, person=person.name))
        seen.add(person.name)
    return people


def check_roles(name: str, curated: Sequence[Curated], documents: Sequence[Document]) -> None:
    """Raise KnowledgeError if a role of `curated`, read from the file `name`, is not what a
    document says.

    A role from a document that is not there is let be: documents come and go.
    """
    by_id = {document.id: document for document in documents}
    for number, person in enumerate(curated):
        role = person.role
        if role is None or role.document not in by_id:
            continue
        text = by_id[role.document].text
        if not text.startswith(role.text, role.start):
            at = text.find(role.text)
            raise KnowledgeError(
                problem(
                    "role_elsewhere" if at >= 0 else "role_nowhere",
                    name,
                    entry=number,
                    person=person.name,
                    document=role.document,
                    role=role.text,
                    start=role.start,
                    found=at,
                )
            )


def find_people(
    documents: Sequence[Document], curated: Sequence[Curated] = ()
) -> tuple[Person, ...]:
    """Return the people of `documents` in the order in which they are first named.

    Somebody in `curated` whom no document names is left out, and so is a role from a document
    that is not there; see `check_roles` for one that is not what the document says.
    """
    found: list[_Found] = []
    by_surname: dict[str, list[_Found]] = {}
    lower = lower_case_words(documents)
    candidates = [c for document in documents for c in _candidates(document, lower)]
    # "Yesterday Tokayev" at the head of a sentence has the shape of a name: it is one if it is
    # also met elsewhere.
    for candidate in sorted(candidates, key=lambda candidate: candidate.is_weak):
        _join(candidate, found, by_surname)
    people = [
        Person("", person.best_name(), (), person.role, False, tuple(person.mentions))
        for person in found
    ]
    people = _with_curated(people, curated, documents)
    people = _with_every_mention(people, documents)
    order = {document.id: place for place, document in enumerate(documents)}
    people.sort(key=lambda person: (order[person.mentions[0].document], person.mentions[0].start))
    return tuple(_with_ids(people))


def parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the given names and the surnames of `name`, as words.

    The surname is the last word with the shape of one, or else the last: Aron Atabek, Еримбетов
    Искандер Бейбитович. Patronymics, initials and particles are neither. A name of one word is a
    surname.
    """
    words = [
        word
        for word in WORD.findall(name)
        if len(word) > 1 and not (word.islower() and is_a(word, "particles"))
    ]
    if len(words) > 2:
        words = [word for word in words if not has_patronymic_shape(word)] or words
    shaped = [i for i, word in enumerate(words) if has_surname_shape(word)]
    if len(words) > 1 and shaped == [0] and is_a(words[-1], "given"):
        return tuple(words[1:]), (words[0],)
    return tuple(words[:-1]), tuple(words[-1:])


# --- Names in running text ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Found:
    """Somebody found so far, with the keys that all spellings met have in common."""

    given: set[str]
    surname: set[str]
    initial: str
    names: list[str]
    mentions: list[Mention]
    role: Role | None

    def best_name(self) -> str:
        """Return the first spelling in its basic form, if one was met: Искандер, not Искандера."""
        for name in self.names:
            given, surname = parts(name)
            if all(fold(word) in self.surname for word in surname) and any(
                fold(word) in self.given for word in given
            ):
                return name
        return next((name for name in self.names if parts(name)[0]), self.names[0])


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    mention: Mention
    role: Role | None
    is_weak: bool


def lower_case_words(documents: Iterable[Document]) -> frozenset[str]:
    """Return the words that `documents` write in lower case, and so are no names."""
    return frozenset().union(*(_lower_case_words(document.text) for document in documents))


@functools.lru_cache(_KNOWN_TEXTS)
def _lower_case_words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text) if word.islower())


def _candidates(document: Document, lower: frozenset[str]) -> Iterator[_Candidate]:
    """Yield the names of people in `document`, in order."""
    for block in document.blocks:
        if block.kind == "heading":
            continue  # every word of a title may have a capital
        text = document.text[block.start : block.end]
        runs = _runs(text)
        accepted: list[bool] = []
        for place, run in enumerate(runs):
            before = text[runs[place - 1][-1].end : run[0].start] if place else ""
            is_listed = (
                bool(accepted and accepted[-1]) and _ENUMERATES.fullmatch(before) is not None
            )
            accepted.append(_is_person(run, text, lower) or (is_listed and _may_be(run, lower)))
        # Somebody at the head of a list is known by who follows.
        for place in range(len(runs) - 2, -1, -1):
            between = text[runs[place][-1].end : runs[place + 1][0].start]
            if accepted[place + 1] and not accepted[place] and _ENUMERATES.fullmatch(between):
                accepted[place] = _may_be(runs[place], lower)
        for run, is_person in zip(runs, accepted, strict=True):
            if is_person:
                run, is_weak = _without_head(run, text, lower)
                name = _without_ending(text[run[0].start : run[-1].end])
                start = block.start + run[0].start
                yield _Candidate(
                    name,
                    Mention(document.id, start, start + len(name)),
                    _role(document, block.start, text, run[0].start),
                    is_weak,
                )


def _without_head(run: list[_Word], text: str, lower: frozenset[str]) -> tuple[list[_Word], bool]:
    """Return `run` without a first word that only begins its sentence, and whether it is doubtful.

    Any word has a capital there. One that is no known given name is taken off a name of three
    words, and makes one of two doubtful.
    """
    head = run[0].text
    begins = _SENTENCE_END.search(text[: run[0].start]) is not None
    if not begins or len(head) == 1 or is_a(head, "given") or has_surname_shape(head):
        return run, False
    if len(run) > 2 and _is_person(run[1:], text, lower):
        return run[1:], False
    return run, True


_SENTENCE_END = re.compile(r"(?:^|[.!?…\n])[\s«“\"(]*$")
_ENUMERATES = re.compile(r",? (?:and|und|et|и|және|мен|пен|бен) |, ")
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}")
_INITIAL_GAP = re.compile(r"\.[ \u00a0\u202f]?")
_ENDING = re.compile(r"['’](?:s|n?[iıuü]n|[dt][ae]n?|y?[ae])?$")


def _without_ending(name: str) -> str:
    return _ENDING.sub("", name)


@functools.lru_cache(_KNOWN_TEXTS)
def _runs(text: str) -> tuple[list[_Word], ...]:
    """Return stretches of capitalised words in a row that may be a name, without titles and places.

    A stretch that holds the noun of a body (City Court, Фонд) is left out as a whole.
    """
    return tuple(_runs_in(text))


def _runs_in(text: str) -> Iterator[list[_Word]]:
    run: list[_Word] = []
    for word in (_Word(m.group(), m.start(), m.end()) for m in WORD.finditer(text)):
        if run and not _continues(run[-1], word, text):
            yield from _names_in(run)
            run = []
        if _is_capitalised(word.text) or (run and is_a(word.text, "particles")):
            run.append(word)
        else:
            yield from _names_in(run)
            run = []
    yield from _names_in(run)


def _continues(last: _Word, word: _Word, text: str) -> bool:
    gap = text[last.end : word.start]
    if _ENDING.search(last.text):
        return False
    return bool(_GAP.fullmatch(gap) or (len(last.text) == 1 and _INITIAL_GAP.fullmatch(gap)))


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _names_in(run: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the parts of `run` between titles, places and ordinary words; none beside a body."""
    part: list[_Word] = []
    pieces: list[list[_Word]] = []
    for word in run:
        if _is_body(word.text):
            pieces.append([])
            part = []
            # What stands before belongs to its name: Nazarbayev University, Karl Marx Street.
            if len(pieces) > 1:
                pieces[-2] = []
            continue
        if _separates(word.text):
            part = []
            continue
        if not part:
            pieces.append(part)
        part.append(word)
    for piece in pieces:
        while piece and piece[-1].text.islower():
            piece.pop()
        if 2 <= len(piece) <= _LONGEST_NAME:
            yield piece


def _is_body(word: str) -> bool:
    return is_a(word, "bodies")


def _separates(word: str) -> bool:
    if len(word) == 1 or word.islower() or is_a(word, "given"):
        return False
    return (
        is_stop_word(word) or is_a(word, "titles") or is_a(word, "places") or is_a(word, "peoples")
    )


def _is_person(run: Sequence[_Word], text: str, lower: frozenset[str]) -> bool:
    """Return whether something in `run` or before it speaks for a person."""
    words = [word.text for word in run]
    if is_a(words[0], "given") or (len(words[0]) == 1 and has_surname_shape(words[-1])):
        return True
    if not _may_be(run, lower):
        return False
    before = WORD.findall(text[max(0, run[0].start - 40) : run[0].start])
    is_titled = bool(before) and is_a(before[-1], "titles") and not is_stop_word(before[-1])
    return (
        is_titled
        or any(map(has_patronymic_shape, words))
        or has_surname_shape(words[-1])
        or (has_surname_shape(words[0]) and is_a(words[-1], "given"))
    )


def _may_be(run: Sequence[_Word], lower: frozenset[str]) -> bool:
    """Return whether nothing speaks against a person: words that are written small elsewhere."""
    return not any(
        word.text.lower() in lower or is_ordinary(word.text)
        for word in run
        if not word.text.islower() and not has_surname_shape(word.text)
    )


def _role(document: Document, offset: int, text: str, start: int) -> Role | None:
    """Return the words just before `start` that say who is named: "civil activist", "MEP"."""
    role_start = end = start
    for match in reversed(list(WORD.finditer(text, max(0, start - 60), start))):
        if not _GAP.fullmatch(text[match.end() : role_start]) or not is_a(match.group(), "titles"):
            break
        role_start = match.start()
    if role_start == start:
        return None
    end = start - 1
    return Role(text[role_start:end], document.id, offset + role_start, offset + end)


# --- One person of many mentions ------------------------------------------------------------------


def _join(candidate: _Candidate, found: list[_Found], by_surname: dict[str, list[_Found]]) -> None:
    """Add `candidate` to the person of `found` who bears its names, or as a new one."""
    given_words, surname_words = parts(candidate.name)
    surname = {key for word in surname_words for key in keys(word)}
    given = {key for word in given_words for key in keys(word)}
    initial = fold(WORD.findall(candidate.name)[0][0])
    for key in surname:
        for person in by_surname.get(key, ()):
            if person.surname & surname and _is_same_given(person, given, initial):
                person.given = (
                    person.given & given if person.given and given else (person.given or given)
                )
                person.surname &= surname
                person.names.append(candidate.name)
                person.mentions.append(candidate.mention)
                person.role = person.role or candidate.role
                return
    if candidate.is_weak:
        return
    person = _Found(given, surname, initial, [candidate.name], [candidate.mention], candidate.role)
    found.append(person)
    for key in surname:
        by_surname.setdefault(key, []).append(person)


def _is_same_given(person: _Found, given: set[str], initial: str) -> bool:
    """Return whether `person` bears a name of `given`; an initial stands for any it fits."""
    if person.given and given:
        return not person.given.isdisjoint(given)
    if person.given:
        return any(key.startswith(initial) for key in person.given)
    return any(key.startswith(person.initial) for key in given or {initial})


def _with_curated(
    people: list[Person], curated: Sequence[Curated], documents: Sequence[Document]
) -> list[Person]:
    by_key: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for word in WORD.findall(person.name):
            for key in keys(word):
                by_key.setdefault(key, []).append(place)
    for entry in curated:
        role = _curated_role(entry, documents)
        spellings = (entry.name, *entry.aliases)
        candidates = {
            place
            for name in spellings
            for word in WORD.findall(name)
            for key in keys(word)
            for place in by_key.get(key, ())
        }
        found = next(
            (p for p in sorted(candidates) if any(same(people[p].name, n) for n in spellings)), None
        )
        if found is not None:
            person = people[found]
            others = (name for name in spellings if name != person.name)
            people[found] = replace(
                person,
                aliases=tuple(dict.fromkeys(others)),
                role=role or person.role,
                is_curated=True,
            )
            continue
        mentions = tuple(_mentions_of(spellings, documents))
        if mentions:
            people.append(Person("", entry.name, entry.aliases, role, True, mentions))
    return people


def same(one: str, other: str) -> bool:
    """Return whether two full names are spellings of one, in either order of their words."""
    first, second = (
        [set(keys(word)) for word in (*given, *surname)]
        for given, surname in (parts(one), parts(other))
    )
    if len(first) != len(second):
        return False
    return all(any(a & b for b in second) for a in first) and all(
        any(a & b for a in first) for b in second
    )


def _curated_role(entry: Curated, documents: Sequence[Document]) -> Role | None:
    role = entry.role
    if role is None or role.document not in {document.id for document in documents}:
        return None
    return Role(role.text, role.document, role.start, role.start + len(role.text))


def _mentions_of(names: Sequence[str], documents: Sequence[Document]) -> Iterator[Mention]:
    """Yield where a curated name stands that was not found by itself, such as one of one word."""
    wanted = [[set(keys(word)) for word in WORD.findall(name)] for name in names]
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            if not match.group()[0].isupper():
                continue
            for name in wanted:
                here = words[i : i + len(name)]
                if len(here) == len(name) and all(
                    part & set(keys(word.group())) for part, word in zip(name, here, strict=True)
                ):
                    yield Mention(document.id, match.start(), here[-1].end())
                    break


def _with_every_mention(people: list[Person], documents: Sequence[Document]) -> list[Person]:
    """Add the mentions by surname alone, where one person only bears it and no other name is by."""
    bearers: dict[str, dict[int, list[str]]] = {}
    for place, person in enumerate(people):
        for name in (person.name, *person.aliases):
            for word in parts(name)[1]:
                for key in keys(word):
                    bearers.setdefault(key, {}).setdefault(place, []).append(word)
    mentions = [list(person.mentions) for person in people]
    taken = {(m.document, position) for p in people for m in p.mentions
             for position in range(m.start, m.end)}  # fmt: skip
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            word = match.group()
            if not _is_capitalised(word) or (document.id, match.start()) in taken:
                continue
            borne = {
                place: surnames
                for key in keys(word)
                for place, surnames in bearers.get(key, {}).items()
            }
            if len(borne) != 1 or is_ordinary(word) or _has_neighbour(words, i, document.text):
                continue
            ((place, surnames),) = borne.items()
            if any(may_be_forms(word, surname) for surname in surnames):
                end = match.start() + len(_without_ending(word))
                mentions[place].append(Mention(document.id, match.start(), end))
    order = {document.id: place for place, document in enumerate(documents)}
    return [
        replace(person, mentions=tuple(sorted(m, key=lambda m: (order[m.document], m.start))))
        for person, m in zip(people, mentions, strict=True)
    ]


def _has_neighbour(words: Sequence[re.Match[str]], i: int, text: str) -> bool:
    """Return whether a capitalised word beside word `i` may belong to its name."""
    beside = []
    if i and _GAP.fullmatch(text[words[i - 1].end() : words[i].start()]):
        beside.append(words[i - 1].group())
    if i + 1 < len(words) and _GAP.fullmatch(text[words[i].end() : words[i + 1].start()]):
        beside.append(words[i + 1].group())
    return any(
        word[0].isupper() and (_is_body(word) or not (_separates(word) or is_ordinary(word)))
        for word in beside
    )


def _with_ids(people: Iterable[Person]) -> Iterator[Person]:
    taken: set[str] = set()
    for person in people:
        slug = re.sub(r"[^a-z0-9]+", "_", anyascii(person.name).lower()).strip("_") or "person"
        slug = slug[: _LONGEST_ID - 4].strip("_")
        identity, number = f"p_{slug}", 1
        while identity in taken:
            number += 1
            identity = f"p_{slug}_{number}"
        taken.add(identity)
        yield replace(person, id=identity)
