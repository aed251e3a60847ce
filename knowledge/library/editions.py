"""Editions: which files, with which metadata, make up a knowledge base; what was published when.

An edition is named by the digest of what it holds, so equal editions have equal names.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from knowledge.problems import Problem
from knowledge.reading.metadata import Metadata

COMPANIONS = ("people.yaml", "questions.yaml", "glossary.yaml")
"""Files of an edition that are no documents, but lie beside them."""

# Codes of problems that earlier releases stored, and the codes that say the same now.
_SUCCESSORS = {"page_damaged": "reader_broke"}


def is_document(name: str) -> bool:
    """Return whether the file `name` of an edition is a document.

    Every other file is YAML, in earlier releases too.
    """
    return not name.lower().endswith((".yaml", ".yml"))


@dataclass(frozen=True, slots=True)
class Held:
    """A file as an edition holds it: the SHA-256 of its bytes, and what an editor says of it, which
    overrides what it says of itself.
    """

    sha256: str
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Edition:
    """Files by name: documents and COMPANIONS."""

    files: Mapping[str, Held]

    @property
    def digest(self) -> str:
        """The SHA-256 of the edition as JSON, which is its name."""
        return hashlib.sha256(self.as_json()).hexdigest()

    @property
    def documents(self) -> dict[str, Held]:
        """The files that are documents, in order of their names."""
        names = sorted(name for name in self.files if is_document(name))
        return {name: self.files[name] for name in names}

    def as_json(self) -> bytes:
        """Return the edition as `edition_of` reads it; equal editions give equal bytes."""
        ordered = {name: self.files[name] for name in sorted(self.files)}
        return _FILES.dump_json(ordered, exclude_none=True)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that two editions hold differently; None where one of them does not hold it."""

    name: str
    before: Held | None
    after: Held | None


@dataclass(frozen=True, slots=True)
class Change:
    """The names of the documents that an edition adds to another, changes and removes."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition that was published: its number, when (UTC), its digest, and what it changed.

    `passed` are the golden questions that it answered right; None if they have not been asked, as
    at a first start. `before` is the number of what served before it.
    """

    number: int
    at: datetime.datetime
    edition: str
    change: Change
    passed: frozenset[str] | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, in order, and the number of what serves now.

    `seen` has the SHA-256 of the files on disk as they were last taken over, by name: a file that
    has not changed since stays as the editors want it. `left_out` are those that could not be read,
    with the reason (a sentence, if an earlier release wrote it). `left` is the number of what
    served until somebody went back to `current`; None if that has served since it was published.
    """

    current: int
    history: tuple[Publication, ...]
    seen: Mapping[str, str]
    left_out: Mapping[str, Problem | str]
    left: int | None = None

    def publication(self, number: int | None) -> Publication | None:
        """Return the publication with that number; None if it is not kept any more."""
        return next((old for old in self.history if old.number == number), None)

    @property
    def now(self) -> Publication:
        """The publication that serves now."""
        return next(old for old in self.history if old.number == self.current)

    @property
    def before(self) -> int | None:
        """The number of what served before what serves now; None if nothing did."""
        return self.now.before if self.left is None else self.left


def edition_of(data: bytes) -> Edition:
    """Return the edition that `Edition.as_json` wrote. Raises ValueError if it is none."""
    return Edition(_FILES.validate_json(data))


def published_as_json(published: Published) -> bytes:
    """Return `published` as `published_of` reads it, with the SHA-256 of all else at its end."""
    written = _PUBLISHED.dump_json(published, indent=1)
    digest = hashlib.sha256(written).hexdigest()
    return written.removesuffix(_END) + f',\n "sha256": "{digest}"'.encode() + _END


def published_of(data: bytes) -> Published:
    """Return what `published_as_json` wrote, or that of an earlier release, without a SHA-256.

    Raises ValueError if it is nothing of that kind, or not what was written.
    """
    found = _DIGEST.search(data)
    if found is not None:
        written = data[: found.start()] + _END
        if hashlib.sha256(written).hexdigest() != found[1].decode():
            raise ValueError("it is not what was written")
    published = _PUBLISHED.validate_json(data)
    if found is None and "sha256" in json.loads(data):
        raise ValueError("its SHA-256 is damaged")
    left_out = {name: _as_now(why) for name, why in published.left_out.items()}
    published = replace(published, left_out=left_out)
    if published.publication(published.current) is None:
        raise ValueError("what serves now is not in the history")
    return published


def _as_now(why: Problem | str) -> Problem | str:
    if isinstance(why, str):
        return why
    return replace(why, code=_SUCCESSORS.get(why.code, why.code))


def compare(old: Edition | None, new: Edition) -> Change:
    """Return what `new` changes in the documents of `old`; without `old` it adds all."""
    before = old.documents if old is not None else {}
    after = new.documents
    return Change(
        added=tuple(name for name in after if name not in before),
        changed=tuple(n for n in after if n in before and before[n] != after[n]),
        removed=tuple(name for name in before if name not in after),
    )


def changed_files(old: Edition | None, new: Edition) -> frozenset[ChangedFile]:
    """Return the files that `new` and `old` hold differently; without `old` all those of `new`."""
    before = old.files if old is not None else {}
    return frozenset(
        ChangedFile(name, before.get(name), new.files.get(name))
        for name in before.keys() | new.files.keys()
        if before.get(name) != new.files.get(name)
    )


_FILES: TypeAdapter[dict[str, Held]] = TypeAdapter(dict[str, Held])
_PUBLISHED: TypeAdapter[Published] = TypeAdapter(Published)
_END = b"\n}"
_DIGEST = re.compile(rb',\n "sha256": "([0-9a-f]{64})"\n}\Z')
