"""From settings to a knowledge base that is ready to answer."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import knowledge
from bot.settings import Settings, state_folder
from embeddings.cache import Progress
from embeddings.encoder import Encoder
from knowledge.documents import read_documents
from knowledge.errors import DocumentError
from knowledge.glossary import read_glossary
from knowledge.golden import Golden, read_golden
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people import check_roles, read_curated

Build = Callable[..., KnowledgeBase]
"""KnowledgeBase.build with all that does not depend on the documents."""

_PACKAGED = Path(knowledge.__file__).parent


@dataclass(frozen=True, slots=True)
class Opened:
    """A knowledge base, the documents left out of it, and its golden questions."""

    knowledge_base: KnowledgeBase
    problems: tuple[DocumentError, ...]
    golden: tuple[Golden, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return tuple(one.question for one in self.golden if one.example)


def open_knowledge_base(
    settings: Settings, progress: Progress | None = None, build: Build | None = None
) -> Opened:
    """Read the documents and build the knowledge base that `settings` describe, with `build` if
    there is one already.

    Golden questions are looked for beside the documents. Raises KnowledgeError or EmbeddingError.
    """
    folder = settings.documents.folder
    beside = _PACKAGED if folder is None else folder
    documents = read_documents(
        _PACKAGED / "documents" if folder is None else folder, settings.documents.max_bytes
    )
    golden = read_golden(beside / "questions.yaml")
    curated = read_curated(beside / "people.yaml")
    check_roles(beside / "people.yaml", curated, documents.readable)
    base = (build or builder(settings))(
        documents.readable,
        curated=curated,
        glossary=read_glossary(beside / "glossary.yaml"),
        progress=progress,
    )
    return Opened(base, documents.problems, golden)


def builder(settings: Settings) -> Build:
    """Return how knowledge bases are built with the model and the weights of `settings`.

    Raises EmbeddingError if the model cannot be loaded.
    """
    _use_cores(settings.embeddings.threads)
    return partial(
        KnowledgeBase.build,
        encoder=Encoder(
            settings.embeddings.model,
            backend=settings.embeddings.backend,
            device=settings.embeddings.device,
            dtype=settings.embeddings.dtype,
        ),
        cache=state_folder(settings) / "vectors.sqlite",
        dense_weight=settings.retrieval.dense_weight,
        min_confidence=settings.answers.min_confidence,
    )


def _use_cores(count: int) -> None:
    """Let torch use `count` cores, or all if there are fewer."""
    import torch

    torch.set_num_threads(min(count, os.cpu_count() or 1))
