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
from bot.handlers.drafting import Task, refuse, task_of
from bot.texts import text
from bot.wording import refusal
from knowledge.errors import DocumentError, KnowledgeError
from knowledge.reading.file_names import safe_name
from knowledge.reading.metadata import Metadata

_SETTLED_SECONDS = 1.0  # after which no more photos of an album come


async def receive(update: Update, context: Context) -> None:
    """Show what a file from an admin would change; from anybody else only text is read."""
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
    """Take the photos of `album` for the pages of one document, once all are there."""
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
    said = _said(caption, is_photo=bool(first.photo))
    try:
        if first.document is not None:
            name = safe_name(first.document.file_name or "")
        else:
            name = photo_name(first, said.metadata.title, ".pdf" if is_album else ".jpg")
    except KnowledgeError as error:
        await refuse(task, refusal(error, task.language))
        return
    data = []
    for message in messages:
        if (fetched := await _fetched(task, message, name)) is None:
            return
        data.append(fetched)
    whole = _joined(data, task.editing.library.max_bytes) if is_album else data[0]
    if whole is None:
        await refuse(task, text("album_not_joined", task.language))
        return
    poor = [] if first.document is not None else [text("photo_is_poor", task.language)]
    preface = "\n".join([*poor, *refusals(said, task.language)])
    await task.propose(Edit("put", name, whole, said.metadata), preface)


def _joined(photos: list[bytes], limit: int) -> bytes | None:
    """Return the document of `photos`; None if there is none of at most `limit` bytes."""
    try:
        joined = pdf_of(photos)
    except AlbumError:
        return None
    return joined if len(joined) <= limit else None


def _said(caption: str, *, is_photo: bool) -> Corrections:
    """Return what `caption` says of a document; of a photo, which has no name, it may be that."""
    said = read_corrections(caption)
    if said is None:
        lines = tuple(filter(None, map(str.strip, caption.splitlines())))
        said = Corrections(Metadata(), others=lines)
    title = next((line for line in said.others if not is_question(line)), None)
    if not is_photo or title is None or said.metadata.title is not None:
        return said
    try:
        return replace(said, metadata=Metadata(title=title).over(said.metadata))
    except ValueError:  # it is too long for a title
        return said


async def _fetched(task: Task, message: Message, name: str) -> bytes | None:
    """Return the bytes of the file or photo of `message`; None if it is told why not."""
    sent: Document | PhotoSize | None = message.document or (
        message.photo[-1] if message.photo else None
    )
    if sent is None:
        return None
    language, limit = task.language, task.editing.library.max_bytes
    if sent.file_size is None:
        await refuse(task, text("file_without_size", language))
        return None
    if sent.file_size > limit:
        words = text("file_too_large", language, name=name, size=sent.file_size, limit=limit)
        await refuse(task, words)
        return None
    try:
        file = await sent.get_file()
        data = bytes(await file.download_as_bytearray())
    except TelegramError:
        await refuse(task, text("file_not_fetched", language, name=name))
        return None
    if len(data) != sent.file_size:
        size = sent.file_size
        await refuse(task, text("file_cut_short", language, name=name, got=len(data), size=size))
        return None
    return data


def photo_name(message: Message, title: str | None, ending: str) -> str:
    """Return the name of the photo that `message` is: after its `title`, if that can be one, or the
    day, since photos have none, and the number of the message, since no two are the same.
    """
    if title is not None:
        try:
            return safe_name(f"{title.rstrip('.')}{ending}")
        except DocumentError:  # it holds a slash, or is too long
            pass
    return f"photo-{message.date:%Y-%m-%d}-{message.message_id}{ending}"
