"""What an editor writes to correct what a document says of itself: "date: 2024-05-17"."""

import re
from dataclasses import dataclass

from telegram import Message
from telegram.ext import filters

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.metadata import Metadata, as_written, check_date, field_called
from knowledge.words.days import day_written

_LINE = re.compile(r"(\w+)\s*[:=]\s*(\S.*)")
# A link as people write it, without its scheme.
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
_LINK = re.compile(r"https?://\S+")
_SHOWN = 100  # characters of a line that was not taken


@dataclass(frozen=True, slots=True)
class Corrections:
    """What some lines say of a document, and those that say it wrong, each with the reason.

    `bare` are the fields that were given without their key, `is_keyed` whether one was given with
    it. `others` are lines that say nothing of a document.
    """

    metadata: Metadata
    refused: tuple[tuple[str, DocumentError], ...] = ()
    bare: frozenset[str] = frozenset()
    is_keyed: bool = False
    others: tuple[str, ...] = ()


class _PagePhoto(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return message.media_group_id is not None or not is_question(message.caption or "")


PAGE_PHOTO = filters.PHOTO & _PagePhoto()
"""Photos that from editors are pages: all but those whose caption is a question, and with it all of
an album.
"""


def is_question(text: str) -> bool:
    """Return whether `text` ends as a question does."""
    return text.rstrip(" \n\"'»”’)").endswith("?")


def read_corrections(text: str) -> Corrections | None:
    """Return what the lines of `text` say of a document; None if no line says anything.

    A line is `key: value`, the key in English, Russian or Kazakh; a date may be written in any
    usual form, and a date or a web address may stand without a key. The last one counts.
    """
    said = Metadata()
    refused: list[tuple[str, DocumentError]] = []
    bare, others = set(), []
    is_keyed = False
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        field = field_called(match[1]) if match is not None else None
        unkeyed = _unkeyed(line)
        try:
            if match is not None and field is not None:
                is_keyed = True
                said = read_value(field, match[2]).over(said)
            elif unkeyed is not None:
                bare.add(unkeyed)
                said = read_value(unkeyed, line).over(said)
            elif match is not None:
                raise DocumentError(problem("line_unknown", key=match[1][:_SHOWN]))
            else:
                others.append(line)
        except DocumentError as error:
            refused.append((line[:_SHOWN], error))
    if not is_keyed and not bare:
        return None
    return Corrections(said, tuple(refused), frozenset(bare), is_keyed, tuple(others))


def read_value(field: str, value: str) -> Metadata:
    """Return `value`, as a person writes it, as that field of what is said of a document.

    Raises DocumentError, which names the field, if it is none, or a day that is yet to come.
    """
    if field == "url" and _HOST.fullmatch(value):
        value = f"https://{value}"
    said = as_written({field: value})
    check_date(said.date)
    return said


def _unkeyed(line: str) -> str | None:
    """Return the field that `line` gives without its key; None if it gives none."""
    if _LINK.fullmatch(line):
        return "url"
    try:
        return "date" if day_written(line) is not None else None
    except DocumentError:  # it is one of two days, or none that there is
        return "date"
