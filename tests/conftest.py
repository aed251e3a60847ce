"""What many tests share: the models, loaded once, and the founding document's knowledge base."""

import fcntl
import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from bot.opening import open_folder
from bot.settings import Settings, Storage
from embeddings.encoder import Encoder
from embeddings.models import Models, with_bundled
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.snapshots import Snapshot

# The workers share two cores: torch, imported later, would have each of them take both, and so
# would every run of the command line, by its settings, from then on.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("RAPPORTEUR_EMBEDDINGS__THREADS", "1")

# How long an example takes says more of the machine than of the code.
settings.register_profile("rapporteur", deadline=None)
settings.load_profile("rapporteur")


def pytest_collection_finish() -> None:
    """Let garbage be looked for among what comes from now on: what is loaded by now stays."""
    gc.freeze()


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state directory of the whole session, so that the documents are encoded once."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def models(encoder: Encoder) -> Models:
    return with_bundled(encoder)


@pytest.fixture(scope="session")
def opened(state: Path, models: Models, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    settings = Settings(storage=Storage(path=state))
    import torch

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return open_folder(settings, models)
    # The first of the workers encodes, the others read what it kept.
    shared = tmp_path_factory.getbasetemp().parent / "vectors.sqlite"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if shared.exists():
            shutil.copy(shared, state / shared.name)
            return open_folder(settings, models)
        # The others wait meanwhile, so their core is free.
        torch.set_num_threads(os.cpu_count() or 1)
        snapshot = open_folder(settings, models)
        torch.set_num_threads(1)
        shutil.copy(state / shared.name, shared)
    return snapshot


@pytest.fixture(scope="session")
def base(opened: Snapshot) -> KnowledgeBase:
    return opened.knowledge_base


@pytest.fixture(scope="session")
def make_reranker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A maker of cross-encoders of random weights, always the same, in a folder."""

    def make(scores: int) -> Path:
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

        folder = tmp_path_factory.mktemp("reranker")
        words = ["poet", "jailed", "letters", "torture", "baker", "flour", "the", "."]
        vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
        (folder / "vocab.txt").write_text("\n".join(vocabulary))
        BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=8,
            num_hidden_layers=1,
            num_attention_heads=1,
            intermediate_size=8,
            initializer_range=1.0,
            num_labels=scores,
        )
        BertForSequenceClassification(config).save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def tiny_reranker(make_reranker: Callable[[int], Path]) -> Path:
    return make_reranker(1)
