"""The fields of an update that the bot reads, with the types that the Bot API gives them.

python-telegram-bot accepts any JSON in any field, and a handler would fail on it later. Fields that
the bot does not read may hold anything: every version of the API adds some.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, InstanceOf

# Not pydantic's `str`, which refuses lone surrogates: Telegram sends them.
_Text = InstanceOf[str]
# The Bot API promises 52 bits.
_Number = Annotated[int, Field(ge=-(1 << 53), le=1 << 53)]
# Until the year 2106.
_Time = Annotated[int, Field(ge=0, lt=1 << 32)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _User(_Form):
    id: _Number
    is_bot: bool
    first_name: _Text
    username: _Text | None = None
    language_code: _Text | None = None


class _Chat(_Form):
    id: _Number
    type: _Text
    title: _Text | None = None
    username: _Text | None = None


class _Entity(_Form):
    type: _Text
    offset: _Number
    length: _Number


class _File(_Form):
    file_id: _Text
    file_size: _Number | None = None
    file_name: _Text | None = None


class _Quote(_Form):
    text: _Text


class _Button(_Form):
    text: _Text
    callback_data: _Text | None = None


class _Keyboard(_Form):
    inline_keyboard: list[list[_Button]]


class _Message(_Form):
    message_id: _Number
    date: _Time
    chat: _Chat
    from_user: _User | None = Field(None, alias="from")
    sender_chat: _Chat | None = None
    via_bot: _User | None = None
    edit_date: _Time | None = None
    text: _Text | None = None
    caption: _Text | None = None
    entities: list[_Entity] | None = None
    caption_entities: list[_Entity] | None = None
    document: _File | None = None
    photo: list[_File] | None = None
    media_group_id: _Text | None = None
    message_thread_id: _Number | None = None
    is_topic_message: bool | None = None
    reply_to_message: "_Message | None" = None
    quote: _Quote | None = None
    reply_markup: _Keyboard | None = None


class _Press(_Form):
    id: _Text
    from_user: _User = Field(alias="from")
    message: _Message | None = None
    data: _Text | None = None


class _Query(_Form):
    id: _Text
    from_user: _User = Field(alias="from")
    query: _Text


class _Member(_Form):
    user: _User
    status: _Text


class _Change(_Form):
    chat: _Chat
    from_user: _User = Field(alias="from")
    old_chat_member: _Member
    new_chat_member: _Member


class UpdateForm(_Form):
    """An update of a kind that the bot handles, or of another, of which only the id is read."""

    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None
    inline_query: _Query | None = None
    my_chat_member: _Change | None = None
