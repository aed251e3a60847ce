"""Words of documents and of strangers, marked so that nothing in them can be tapped.

Telegram finds commands, @names and #tags in whatever a bot sends, and a tap on a command sends it
in the name of whoever taps. It leaves <code> alone; nothing else that it leaves alone can be read
as it was written.
"""

import html
import re
from collections.abc import Iterator

_MOST = 8  # <code> parts in one stretch; Telegram keeps 100 in a message and drops the others
# What stands in a link belongs to it. The rest is what TDLib's MessageEntity.cpp finds, and more.
_FOUND = re.compile(
    r"(?P<link>https?://\S+)|\b(?:tg|ton|tonsite)://\S+"
    r"|(?<![\w/<>])/[A-Za-z0-9_]+(?:@\w+)?|(?<!\w)@[A-Za-z0-9_]+"
    r"|(?<!\w)#(?=\d*[^\W\d])\w+|(?<![\w$])\$[A-Z]{1,8}\b"
)


def code(words: str) -> str:
    """Return `words` as Telegram's HTML in which nothing can be tapped."""
    return f"<code>{html.escape(words, quote=False)}</code>" if words else ""


def untappable(words: str, before: str = "", after: str = "") -> str:
    """Return `words` as Telegram's HTML: commands, @names and #tags in <code>, the parts between in
    the tags `before` and `after`, which cannot hold code. If there are more than 8, all is code.

    >>> untappable("Say /rollback now")
    'Say <code>/rollback</code> now'
    >>> untappable("$500 a day, and/or 24/7, room #3, a@b.org")
    '$500 a day, and/or 24/7, room #3, a@b.org'
    """
    pieces = list(_pieces(words))
    if sum(is_tappable for _, is_tappable in pieces) > _MOST:
        return code(words)
    return "".join(
        code(piece) if is_tappable else f"{before}{html.escape(piece, quote=False)}{after}"
        for piece, is_tappable in pieces
        if piece
    )


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of `words` in order, and whether Telegram would let each be tapped."""
    start = 0
    for found in _FOUND.finditer(words):
        if found["link"] is None:
            yield words[start : found.start()], False
            yield found[0], True
            start = found.end()
    yield words[start:], False
