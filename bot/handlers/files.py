"""Files and photos of admins, which become documents."""

import asyncio
from dataclasses import replace

from telegram import Document, Message, PhotoSize, Update
from telegram.error import TelegramError

from bot.albums import AlbumError, pdf_of
from bot.corrections import Corrections, is_question, read_corrections
from bot.desk import Context, desk
from bot.editors import Edit
from bot.handlers import questions
from bot.handlers.correcting import refusals
from bot.handlers.drafting import Notice, Task, refuse, task_of
from bot.texts import text
from bot.wording import refusal
from knowledge.errors import DocumentError, KnowledgeError
from knowledge.reading.file_names import safe_name
from knowledge.reading.metadata import Metadata

_SETTLED_SECONDS = 1.0  # without another photo, after which an album is complete


class _RefusedError(Exception):
    """A file is refused; the message tells its sender why."""


async def receive(update: Update, context: Context) -> None:
    """Show what a file from an admin would change; of anybody else's message, answer the text."""
    message = update.message
    if message is None or not desk(context).is_admin(update):
        await questions.answer(update, context)
        return
    task = task_of(update, context)
    if not message.photo or message.media_group_id is None:
        task.begin(_receive(task, [message]))
        return
    album = message.chat_id, message.media_group_id
    pages = task.editing.albums.setdefault(album, [])
    pages.append(message)
    if len(pages) == 1:
        task.begin(_receive_album(task, album))


async def _receive_album(task: Task, album: tuple[int, str]) -> None:
    """Take the photos of `album` as the pages of one document, once all have come."""
    pages = task.editing.albums[album]
    count = 0
    while count < len(pages):
        count = len(pages)
        await asyncio.sleep(_SETTLED_SECONDS)
    del task.editing.albums[album]
    await _receive(task, sorted(pages, key=lambda page: page.message_id))


async def _receive(task: Task, messages: list[Message]) -> None:
    """Fetch what `messages` hold, a file or the photos of an album, and show what it changes."""
    first, is_album = messages[0], len(messages) > 1
    caption = "\n".join(message.caption for message in messages if message.caption)
    said = _said(caption)
    try:
        if first.document is not None:
            name = safe_name(first.document.file_name or "")
        else:
            name = photo_name(first, said.metadata.title, ".pdf" if is_album else ".jpg")
    except KnowledgeError as error:
        await refuse(task, refusal(error, task.language))
        return
    notice = Notice(task.update, task.language)
    try:
        whole = await notice.wait(_whole(task, messages, name))
    except _RefusedError as error:
        await task.fail(notice, str(error))
        return
    poor = [] if first.document is not None else [text("photo_is_poor", task.language)]
    preface = "\n".join([*poor, *refusals(said, task.language)])
    await task.propose(Edit("put", name, whole, said.metadata), preface, notice)


async def _whole(task: Task, messages: list[Message], name: str) -> bytes:
    """Return the file that `messages` hold, photos joined into one. Raises _RefusedError."""
    data = [await _fetched(task, message, name) for message in messages]
    if len(data) == 1:
        return data[0]
    if (joined := _joined(data, task.editing.library.max_bytes)) is None:
        raise _RefusedError(text("album_not_joined", task.language))
    return joined


def _joined(photos: list[bytes], limit: int) -> bytes | None:
    """Return a PDF of `photos`; None if they cannot be joined into one of at most `limit` bytes."""
    try:
        joined = pdf_of(photos)
    except AlbumError:
        return None
    return joined if len(joined) <= limit else None


def _said(caption: str) -> Corrections:
    """Return the metadata that `caption` gives; its first line that gives none and is not a
    question is the title.
    """
    said = read_corrections(caption)
    if said is None:
        lines = tuple(filter(None, map(str.strip, caption.splitlines())))
        said = Corrections(Metadata(), others=lines)
    title = next((line for line in said.others if not is_question(line)), None)
    if title is None or said.metadata.title is not None:
        return said
    try:
        return replace(said, metadata=Metadata(title=title).over(said.metadata))
    except ValueError:  # it is too long for a title
        return said


async def _fetched(task: Task, message: Message, name: str) -> bytes:
    """Return the bytes of the file or photo of `message`. Raises _RefusedError."""
    sent: Document | PhotoSize | None = message.document or (
        message.photo[-1] if message.photo else None
    )
    language, limit = task.language, task.editing.library.max_bytes
    if sent is None or sent.file_size is None:
        raise _RefusedError(text("file_without_size", language))
    if sent.file_size > limit:
        size, most = -(-sent.file_size // 1000), limit // 1000
        raise _RefusedError(text("file_too_large", language, name=name, size=size, limit=most))
    try:
        file = await sent.get_file()
        # python-telegram-bot reads a path that exists on this machine from here.
        if not (file.file_path or "").startswith(sent.get_bot().base_file_url):
            raise TelegramError("the file is not at the Bot API server")
        data = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        raise _RefusedError(text("file_not_fetched", language, name=name)) from error
    if len(data) != sent.file_size:
        size = sent.file_size
        raise _RefusedError(text("file_cut_short", language, name=name, got=len(data), size=size))
    return data


def photo_name(message: Message, title: str | None, ending: str) -> str:
    """Return a file name for the photo in `message`, since photos have none: its `title`, if that
    makes a valid name, or else the day and the id of the message, so that no two are the same.
    """
    if title is not None:
        try:
            return safe_name(f"{title.rstrip('.')}{ending}")
        except DocumentError:  # it holds a slash, or is too long
            pass
    return f"photo-{message.date:%Y-%m-%d}-{message.message_id}{ending}"
