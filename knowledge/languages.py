"""Which language a text is written in, among those the bot speaks."""

import re

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-zA-Z]")
_KAZAKH_LETTER = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
# Words of Kazakh questions and their endings that have none of its own letters.
_KAZAKH_WORD = re.compile(
    r"\b(?:туралы|ким|кандай|кайда|калай|канша|неше|нелер|немене|болды|болган|бар ма|ме|ма|ба|па"
    r"|мен|пен|айтылады|айтады|талап етеди|рахмет|салем)\b",
    re.IGNORECASE,
)
_KAZAKH_SHARE = 0.06  # a Kazakh name in a Russian sentence brings a letter or two, Kazakh text more


def detect(text: str) -> str:
    """Return "en", "ru" or "kk": the script decides, then Kazakh letters and words.

    A text with no letters, or in another Latin script, counts as English.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic <= len(_LATIN.findall(text)):
        return "en"
    if len(_KAZAKH_LETTER.findall(text)) > cyrillic * _KAZAKH_SHARE or _KAZAKH_WORD.search(text):
        return "kk"
    return "ru"
