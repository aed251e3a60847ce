"""What many tests share: the model, loaded once, and the founding document's knowledge base."""

from pathlib import Path

import pytest
from hypothesis import settings

from bot.opening import open_folder
from bot.settings import Settings, Storage
from embeddings.encoder import Encoder
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import Snapshot

# How long an example takes says more of the machine than of the code.
settings.register_profile("rapporteur", deadline=None)
settings.load_profile("rapporteur")


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state directory of the whole session, so that the documents are encoded once."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def opened(state: Path, encoder: Encoder) -> Snapshot:
    return open_folder(Settings(storage=Storage(path=state)), encoder)


@pytest.fixture(scope="session")
def base(opened: Snapshot) -> KnowledgeBase:
    return opened.knowledge_base
