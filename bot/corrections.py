"""What an editor writes to correct what a document says of itself: "date: 2024-05-17"."""

import re

from telegram import Message
from telegram.ext import filters

from knowledge.days import day_written
from knowledge.errors import DocumentError
from knowledge.metadata import Metadata, as_written, check_date, field_called

_LINE = re.compile(r"\s*(\w+)\s*[:=]\s*(.*?)\s*")


class _PagePhoto(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        try:
            return not message.caption or read_corrections(message.caption) is not None
        except DocumentError:
            return True


PAGE_PHOTO = filters.PHOTO & _PagePhoto()
"""Photos whose caption, if any, says what a page says of itself: from editors they are pages, and
those with a question are questions.
"""


def read_corrections(text: str) -> Metadata | None:
    """Return what the lines of `text` say of a document; None if no line says anything.

    A line is `key: value`, the key in English, Russian or Kazakh; a date may be written in any
    usual form, and a date or a web address may stand without a key. Raises DocumentError, which
    names the key, if a value is none, or the date is yet to come.
    """
    values = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        field = field_called(match[1]) if match is not None else None
        if match is not None and field is not None and match[2]:
            values[field] = match[2]
        elif re.fullmatch(r"\s*https?://\S+\s*", line):
            values["url"] = line
        elif day_written(line) is not None:
            values["date"] = line
    said = as_written(values)
    check_date(said.date)
    return said if values else None
