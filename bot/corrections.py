"""Lines in which an editor corrects the metadata of a document, such as "date: 2024-05-17"."""

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
_SHORT_YEAR = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{2})")
_SHOWN = 100  # characters of a line that was refused


@dataclass(frozen=True, slots=True)
class Corrections:
    """The metadata that some lines give, and the lines that were refused, each with the reason.

    `bare` are the fields that were given without a key, `is_keyed` says whether one was given with
    its key. `others` are the lines that give no metadata.
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
"""Photos that are pages if an editor sends them: every photo of an album, and a single photo unless
its caption is a question.
"""


def is_question(text: str) -> bool:
    """Return whether `text` ends as a question does."""
    return text.rstrip(" \n\"'»”’)").endswith("?")


def read_corrections(text: str) -> Corrections | None:
    """Return the metadata that the lines of `text` give; None if no line gives any.

    A line is `key: value`, the key in English, Russian or Kazakh; a date may be written in any
    usual form, and a date or a web address needs no key. Of two values of a field the last counts.
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
    """Return metadata of which `field` has `value`, as a person writes it.

    Raises DocumentError, which names the field, if the value is invalid or a day in the future.
    """
    if field == "url" and _HOST.fullmatch(value):
        value = f"https://{value}"
    if field == "date" and (short := _SHORT_YEAR.fullmatch(value)):
        value = f"{short[1]}20{short[2]}"
    said = as_written({field: value})
    check_date(said.date)
    return said


def _unkeyed(line: str) -> str | None:
    """Return the field that `line` gives without its key; None if it gives none."""
    if _LINK.fullmatch(line):
        return "url"
    try:
        return "date" if day_written(line) is not None else None
    except DocumentError:  # it may be either of two days, or there is no such day
        return "date"
