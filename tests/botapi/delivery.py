"""The bot fetches its updates, or says where to post them."""

from tests.botapi.calls import Call
from tests.botapi.refusals import bad_request, conflict
from tests.botapi.updates import KINDS
from tests.botapi.world import Json, World

LONGEST_POLL = 50  # seconds

WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, call: Call) -> list[Json]:
    """Return the updates that wait, or wait for one."""
    parameters = call.parameters
    limit, timeout = parameters.get("limit", 100), parameters.get("timeout", 0)
    if not 1 <= limit <= 100:
        raise bad_request(f"limit must be in 1-100, not {limit}")
    if not 0 <= timeout <= LONGEST_POLL:
        raise bad_request(f"timeout must be in 0-{LONGEST_POLL}, not {timeout}")
    if world.webhook.url:
        raise conflict(WEBHOOK_IS_ACTIVE)
    allow(world, call)
    return await world.updates.poll(
        offset=parameters.get("offset", 0), limit=limit, timeout=timeout
    )


def set_webhook(world: World, call: Call) -> bool:
    """Have updates posted to a URL; an empty one is like deleteWebhook."""
    parameters = call.parameters
    allow(world, call)
    if parameters.get("drop_pending_updates"):
        world.updates.clear()
    world.webhook.set(
        parameters["url"],
        secret_token=parameters.get("secret_token", ""),
        max_connections=parameters.get("max_connections", 40),
    )
    if world.webhook.url:
        world.updates.end_poll(conflict("terminated by setWebhook request"))
    world.changes.tell()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """Have no updates posted any more."""
    if call.parameters.get("drop_pending_updates"):
        world.updates.clear()
    world.webhook.set("", secret_token="", max_connections=40)
    return True


def get_webhook_info(world: World, call: Call) -> Json:
    """Return where updates are posted, and the last failure."""
    return world.webhook.info()


def allow(world: World, call: Call) -> None:
    """Remember the kinds of updates the bot wants, if it says so; unknown ones are refused."""
    kinds = call.parameters.get("allowed_updates")
    if kinds is None:
        return
    unknown = set(kinds) - KINDS
    if unknown:
        raise bad_request(f"unknown update types {', '.join(sorted(unknown))}")
    world.updates.allow(kinds)
