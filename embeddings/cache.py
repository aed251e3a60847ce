"""Vectors kept on disk by model and text, so that a start or a reload encodes only what is new.

Texts of the documents, and what editors wrote beside them, are kept here, as hashes beside their
vectors; what people ask never is.
SQLite makes each write atomic: a process killed while encoding keeps what it had finished. What is
damaged is encoded again: nothing here cannot be made anew from the documents.
"""

import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, PassageEncoder, Span
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors

_log = logging.getLogger(__name__)

_ENCODED_AT_ONCE = 64  # texts encoded, then written: also one step of the progress bar
_READ_AT_ONCE = 500  # SQLite takes at least 999 parameters in a statement
_CHECK_BYTES = 4  # of the CRC-32 behind what is kept
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}  # the latter for its journal

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called with (texts encoded so far, texts to encode)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Unit vectors of texts, shape (texts, dimensions), and of the words of each.

    Those of words are of shape (words, dimensions), times 127 and rounded: a quarter of the room.
    """

    vectors: Vectors
    words: tuple[NDArray[np.int8], ...]


def adding_up(progress: Progress) -> Progress:
    """Return what reports several runs to `progress` one after another, each added to the last."""
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
    """Return the vectors of `texts`, and of the `words` of each where given: from the cache at
    `path` where it has them, from `encoder` where not, and those are kept, with what it makes
    beside them.

    `progress` is called only when something has to be encoded. A file that is damaged is set aside
    under another name, and one that may only be read is not written. Raises EmbeddingError if it
    cannot be used otherwise.
    """
    if not texts:
        return Kept(np.empty((0, encoder.dimensions), np.float32), ())
    spans = words or [()] * len(texts)
    try:
        try:
            return _encode_cached(texts, spans, encoder, path, progress)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
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
    keys = [_key(text, own) for text, own in zip(texts, spans, strict=True)]
    with _open(path) as database:
        found = _read(database, encoder.fingerprint, keys)
        missing = {
            key: (text, own)
            for key, text, own in zip(keys, texts, spans, strict=True)
            if key not in found
        }
        # A text that is wanted with its words and without them is read once for both.
        alone = {_key(text, ()) for text, own in missing.values() if own} & missing.keys()
        # Texts of like length share a batch, so that little of it is padding.
        waiting = sorted(
            ((key, item) for key, item in missing.items() if key not in alone),
            key=lambda one: len(one[1][0]),
        )
        done = 0
        for batch in _batches(waiting, _ENCODED_AT_ONCE):
            new: dict[bytes, bytes] = {}
            beside = []
            encoded = _encode([item for _, item in batch], encoder)
            for (key, (text, _)), one in zip(batch, encoded, strict=True):
                new[key] = _packed(one)
                own_key = _key(text, ())
                if own_key in alone:
                    new[own_key] = one.vector.tobytes()
                if one.beside is not None:
                    name, vector = one.beside
                    beside.append((name, own_key, vector.tobytes()))
            _write(database, [(encoder.fingerprint, *one) for one in new.items()] + beside)
            found |= new
            done += len(batch)
            if progress is not None:
                progress(done, len(waiting))
    read = [_unpacked(found[key], len(own)) for key, own in zip(keys, spans, strict=True)]
    return Kept(np.stack([vector for vector, _ in read]), tuple(of_words for _, of_words in read))


def _key(text: str, words: Sequence[Span]) -> bytes:
    named = f"{text}\0{words}" if words else text
    return hashlib.sha256(named.encode()).digest()


def _encode(items: Sequence[tuple[str, Sequence[Span]]], encoder: PassageEncoder) -> list[Encoded]:
    texts = [text for text, _ in items]
    if any(words for _, words in items):
        return encoder.encode_passages_and_words(texts, [words for _, words in items])
    vectors = encoder.encode_passages(texts)
    return [Encoded(vector, np.empty((0, len(vector)), np.float32)) for vector in vectors]


def _packed(one: Encoded) -> bytes:
    """Return a vector of a text and those of its words as they are kept."""
    return one.vector.tobytes() + np.rint(127 * one.words).astype(np.int8).tobytes()


def _unpacked(kept: bytes, words: int) -> tuple[Vectors, NDArray[np.int8]]:
    dimensions = len(kept) // (4 + words)  # four bytes a number of a text's vector, one of a word's
    vector = np.frombuffer(kept, np.float32, dimensions)
    return vector, np.frombuffer(kept, np.int8, offset=4 * dimensions).reshape(words, dimensions)


def _set_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.damaged")
    path.replace(aside)
    _log.warning("the vector cache is damaged and built again; what it was is kept file=%s", aside)


def _read(database: sqlite3.Connection, model: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for batch in _batches(keys, _READ_AT_ONCE):
        places = ", ".join("?" * len(batch))
        query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({places})"  # noqa: S608, only "?"s
        for key, kept in database.execute(query, (model, *batch)):
            vectors, check = kept[:-_CHECK_BYTES], kept[-_CHECK_BYTES:]
            if check == _check(vectors):
                found[key] = vectors
    return found


def _check(vectors: bytes) -> bytes:
    return zlib.crc32(vectors).to_bytes(_CHECK_BYTES, "big")


def _write(database: sqlite3.Connection, vectors: Iterable[tuple[str, bytes, bytes]]) -> None:
    """Write `vectors`: the model of each, its key, and what is kept under it."""
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
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors"
            " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )
        yield database


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
