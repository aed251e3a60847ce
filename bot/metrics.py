"""Counters for whoever watches the bot: how much and how fast, never who or what.

They are always counted, and served only if `metrics.port` is set, on loopback.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client import start_http_server as _start

from bot.errors import SettingsError

_registry = CollectorRegistry()

updates = Counter(
    "rapporteur_updates",
    "Updates by outcome: handled, failed, refused, stale, repeated, unreadable, by_bot,"
    " out_of_reach (Redis was), and not_admin and overtaken, which are also counted as handled.",
    ["outcome"],
    registry=_registry,
)
answers = Counter("rapporteur_answers", "Answers by status.", ["status"], registry=_registry)
seconds = Histogram(
    "rapporteur_update_seconds",
    "Seconds from the arrival of an update to the end of its handling, waiting included.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=_registry,
)
polls_failed = Counter(
    "rapporteur_polls_failed",
    "Polls for updates that failed, by error.",
    ["error"],
    registry=_registry,
)
given_up = Counter(
    "rapporteur_messages_given_up",
    "Messages not sent: for Telegram's limits, or because it could not be reached.",
    registry=_registry,
)
sent_again = Counter(
    "rapporteur_messages_sent_again",
    "Attempts to send again a message that certainly was not sent.",
    registry=_registry,
)
unsure = Counter(
    "rapporteur_messages_unsure",
    "Messages that may or may not have arrived, and were not sent again.",
    registry=_registry,
)
redis_failed = Counter(
    "rapporteur_redis_failed",
    "Calls to Redis that failed, by error.",
    ["error"],
    registry=_registry,
)
ProcessCollector(registry=_registry)


def memory_bytes() -> int:
    """Return how much memory the process has; 0 where the system does not say."""
    return int(_registry.get_sample_value("process_resident_memory_bytes") or 0)


def show(port: int) -> None:
    """Serve the counters at http://127.0.0.1:`port`. Raises SettingsError if it cannot."""
    try:
        _start(port, addr="127.0.0.1", registry=_registry)
    except OSError as error:
        raise SettingsError(f"metrics.port is {port}: cannot listen ({error.strerror})") from error
