"""A question without what hides its letters, so that a name is found however it is dressed up.

People copy names out of web pages and chats, with tags, links and stress marks; others dress them
up to slip past whoever looks for them. Either way the letters count.
"""

import html
import re
import unicodedata

from knowledge.words.look_alikes import without_greek
from knowledge.words.text import normalise

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?|tg)://[^()\s]*\)")
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")
"""More marks than any letter has; removed before NFC can join the first of them to its letter."""

_MARKED = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts in which a mark means nothing unless NFC joins it to its letter: stress, strokes."""

_UNSEEN = re.compile("[\u115f\u1160\u2065\u3164\ufff0-\ufff8\uffa0\U000e0000-\U000e0fff]")
"""Letters and tags without a shape, besides what Unicode calls format characters (Cf)."""

_STYLED = re.compile(
    "(?:NEGATIVE )?(?:CIRCLED|SQUARED|PARENTHESIZED) LATIN (CAPITAL|SMALL) LETTER ([A-Z])"
    "|LATIN LETTER SMALL (CAPITAL) ([A-Z])"
)
"""Names of letters in a frame, and of small capitals, which NFKC leaves as they are."""


def undisguised(text: str) -> str:
    """Return `text` without tags, addresses of links, styles of letters and marks on letters.

    >>> undisguised('Who is <a href="tg://user?id=1">Ⓑⓞⓚⓐⓨⓔⓥ</a>?')
    'Who is  Bokayev ?'
    """
    text = _LINK.sub(r"\1", _TAG.sub(" ", html.unescape(text)))
    text = unicodedata.normalize("NFC", "".join(map(_unstyled, _PILE.sub("", text))))
    letters: list[str] = []
    is_bare = True  # marks and unseen characters say nothing here
    for character in text:
        if _is_seen(character):
            is_between = unicodedata.category(character)[0] in "ZPC"
            is_bare = is_between or unicodedata.name(character, "").startswith(_MARKED)
        elif is_bare:
            continue
        letters.append(character)
    return normalise(without_greek("".join(letters)))


def _is_seen(character: str) -> bool:
    """Return whether `character` is more than a mark on the one before, or nothing at all."""
    if character == "\u00ad":
        return True  # at the end of a line it joins the parts of a word
    is_part = unicodedata.category(character) in {"Mn", "Me", "Cf"}
    return not (is_part or _UNSEEN.match(character))


def _unstyled(character: str) -> str:
    """Return the plain letter that a bold, framed or wide `character` is; any other unchanged."""
    if styled := _STYLED.fullmatch(unicodedata.name(character, "")):
        letter = styled[2] or styled[4]
        return letter.lower() if styled[1] == "SMALL" or styled[3] else letter
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isalpha() else character
