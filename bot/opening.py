"""Open, by the settings, what the bot answers from: the published library, or a folder as it is."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.settings import Settings, state_folder
from embeddings.cache import Progress
from embeddings.encoder import Encoder
from embeddings.models import Models, with_bundled
from embeddings.reranker import Reranker
from knowledge import FOUNDING
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import durable
from knowledge.library.archive import Archive
from knowledge.library.editions import COMPANIONS, Edition
from knowledge.library.library import Library
from knowledge.library.progress import Report
from knowledge.library.snapshots import Build, Snapshot, assemble
from knowledge.reading.documents import read_documents
from knowledge.reading.regular import MOST


def load_models(settings: Settings) -> Models:
    """Return the models that `settings` name with the bundled ones: the one place that loads them.

    Raises EmbeddingError if one cannot be had.
    """
    _use_cores(settings.embeddings.threads)
    encoder = Encoder(
        settings.embeddings.model,
        backend=settings.embeddings.backend,
        device=settings.embeddings.device,
        dtype=settings.embeddings.dtype,
    )
    reranker = settings.retrieval.reranker
    return with_bundled(encoder, Reranker(reranker) if reranker else None)


def open_library(settings: Settings, models: Models) -> Library:
    """Return the library in the state folder, over the documents that `settings` name."""
    folder = state_folder(settings)
    durable.keep_private(folder, "library", "gaps.json", "vectors.sqlite")
    durable.sweep(folder)
    return Library(
        Archive(folder / "library", max(MOST, settings.documents.max_bytes)),
        _folder(settings),
        builder(settings, models),
        settings.documents.max_bytes,
        settings.documents.max_words,
    )


def open_to_ask(settings: Settings, models: Models, report: Report) -> Snapshot:
    """Return what the bot would answer from if it started now, but publish nothing.

    Raises KnowledgeError or EmbeddingError.
    """
    library = open_library(settings, models)
    library.mend(is_kept=False)
    if library.published() is None:
        return open_folder(settings, models, partial(report, "encoding"))
    return library.open(is_published=False, report=report)


def open_folder(settings: Settings, models: Models, progress: Progress | None = None) -> Snapshot:
    """Return a snapshot of the documents that `settings` name as they stand, published or not.

    Raises KnowledgeError or EmbeddingError.
    """
    folder = _folder(settings)
    documents = read_documents(folder, settings.documents.max_bytes)
    beside = {name: folder / name for name in COMPANIONS}
    companions = {name: (file, str(file)) for name, file in beside.items()}
    build = builder(settings, models)
    snapshot = assemble(Edition({}), documents.readable, companions, build, progress)
    return replace(snapshot, problems=documents.problems)


def _folder(settings: Settings) -> Path:
    return settings.documents.folder or FOUNDING


def builder(settings: Settings, models: Models) -> Build:
    """Return the function that builds knowledge bases with `models`, by `settings`."""
    return partial(
        KnowledgeBase.build,
        models=models,
        cache=state_folder(settings) / "vectors.sqlite",
        false_answer_rate=settings.answers.false_answer_rate,
    )


def _use_cores(count: int) -> None:
    """Let torch use `count` cores, or all if there are fewer."""
    import torch

    torch.set_num_threads(min(count, os.cpu_count() or 1))
