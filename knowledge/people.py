"""The people whom documents name: found in the text, and joined with those a person has curated.

Found are names of two words or more in running text, by a tagger that learned from many documents
in three languages which words are of a person's name (`embeddings/tagger.py`).
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from embeddings.cache import encode_cached
from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import person_tagger
from knowledge.documents import Document
from knowledge.entries import read_entries
from knowledge.errors import KnowledgeError
from knowledge.name_parts import (
    WORD,
    begins_with_capital,
    contradict,
    initial,
    joins,
    middle,
    parts,
    suffix_after,
    suffix_of,
    words_of,
)
from knowledge.name_words import (
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.names import fold, keys, may_be_forms
from knowledge.passages import Passage, split
from knowledge.problems import problem
from knowledge.surname_forms import is_womans_form, may_be_hers, surname_keys

_LONGEST_NAME = 4  # words
_KNOWN_TEXTS = 1 << 16  # of documents, whose words are kept: a reload reads only what has changed
_LONGEST_ID = 56  # characters after "p_", of the 64 that a Telegram deep link may have


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


@dataclass(frozen=True, slots=True)
class Named:
    """The people of some documents in the order in which they are first named, and the mentions of
    others, of whom nothing but a surname, or a given name, is known.
    """

    people: tuple[Person, ...]
    others: tuple[Mention, ...]


def find_people(
    documents: Sequence[Document], curated: Sequence[Curated] = (), cache: Path | None = None
) -> tuple[Person, ...]:
    """Return the people of `documents`, as `find_named` does."""
    return find_named(documents, curated, cache).people


def find_named(
    documents: Sequence[Document], curated: Sequence[Curated] = (), cache: Path | None = None
) -> Named:
    """Return who is named in `documents`.

    Somebody in `curated` whom no document names is left out, and so is a role from a document
    that is not there; see `check_roles` for one that is not what the document says. `cache` is the
    file in which it is kept which words are names.
    """
    candidates = list(_candidates(documents, cache))
    people = [
        Person("", person.best_name(), (), person.role, False, tuple(person.mentions))
        for person in _joined([one for one in candidates if one.is_full])
    ]
    people = _with_curated(people, curated, documents)
    people = _with_every_mention(people, documents)
    order = {document.id: place for place, document in enumerate(documents)}
    people.sort(key=lambda person: (order[person.mentions[0].document], person.mentions[0].start))
    taken = {(mention.document, mention.start) for one in people for mention in one.mentions}
    others = (one.mention for one in candidates)
    return Named(
        tuple(_with_ids(people)),
        tuple(one for one in others if (one.document, one.start) not in taken),
    )


# --- Names in running text ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    mention: Mention
    role: Role | None

    @property
    def is_full(self) -> bool:
        """Whether the name is of two words or more."""
        return len(words_of(self.name)) > 1


@dataclass(slots=True)
class _Found:
    """Somebody found so far, with the keys that all spellings met have in common."""

    given: set[str]
    surname: set[str]
    initial: str
    suffix: str
    named: list[tuple[int, _Candidate]]

    def best_name(self) -> str:
        """Return the first spelling in its basic form, if one was met: Искандер, not Искандера."""
        names = [candidate.name for _, candidate in self.named]
        for name in names:
            given, surname = parts(name)
            if all(fold(word) in self.surname for word in surname) and any(
                fold(word) in self.given for word in given
            ):
                return name
        return next((name for name in names if parts(name)[0]), names[0])

    @property
    def role(self) -> Role | None:
        return next((one.role for _, one in self.named if one.role is not None), None)

    @property
    def mentions(self) -> list[Mention]:
        return [candidate.mention for _, candidate in self.named]

    def may_be(self, candidate: _Candidate, given: Set[str], surname: Set[str]) -> bool:
        """Return whether nothing tells `candidate`, of these keys, from this person."""
        return (
            bool(self.surname & surname)
            and self.suffix == suffix_of(candidate.name)
            and _is_same_given(self, given, initial(candidate.name))
            and not any(
                contradict(candidate.name, name)
                for name in dict.fromkeys(one.name for _, one in self.named)
            )
        )


def lower_case_words(documents: Iterable[Document]) -> frozenset[str]:
    """Return the words that `documents` write in lower case, and so are no names."""
    return frozenset().union(*(_lower_case_words(document.text) for document in documents))


@functools.lru_cache(_KNOWN_TEXTS)
def _lower_case_words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text) if word.islower())


def capitalised(text: str) -> list[re.Match[str]]:
    """Return the words of `text` that begin with a capital, which words of a name do, or have one
    behind an article: al-Bashir.
    """
    return [word for word in WORD.finditer(text) if begins_with_capital(word.group())]


def _candidates(documents: Sequence[Document], cache: Path | None) -> Iterator[_Candidate]:
    """Yield the names of people in `documents`, in order."""
    passages = [passage for document in documents for passage in split(document)]
    words = [capitalised(passage.text) for passage in passages]
    tagged = _tagged(passages, words, cache)
    # Two words that are a name once are it wherever the document has them side by side.
    names = {
        _folded(passage.document, *two)
        for passage, own, is_name in zip(passages, words, tagged, strict=True)
        for two, are_names in zip(pairwise(own), pairwise(is_name), strict=True)
        if all(are_names)
    }
    for passage, own, is_name in zip(passages, words, tagged, strict=True):
        text, document = passage.text, passage.document
        named = {word.start() for word, is_one in zip(own, is_name, strict=True) if is_one}
        named |= {
            w.start() for two in pairwise(own) if _folded(document, *two) in names for w in two
        }
        for name, start, end in _written(text, named):
            yield _Candidate(
                name,
                Mention(document.id, passage.start + start, passage.start + end),
                _role(document, passage.start, text, start),
            )


def _folded(document: Document, *words: re.Match[str]) -> tuple[str, ...]:
    return document.id, *(fold(word.group()) for word in words)


def _tagged(
    passages: Sequence[Passage], words: Sequence[Sequence[re.Match[str]]], cache: Path | None
) -> list[list[bool]]:
    """Return which `words` of each of `passages` are of a person's name.

    A word is judged by where it stands and, half, by where else its document has it.
    """
    tagger = person_tagger(multilingual_encoder())
    texts = [passage.text for passage in passages]
    spans = [[word.span() for word in own] for own in words]
    if cache is None:
        found = [one.words for one in tagger.encode_passages_and_words(texts, spans)]
    else:
        kept = encode_cached(texts, tagger, cache, words=spans).words
        found = [np.divide(one, 127, dtype=np.float32) for one in kept]
    scored = [
        [
            (_folded(passage.document, word), score)
            for word, score in zip(own, _logits(one[:, 0]).tolist(), strict=True)
        ]
        for passage, own, one in zip(passages, words, found, strict=True)
    ]
    everywhere: dict[tuple[str, ...], list[float]] = {}
    for word, score in chain.from_iterable(scored):
        everywhere.setdefault(word, []).append(score)
    means = {word: float(np.mean(scores)) for word, scores in everywhere.items()}
    return [[score + means[word] > 0 for word, score in own] for own in scored]


def _logits(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    p = np.clip(probabilities, 0.005, 0.995)
    logits: NDArray[np.float32] = np.log(p / (1 - p))
    return logits


def _runs(text: str, named: Set[int]) -> Iterator[list[re.Match[str]]]:
    """Yield the names in `text`, of the words that begin at `named`; some are of one word.

    Initials and particles go with a word beside them, and the word before a patronymic with it.
    """
    run: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    for word in WORD.finditer(text):
        if run and not _continues(run[-1], word, text):
            yield from _whole(run, named)
            run = []
        is_part = word.start() in named or _is_initial(word.group())
        if is_part or (run and _is_particle(word.group())):
            if not run and before is not None and _is_given_before(before, word, text):
                run.append(before)
            run.append(word)
        else:
            yield from _whole(run, named)
            run = []
        before = word
    yield from _whole(run, named)


def _written(text: str, named: Set[int]) -> Iterator[tuple[str, int, int]]:
    """Yield each name of `text`, of the words that begin at `named`, and where it stands.

    What tells a son from his father is part of it, and "Bokayev, Max;" is Max Bokayev.
    """
    turned = [match for match in _ENTRY.finditer(text) if _is_turned(match, named)]
    found = [
        (f"{match['given'].rstrip('.')} {match['surname']}", *match.span("name"))
        for match in turned
    ]
    for run in _runs(text, named):
        start = run[0].start()
        if any(match.start() <= start < match.end() for match in turned):
            continue
        name = _without_ending(text[start : run[-1].end()])
        _, end = suffix_after(text, start + len(name))
        found.append((text[start:end], start, end))
    yield from sorted(found, key=lambda one: one[1])


def _is_turned(entry: re.Match[str], named: Set[int]) -> bool:
    """Return whether `entry` of a list is a surname and then a given name."""
    surname, given = entry["surname"], WORD.findall(entry["given"])[0]
    if is_ordinary(surname) or is_a(surname, "places"):
        return False
    is_known = entry.start("surname") in named or has_surname_shape(surname)
    is_listed = ";" in {entry["before"], entry["after"]}
    return (len(given) == 1 and is_known) or (is_a(given, "given") and (is_known or is_listed))


def _is_particle(word: str) -> bool:
    return is_a(word, "particles") or joins(word)


def _is_given_before(word: re.Match[str], after: re.Match[str], text: str) -> bool:
    """Return whether `word` is the given name before the patronymic `after`."""
    return (
        has_patronymic_shape(after.group())
        and _continues(word, after, text)
        and _is_capitalised(word.group())
        and len(word.group()) > 1
        and not is_ordinary(word.group())
        and not is_a(word.group(), "places")
    )


def _whole(run: list[re.Match[str]], named: Set[int]) -> Iterator[list[re.Match[str]]]:
    while run and run[-1].group().islower() and not joins(run[-1].group()):
        run.pop()
    words = [word for word in run if not _is_particle(word.group())]
    if 1 <= len(words) <= _LONGEST_NAME and any(word.start() in named for word in run):
        yield run


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


# "Bokayev, Max" between the marks that end the entries of a list.
_CAPITALISED = r"[^\W\d_a-zа-яё][^\W\d_]*(?:-[^\W\d_]+)*"
_ENTRY = re.compile(
    rf"(?P<before>^|[:;\n•]|\d[.)])\s*(?P<name>(?P<surname>{_CAPITALISED}),"
    rf" (?P<given>{_CAPITALISED}(?:(?:(?<=\b\w)\. ?| ){_CAPITALISED})*(?:(?<=\b\w)\.)?))"
    r"(?=\s*(?P<after>$|[;\n(]|\.$))"
)
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}")
_INITIAL_GAP = re.compile(r"\.[ \u00a0\u202f]?")
_ENDING = re.compile(r"['’](?:s|n?[iıuü]n|[dt][ae]n?|y?[ae])?$")


def _without_ending(name: str) -> str:
    return _ENDING.sub("", name)


def _continues(last: re.Match[str], word: re.Match[str], text: str) -> bool:
    gap = text[last.end() : word.start()]
    if _ENDING.search(last.group()):
        return False
    return bool(_GAP.fullmatch(gap) or (_is_initial(last.group()) and _INITIAL_GAP.fullmatch(gap)))


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _is_body(word: str) -> bool:
    return is_a(word, "bodies")


def _separates(word: str) -> bool:
    if len(word) == 1 or word.islower() or is_a(word, "given"):
        return False
    return (
        is_stop_word(word) or is_a(word, "titles") or is_a(word, "places") or is_a(word, "peoples")
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


def _joined(candidates: Sequence[_Candidate]) -> list[_Found]:
    """Return the people whom `candidates` name, in the order of their first mentions.

    Fuller names go first, so that it shows whom a shorter one may mean. One that may mean several
    is of nobody: Пётр Воронов beside Пётр Иванович and Пётр Сергеевич Воронов.
    """
    found: list[_Found] = []
    by_surname: dict[str, list[_Found]] = {}
    for place, candidate in sorted(enumerate(candidates), key=lambda one: _fullness(one[1])):
        given_words, surname_words = parts(candidate.name)
        surname = {key for word in surname_words for key in keys(word)}
        given = {key for word in given_words for key in keys(word)}
        bearers = {id(p): p for key in surname for p in by_surname.get(key, ())}.values()
        meant = [person for person in bearers if person.may_be(candidate, given, surname)]
        if len(meant) > 1:
            continue
        if meant:
            person = meant[0]
            person.given = person.given & given if person.given and given else person.given or given
            person.surname &= surname
            person.named.append((place, candidate))
            continue
        person = _Found(
            given, surname, initial(candidate.name), suffix_of(candidate.name), [(place, candidate)]
        )
        found.append(person)
        for key in surname:
            by_surname.setdefault(key, []).append(person)
    for person in found:
        person.named.sort(key=lambda one: one[0])
    return sorted(found, key=lambda person: person.named[0][0])


def _fullness(candidate: _Candidate) -> tuple[int, int]:
    """Return what orders names by how much they tell, the fullest first."""
    return -len(parts(candidate.name)[0][:1]), -len(middle(candidate.name))


def _is_same_given(person: _Found, given: Set[str], initial: str) -> bool:
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
            for key in surname_keys(name):
                bearers.setdefault(key, {}).setdefault(place, []).extend(parts(name)[1])
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
            if _is_of_another(document, match, surnames):
                continue
            if any(may_be_forms(word, surname) for surname in surnames):
                end = match.start() + len(_without_ending(word))
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
