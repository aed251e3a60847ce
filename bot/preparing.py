"""What commands need before they do anything: settings, models, documents.

Slow imports are left to the functions that need them, as in `bot.cli`.
"""

import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.console import progress, warn
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.settings import Settings
    from embeddings.models import Models
    from knowledge.library.snapshots import Snapshot


def read_settings(config: Path | None, documents: Path | None) -> "Settings":
    """Return the settings, with the folder `documents` if one is named.

    Raises BotError if the settings or the folder cannot be used.
    """
    from bot import settings as settings_module

    settings = settings_module.load(config, os.environ)
    if documents is None:
        return settings
    if not documents.is_dir():
        why = "is not a folder; name its folder" if documents.exists() else "does not exist"
        raise BotError(f"--documents: {documents} {why}")
    section = settings.documents.model_copy(update={"folder": documents})
    return settings.model_copy(update={"documents": section})


def load_models(settings: "Settings") -> "Models":
    """Return the models that `settings` name, as `bot.opening.load_models` does.

    There is no garbage collection meanwhile: all that is imported and loaded stays, and scanning it
    takes a tenth longer.
    """
    gc.disable()
    try:
        from bot import opening

        return opening.load_models(settings)
    finally:
        gc.freeze()
        gc.enable()


def open_snapshot(config: Path | None, documents: Path | None) -> "Snapshot":
    """Return the snapshot to ask: what is published, or the folder `documents` as it stands."""
    settings = read_settings(config, documents)
    with progress() as report:
        models = load_models(settings)
        from bot.opening import open_folder, open_to_ask

        if documents is None:
            return warned_of(open_to_ask(settings, models, report))
        return warned_of(open_folder(settings, models, partial(report, "encoding")))


def warned_of(snapshot: "Snapshot") -> "Snapshot":
    """Return `snapshot` after a warning for each file that is not in it, and why."""
    for problem in snapshot.problems:
        warn(str(problem))
    return snapshot
