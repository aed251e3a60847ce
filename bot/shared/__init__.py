"""What several processes of one bot share in Redis: order, memory and pace. Needs the extra redis.

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
    """The parts that hold for all processes of the bot; `memories` by their names in `Desk`."""

    turns: SharedTurns
    pace: SharedPace
    memories: dict[str, Any]


def share(url: str, token: str) -> Shared:
    """Return what the bot of `token` shares in the Redis at `url`, without connecting to it yet."""
    store = Store(url, token)
    return Shared(SharedTurns(store), SharedPace(store), memories(store.digest))
