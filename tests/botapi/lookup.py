"""The bot asks and tells about itself, chats and files."""

from tests.botapi.calls import Call
from tests.botapi.chats import Chat, Group, member_json
from tests.botapi.refusals import bad_request
from tests.botapi.sending import known_chat, open_chat
from tests.botapi.world import Json, World


def get_me(world: World, call: Call) -> Json:
    """Return the bot."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot | abilities


def get_file(world: World, call: Call) -> Json:
    """Return where a file can be downloaded."""
    file = world.files.get(call.parameters["file_id"])
    return file.json(file_path=file.path)


def get_chat(world: World, call: Call) -> Json:
    """Return all there is to know of a chat."""
    chat = visible_chat(world, call)
    return chat.json() | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(world: World, call: Call) -> Json:
    """Return what somebody is in a chat."""
    chat = visible_chat(world, call)
    user_id = call.parameters["user_id"]
    if user_id == world.bot["id"]:
        return member_json(world.bot, chat.bot_status)
    if user_id not in world.people:
        raise bad_request("user not found")
    person = world.people[user_id]
    if person not in chat.members:
        return member_json(person.json(), "left")
    return member_json(person.json(), status_of(chat, user_id))


def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """Return the administrators of a group, its creator first."""
    chat = visible_chat(world, call)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    found = [
        member_json(person.json(), status_of(chat, person.id)) for person in chat.administrators
    ]
    if chat.bot_status == "administrator" and call.parameters.get("return_bots"):
        found.append(member_json(world.bot, "administrator"))
    return found


def get_chat_member_count(world: World, call: Call) -> int:
    """Return how many are in a chat, the bot among them."""
    return len(visible_chat(world, call).members) + 1


def leave_chat(world: World, call: Call) -> bool:
    """Take the bot out of a group."""
    chat = open_chat(world, call)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.changes.tell()
    return True


def set_my_commands(world: World, call: Call) -> bool:
    """Replace the command menu of a scope and language."""
    scope = checked_scope(world, call)
    language = call.parameters.get("language_code", "")
    world.profile.set_commands(call.parameters["commands"], scope, language)
    return True


def delete_my_commands(world: World, call: Call) -> bool:
    """Remove the command menu of a scope and language."""
    scope = checked_scope(world, call)
    world.profile.set_commands([], scope, call.parameters.get("language_code", ""))
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """Return the command menu set for a scope and language."""
    scope = checked_scope(world, call)
    return world.profile.commands(scope, call.parameters.get("language_code", ""))


def set_text(world: World, call: Call) -> bool:
    """Set the name or a description: setMyName, setMyDescription, setMyShortDescription."""
    kind = text_kind(call)
    text = call.parameters.get(kind, "")
    world.profile.set_text(kind, text, call.parameters.get("language_code", ""))
    return True


def get_text(world: World, call: Call) -> dict[str, str]:
    """Return the name or a description."""
    kind = text_kind(call)
    return {kind: world.profile.text(kind, call.parameters.get("language_code", ""))}


def text_kind(call: Call) -> str:
    """Return which text a call is about: "getMyShortDescription" -> "short_description"."""
    name = call.method[len("getMy") :]
    return {"ShortDescription": "short_description"}.get(name, name.lower())


def visible_chat(world: World, call: Call) -> Chat:
    """Return a chat that the bot has seen, or raise ApiError."""
    chat = known_chat(world, call.parameters["chat_id"])
    if not chat.is_started:
        raise bad_request("chat not found")
    return chat


def status_of(chat: Chat, user_id: int) -> str:
    """Return what a member is: the creator of a group is its first member."""
    if not isinstance(chat, Group):
        return "member"
    if user_id == chat.members[0].id:
        return "creator"
    is_administrator = any(person.id == user_id for person in chat.administrators)
    return "administrator" if is_administrator else "member"


def checked_scope(world: World, call: Call) -> Json | None:
    """Return the scope of commands; ApiError if it is a chat that never spoke to the bot."""
    scope: Json | None = call.parameters.get("scope")
    if (
        scope is not None
        and "chat_id" in scope
        and not known_chat(world, scope["chat_id"]).is_started
    ):
        raise bad_request("chat not found")
    return scope
