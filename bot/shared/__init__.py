"""What several processes of one bot share in Redis: order, memory and pace; of the extra redis.

In comes the address of a Redis, out comes a Shared, whose parts stand in for those of one process
in `bot.turns`, `bot.conversation` and `bot.pace`. Read `store` and `turns` first.
"""

from dataclasses import dataclass
from typing import Any

from bot.shared.memory import memories
from bot.shared.pace import SharedPace
from bot.shared.store import Store
from bot.shared.turns import SharedTurns


@dataclass(frozen=True, slots=True)
class Shared:
    """The parts of the bot that hold for all its processes; `memories` by their names at a desk."""

    turns: SharedTurns
    pace: SharedPace
    memories: dict[str, Any]


def share(url: str, token: str) -> Shared:
    """Return what the bot of `token` shares in the Redis at `url`, which is reached for later."""
    store = Store(url, token)
    return Shared(SharedTurns(store), SharedPace(store), memories(store.digest))
