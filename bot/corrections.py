"""What an editor writes to correct what a document says of itself: "date: 2024-05-17"."""

import re

from telegram import Message
from telegram.ext import filters

from knowledge.errors import DocumentError
from knowledge.metadata import Metadata, check_date, checked
from knowledge.problems import problem

_KEYS = {
    "title": "title название заголовок атауы тақырыбы",
    "date": "date дата күні",
    "language": "language язык тілі тіл",
    "publisher": "publisher издатель баспагер баспа",
    "url": "link url ссылка сілтеме",
}
_FIELDS = {word: field for field, words in _KEYS.items() for word in words.split()}
_LANGUAGES = {
    word: code
    for code, words in {
        "en": "english английский ағылшын ағылшынша",
        "ru": "russian русский орыс орысша",
        "kk": "kazakh казахский қазақ қазақша",
    }.items()
    for word in words.split()
}
_LINE = re.compile(r"\s*(\w+)\s*[:=]\s*(.*?)\s*")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


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

    A line is `key: value`, the key in English, Russian or Kazakh; a date may be written 2024-05-17
    or 17.05.2024, and a date or a web address may stand without a key. Raises DocumentError, which
    names the key, if a value is none, or the date is yet to come.
    """
    values = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        field = _FIELDS.get(match[1].lower()) if match is not None else None
        if match is not None and field is not None and match[2]:
            values[field] = match[2]
        elif re.fullmatch(r"\s*https?://\S+\s*", line):
            values["url"] = line.strip()
        elif _DAY.fullmatch(line.strip()) or re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", line):
            values["date"] = line.strip()
    if "date" in values and (day := _DAY.fullmatch(values["date"])):
        values["date"] = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if "language" in values:
        named = values["language"].lower()
        values["language"] = code = _LANGUAGES.get(named, named)
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise DocumentError(problem("language_wrong", value=named))
    said = checked(values)
    check_date(said.date)
    return said if values else None
