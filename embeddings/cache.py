"""Vectors kept on disk by model and text, so that a start or a reload encodes only what is new.

Texts of the documents, and what editors wrote beside them, are kept here, as hashes beside their
vectors; what people ask never is.
SQLite makes each write atomic: a process killed while encoding keeps what it had finished.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from embeddings.encoder import TextEncoder
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors

_ENCODED_AT_ONCE = 64  # texts encoded, then written: also one step of the progress bar
_READ_AT_ONCE = 500  # SQLite takes at least 999 parameters in a statement

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called with (texts encoded so far, texts to encode)."""


def encode_cached(
    texts: Sequence[str], encoder: TextEncoder, path: Path, progress: Progress | None = None
) -> Vectors:
    """Return the unit vectors of `texts`, shape (texts, dimensions): from the cache at `path` where
    it has them, from `encoder` where not, and those are kept.

    `progress` is called only when something has to be encoded. Raises EmbeddingError if the
    file cannot be read or written.
    """
    if not texts:
        return np.empty((0, encoder.dimensions), np.float32)
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    with _open(path) as database:
        found = _read(database, encoder.fingerprint, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        # Texts of like length share a batch, so that little of it is padding.
        waiting = sorted(missing.items(), key=lambda item: len(item[1]))
        done = 0
        for batch in _batches(waiting, _ENCODED_AT_ONCE):
            vectors = encoder.encode_passages([text for _, text in batch])
            new = {key: one.tobytes() for (key, _), one in zip(batch, vectors, strict=True)}
            _write(database, encoder.fingerprint, new)
            found |= new
            done += len(batch)
            if progress is not None:
                progress(done, len(waiting))
    return np.stack([np.frombuffer(found[key], np.float32) for key in keys])


def _read(database: sqlite3.Connection, model: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for batch in _batches(keys, _READ_AT_ONCE):
        places = ", ".join("?" * len(batch))
        query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({places})"  # noqa: S608, only "?"s
        found |= dict(database.execute(query, (model, *batch)))
    return found


def _write(database: sqlite3.Connection, model: str, vectors: dict[bytes, bytes]) -> None:
    with database:
        database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(model, key, vector) for key, vector in vectors.items()],
        )


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddingError(
            f"{path.parent}: cannot be made ({error.strerror}); set storage.path to a folder"
            " that can be written"
        ) from error
    try:
        with closing(sqlite3.connect(path, timeout=30)) as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
            )
            yield database
    except sqlite3.Error as error:
        raise EmbeddingError(
            f"{path}: the vector cache cannot be used ({error}); check that it can be written,"
            " or delete the file: it is built again from the documents"
        ) from error


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
