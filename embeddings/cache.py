"""Vectors kept on disk by model and text, so that a start or a reload encodes only what is new.

The file holds the vectors of documents, and of what editors write beside them, with hashes of the
texts; it holds nothing of what people ask. SQLite makes each write atomic: a process killed while
encoding keeps what it had finished. Damaged vectors are made anew from the documents.
"""

import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, PassageEncoder, Span
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors

_log = logging.getLogger(__name__)

_ENCODED_AT_ONCE = 64  # texts encoded, then written; also one step of the progress bar
_READ_AT_ONCE = 500  # SQLite takes at least 999 parameters in a statement
_CHECK_BYTES = 4  # of the CRC-32 after each value
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}  # the latter for the journal

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called with (texts encoded so far, texts to encode)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Unit vectors of texts, shape (texts, dimensions), and of the words of all, in order.

    Those of words have the shape (words, dimensions). They are multiplied by 127 and rounded, and
    so take a quarter of the room. Text i has the words from first[i] to first[i + 1], exclusive.
    """

    vectors: Vectors
    all_words: NDArray[np.int8]
    first: NDArray[np.intp]

    @property
    def words(self) -> list[NDArray[np.int8]]:
        """The vectors of the words of each text."""
        return [self.all_words[start:end] for start, end in pairwise(self.first)]


def adding_up(progress: Progress) -> Progress:
    """Return a Progress that reports several runs to `progress`, each added to those before it."""
    finished = 0

    def report(done: int, total: int) -> None:
        nonlocal finished
        progress(finished + done, finished + total)
        finished += total if done == total else 0

    return report


def encode_cached(
    texts: Sequence[str],
    encoder: PassageEncoder,
    path: Path,
    progress: Progress | None = None,
    words: Sequence[Sequence[Span]] | None = None,
) -> Kept:
    """Return the vectors of `texts`, and of the `words` of each if given.

    They come from the cache at `path` if it has them, or else from `encoder`, and are then kept
    there, with what the encoder makes beside them. `progress` is called only if something must be
    encoded. A damaged file is set aside under another name, and one that may only be read is not
    written. Raises EmbeddingError if the file cannot be used for another reason.
    """
    if not texts:
        return Kept(
            np.empty((0, encoder.dimensions), np.float32),
            np.empty((0, encoder.dimensions), np.int8),
            np.zeros(1, np.intp),
        )
    spans = words or [()] * len(texts)
    try:
        try:
            return _encode_cached(texts, spans, encoder, path, progress)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not _is_damage(error, path):
                raise
            _set_aside(path)
        return _encode_cached(texts, spans, encoder, path, progress)
    except (sqlite3.Error, OSError) as error:
        raise EmbeddingError(
            f"{path}: the vector cache cannot be used ({error}); check that it can be written,"
            " or delete the file: it is built again from the documents"
        ) from error


def _encode_cached(
    texts: Sequence[str],
    spans: Sequence[Sequence[Span]],
    encoder: PassageEncoder,
    path: Path,
    progress: Progress | None,
) -> Kept:
    keys = [_key(text, words) for text, words in zip(texts, spans, strict=True)]
    found = _Found(keys, [len(words) for words in spans])
    with _open(path) as database:
        for key, packed in _read(database, encoder.fingerprint, list(found.missing)):
            found.put(key, packed)
        missing = {key: (texts[rows[0]], spans[rows[0]]) for key, rows in found.missing.items()}
        # A text that is wanted both with its words and without them is encoded once for both.
        alone = {_key(text, ()) for text, words in missing.values() if words} & missing.keys()
        # Texts of like length share a batch, so that little of it is padding.
        waiting = sorted(
            ((key, item) for key, item in missing.items() if key not in alone),
            key=lambda entry: len(entry[1][0]),
        )
        done = 0
        for batch in _batches(waiting, _ENCODED_AT_ONCE):
            new: dict[bytes, bytes] = {}
            beside = []
            encoded = _encode([item for _, item in batch], encoder)
            for (key, (text, _)), one in zip(batch, encoded, strict=True):
                new[key] = _packed(one)
                key_alone = _key(text, ())
                if key_alone in alone:
                    new[key_alone] = one.vector.tobytes()
                if one.beside is not None:
                    fingerprint, vector = one.beside
                    beside.append((fingerprint, key_alone, vector.tobytes()))
            _write(database, [(encoder.fingerprint, *item) for item in new.items()] + beside)
            for key, packed in new.items():
                found.put(key, packed)
            done += len(batch)
            if progress is not None:
                progress(done, len(waiting))
    return found.kept()


class _Found:
    """Vectors of texts, put where they belong as they are found, so that none is held twice."""

    def __init__(self, keys: Sequence[bytes], counts: Sequence[int]) -> None:
        """Take the key of each text, and how many words it has."""
        self.missing: dict[bytes, list[int]] = {}  # the rows of the texts not found yet
        for row, key in enumerate(keys):
            self.missing.setdefault(key, []).append(row)
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        self._vectors = np.empty((len(keys), 0), np.float32)
        self._words = np.empty((self._first[-1], 0), np.int8)

    def put(self, key: bytes, packed: bytes) -> None:
        """Take the vectors of the texts of `key`, which are `packed`."""
        for row in self.missing.pop(key):
            start, end = self._first[row], self._first[row + 1]
            vector, of_words = _unpacked(packed, end - start)
            if not self._vectors.size:
                self._vectors = np.empty((len(self._vectors), len(vector)), np.float32)
                self._words = np.empty((len(self._words), len(vector)), np.int8)
            self._vectors[row], self._words[start:end] = vector, of_words

    def kept(self) -> Kept:
        """Return all of them."""
        return Kept(self._vectors, self._words, self._first)


def _key(text: str, words: Sequence[Span]) -> bytes:
    """Return the hash under which the vectors of `text` and of its `words` are kept."""
    named = f"{text}\0{words}" if words else text
    return hashlib.sha256(named.encode()).digest()


def _encode(items: Sequence[tuple[str, Sequence[Span]]], encoder: PassageEncoder) -> list[Encoded]:
    texts = [text for text, _ in items]
    if any(words for _, words in items):
        return encoder.encode_passages_and_words(texts, [words for _, words in items])
    vectors = encoder.encode_passages(texts)
    return [Encoded(vector, np.empty((0, len(vector)), np.float32)) for vector in vectors]


def _packed(one: Encoded) -> bytes:
    """Return the vector of a text and those of its words as bytes to keep; see `Kept`."""
    return one.vector.tobytes() + np.rint(127 * one.words).astype(np.int8).tobytes()


def _unpacked(kept: bytes, words: int) -> tuple[Vectors, NDArray[np.int8]]:
    """Return the vector of a text and those of its `words`, of which there are so many."""
    dimensions = len(kept) // (4 + words)  # four bytes per number for the text, one for a word
    vector = np.frombuffer(kept, np.float32, dimensions)
    return vector, np.frombuffer(kept, np.int8, offset=4 * dimensions).reshape(words, dimensions)


def _is_damage(error: Exception, path: Path) -> bool:
    """Return whether `error` says that what is at `path` is no cache of ours, and not just that it
    cannot be used now, as on a full disk.
    """
    if not isinstance(error, sqlite3.OperationalError):
        return True  # UnicodeDecodeError: SQLite names what it cannot read, and that is no text
    return error.sqlite_errorcode == sqlite3.SQLITE_ERROR or (path.exists() and not path.is_file())


def _set_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.damaged")
    path.replace(aside)
    _log.warning("the vector cache is damaged and built again; what it was is kept file=%s", aside)


def _read(
    database: sqlite3.Connection, model: str, keys: Sequence[bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """Yield what is kept, and whole, under `keys` of the model with that fingerprint, each after
    its key.
    """
    for batch in _batches(keys, _READ_AT_ONCE):
        places = ", ".join("?" * len(batch))
        query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({places})"  # noqa: S608, only "?"s
        for key, kept in database.execute(query, (model, *batch)):
            if not isinstance(kept, bytes):
                continue
            vectors, check = kept[:-_CHECK_BYTES], kept[-_CHECK_BYTES:]
            if check == _check(vectors):
                yield key, vectors


def _check(vectors: bytes) -> bytes:
    return zlib.crc32(vectors).to_bytes(_CHECK_BYTES, "big")


def _write(database: sqlite3.Connection, vectors: Iterable[tuple[str, bytes, bytes]]) -> None:
    """Write `vectors`: for each, the fingerprint of its model, its key, and its bytes."""
    rows = [(model, key, kept + _check(kept)) for model, key, kept in vectors]
    try:
        with database:
            database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _READ_ONLY:
            raise
        _log.warning("the vector cache may only be read, so what is new is not kept")


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at `path`, made for its owner alone if missing. Raises EmbeddingError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise EmbeddingError(
            f"{path.parent}: cannot be made ({error.strerror}); set storage.path to a folder"
            " that can be written"
        ) from error
    with closing(sqlite3.connect(path, timeout=30)) as database:
        database.text_factory = bytes  # damaged text need not be UTF-8
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors"
            " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )
        yield database


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
