"""The bot answers what must be answered by id: pressed buttons and inline queries."""

import re

from tests.botapi.calls import Call
from tests.botapi.queries import TOO_OLD, CallbackAnswer, InlineAnswer, InlineResult
from tests.botapi.refusals import bad_request
from tests.botapi.sending import check_keyboard, read_text
from tests.botapi.world import Json, World

MAX_RESULTS = 50


def answer_callback_query(world: World, call: Call) -> bool:
    """Stop the spinner on a button and perhaps show a note."""
    press = world.presses.get(call.parameters["callback_query_id"])
    text = call.parameters.get("text", "")
    if press is None:
        raise bad_request(TOO_OLD)
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press.accept(
        CallbackAnswer(
            text=text,
            show_alert=call.parameters.get("show_alert", False),
            url=call.parameters.get("url", ""),
        )
    )
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    """Offer results for what a person types after the bot's name."""
    parameters = call.parameters
    query = world.inline_queries.get(parameters["inline_query_id"])
    if query is None:
        raise bad_request(TOO_OLD)
    results = parameters["results"]
    ids = [result["id"] for result in results]
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if any(not 1 <= len(identifier.encode()) <= 64 for identifier in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(parameters.get("next_offset", "").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    check_results_button(parameters.get("button"))
    query.accept(
        InlineAnswer(
            results=[inline_result(world, result) for result in results],
            next_offset=parameters.get("next_offset", ""),
            cache_time=parameters.get("cache_time", 300),
            is_personal=parameters.get("is_personal", False),
            button=parameters.get("button"),
        )
    )
    return True


def inline_result(world: World, result: Json) -> InlineResult:
    """Return the result as a person would see it, or raise ApiError."""
    if not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    check_keyboard(result.get("reply_markup"))
    text, entities = read_text(world, result["input_message_content"], "message_text")
    return InlineResult(
        id=result["id"],
        title=result["title"],
        description=result.get("description", ""),
        text=text,
        entities=entities,
        raw=result,
    )


def check_results_button(button: Json | None) -> None:
    """Raise ApiError for a button above the results that opens nothing."""
    if button is None:
        return
    if ("start_parameter" in button) == ("web_app" in button):
        raise bad_request("BUTTON_INVALID")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "x")):
        raise bad_request("START_PARAM_INVALID")
