"""The basic form of a name that a document has only in another case, where no other is possible.

Kazakh puts its endings behind the last word of a name, Russian behind each. There "Феруза Салимова"
may be a woman or a man of whom something is said, so only those cases count that tell.
"""

import re

from knowledge.words.dictionaries import given_name_of

# The ends of surnames, and the cases behind them, which no surname ends in.
_KAZAKH = re.compile(
    r"(?P<base>[^\W\d_]{2,}(?:"
    r"[оеё]в(?=(?:т[ыі]|т[ыі]ң|қа|ке|т[ае]|т[ае]н|пен)$)"
    r"|ин(?=(?:д[ыі]|н[ыі]ң|ғ[ае]|ге|д[ае]|д[ае]н|мен)$)"
    r"|(?:[оеё]в|ин)а(?=(?:н[ыі]|н[ыі]ң|ғ[ае]|ге|д[ае]|д[ае]н|мен)$)"
    r"|(?:ұлы|қызы)(?=(?:н|ның|на|нда|нан|мен)$)))[^\W\d_]+"
)
# Cases of Russian surnames that only a man's, or only a woman's, has.
_HIS = re.compile(r"(?P<base>[^\W\d_]{2,}(?:[оеё]в|ин))(?:ым|е)")
_HERS = re.compile(r"(?P<base>[^\W\d_]{2,}(?:[оеё]в|ин))(?:ой|ою)")


def nominative(name: str, language: str) -> str | None:
    """Return the basic form of `name`, as a document in `language` writes it; None where it stands
    in that, or may.

    >>> nominative("Бауыржан Тілеуовті", "kk"), nominative("Ольги Власовой", "ru")
    ('Бауыржан Тілеуов', 'Ольга Власова')
    """
    if language == "kk":
        before, _, last = name.rpartition(" ")
        found = _KAZAKH.fullmatch(last)
        return f"{before} {found['base']}".strip() if found else None
    words = name.split(" ")
    if language != "ru" or len(words) != 2:
        return None
    known = given_name_of(words[0])
    if known is None:
        return None
    given, is_womans = known
    surname = (_HERS if is_womans else _HIS).fullmatch(words[1])
    if surname is None:
        return None
    return f"{given.capitalize()} {surname['base']}{'а' if is_womans else ''}"
