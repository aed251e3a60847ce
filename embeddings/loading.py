"""Loading models once, and those of sentence-transformers with errors that say what to do."""

import os
from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import TypeVar, TypeVarTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from embeddings.errors import EmbeddingError

_HUB_TIMEOUT = 10  # seconds to wait for the model hub before saying that it is out of reach
Model = TypeVar("Model")
Arguments = TypeVarTuple("Arguments")


def once(make: Callable[[*Arguments], Model]) -> Callable[[*Arguments], Model]:
    """Return `make` so that it makes one model for the same arguments, and returns it again.

    Two threads that are first at the same time do not load it twice, as they would with a cache
    alone.
    """
    made, lock = cache(make), Lock()

    @wraps(make)
    def model(*arguments: *Arguments) -> Model:
        with lock:
            return made(*arguments)

    return model


def load(
    key: str, source: str, open_model: Callable[[bool], Model], *, is_local: bool, hint: str = ""
) -> Model:
    """Return the model at `source`: a folder if it `is_local`, else an id on the hub.

    `open_model` is told whether to use only files on this machine: the hub is asked only for a
    model that is not there yet. Raises EmbeddingError, which names the setting `key` and, if a
    package is missing, gives the `hint`.
    """
    # Imported late: it takes seconds, for which `rapporteur --help` need not wait.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        return open_model(True)
    except Exception as error:  # torch raises AssertionError, backends Exception itself
        if is_local or not isinstance(error, OSError | ValueError | RuntimeError):
            raise EmbeddingError(_failure(key, source, hint, error)) from error
    _require_hub(key, source)
    try:
        return open_model(False)
    except Exception as error:
        raise EmbeddingError(_failure(key, source, hint, error)) from error


def _require_hub(key: str, model: str) -> None:
    """Raise EmbeddingError unless `model` is an id and the hub can be reached.

    The hub is asked once; loading would retry for over a minute.
    """
    from huggingface_hub.constants import ENDPOINT
    from huggingface_hub.utils._validators import validate_repo_id

    try:
        validate_repo_id(model)
    except ValueError as error:
        raise EmbeddingError(
            f"{key}: '{model}' is neither a folder nor the id of a model; expected one of them,"
            " or the default"
        ) from error
    try:
        urlopen(Request(ENDPOINT, method="HEAD"), timeout=_HUB_TIMEOUT).close()  # noqa: S310
    except HTTPError:
        return  # the hub answered: if something is wrong, loading will say so
    except OSError as error:
        raise EmbeddingError(
            f"{key}: '{model}' is not on this machine and the hub is out of reach;"
            " connect once to fetch it, name a folder, or use the default"
        ) from error


def _failure(key: str, source: str, hint: str, error: Exception) -> str:
    reason = " ".join(str(error).split())[:300]
    missing = f"; {hint}" if hint and isinstance(error, ImportError) else ""
    return f"{key}: '{source}' cannot be loaded ({reason}){missing}"
