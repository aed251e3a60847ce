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
    """Unit vectors of texts, shape (texts, dimensions), and of the words of each.

    Those of words have the shape (words, dimensions). They are multiplied by 127 and rounded, and
    so take a quarter of the room.
    """

    vectors: Vectors
    words: tuple[NDArray[np.int8], ...]


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
    keys = [_key(text, words) for text, words in zip(texts, spans, strict=True)]
    with _open(path) as database:
        kept = _read(database, encoder.fingerprint, keys)
        missing = {
            key: (text, words)
            for key, text, words in zip(keys, texts, spans, strict=True)
            if key not in kept
        }
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
            kept |= new
            done += len(batch)
            if progress is not None:
                progress(done, len(waiting))
    read = [_unpacked(kept[key], len(words)) for key, words in zip(keys, spans, strict=True)]
    return Kept(np.stack([vector for vector, _ in read]), tuple(of_words for _, of_words in read))


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


def _set_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.damaged")
    path.replace(aside)
    _log.warning("the vector cache is damaged and built again; what it was is kept file=%s", aside)


def _read(database: sqlite3.Connection, model: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return what is kept, and whole, under `keys` of the model with that fingerprint."""
    whole: dict[bytes, bytes] = {}
    for batch in _batches(keys, _READ_AT_ONCE):
        places = ", ".join("?" * len(batch))
        query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({places})"  # noqa: S608, only "?"s
        for key, kept in database.execute(query, (model, *batch)):
            vectors, check = kept[:-_CHECK_BYTES], kept[-_CHECK_BYTES:]
            if check == _check(vectors):
                whole[key] = vectors
    return whole


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
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors"
            " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )
        yield database


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
