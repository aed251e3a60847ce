"""A question without what hides its letters, so that a name is found however it is dressed up.

People copy names out of web pages and chats, with tags, links and stress marks; others dress them
up to slip past whoever looks for them. Either way the letters count.
"""

import html
import re
import unicodedata

from knowledge.words.text import normalise

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?|tg)://[^()\s]*\)")
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")
"""More marks than any letter has; removed before NFC can join the first of them to its letter."""

_MARKED = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts in which a mark means nothing unless NFC joins it to its letter: stress, strokes."""


def undisguised(text: str) -> str:
    """Return `text` without tags, addresses of links, styles of letters and marks on letters.

    >>> undisguised('Who is <a href="tg://user?id=1">Ⓑⓞⓚⓐⓨⓔⓥ</a>?')
    'Who is  Bokayev ?'
    """
    text = _LINK.sub(r"\1", _TAG.sub(" ", html.unescape(text)))
    text = unicodedata.normalize("NFC", "".join(map(_unstyled, _PILE.sub("", text))))
    letters: list[str] = []
    is_marked = False  # the letter before may carry marks that say nothing
    for character in text:
        if unicodedata.category(character) not in {"Mn", "Me"}:
            is_marked = unicodedata.name(character, "").startswith(_MARKED)
        elif is_marked:
            continue
        letters.append(character)
    return normalise("".join(letters))


def _unstyled(character: str) -> str:
    """Return the plain letter that a bold, circled or wide `character` is; any other unchanged."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isalpha() else character
