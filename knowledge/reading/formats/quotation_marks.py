"""The quotation marks that a browser draws, by the language of the text around them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from knowledge.reading.formats.styles import Styles

# The languages that do not have the marks of English, “ ” and ‘ ’: outer marks, then those within.
# From CLDR 48, which browsers follow.
_LANGUAGES = {
    "«»„“": "be ky os ru sah tyv uk",
    "«»“”": "ca cv el eu it kk pt-ao pt-pt",
    "«»«»": "fr hy oc",
    "«»‹›": "az-cyrl fa fr-ch gsw rm",
    "«»‘’": "nb nn no rw",
    "„“‚‘": "cs de dsb et hr hsb is lb mk sk sl",
    "„“„“": "bg lt",
    "„“«»": "ka",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "„”’’": "sr",
    "””’’": "fi he se sv",
    "“”’‘": "uz",
    "‘’‘’": "nl",
    "「」『』": "ja yue zh-hant zh-hk zh-mo zh-tw",
}
_MARKS = {code: marks for marks, codes in _LANGUAGES.items() for code in codes.split()}
_OPENING = ("«", "“", "„", "‘", "‚", "”", "’", "»", "‹", "「", "『", '"', "'")


@dataclass(slots=True)
class Quotations:
    """Those that are open where a page is being read, by `<q>` or by its style sheets."""

    styles: Styles
    _open: int = 0

    def quoted(self, node: LexborNode, read: Callable[[], str]) -> str:
        """Return what `read` reads in `node`, a `<q>`, between its marks.

        Text that has marks of its own gets no others.
        """
        opening = self.mark(node, is_opening=True)
        text = read()
        closing = self.mark(node, is_opening=False)
        has_own = self._open == 0 and text.lstrip().startswith(_OPENING)
        return text if has_own or not text.strip() else f"{opening}{text.strip()}{closing}"

    def mark(self, node: LexborNode, *, is_opening: bool) -> str:
        """Return the mark with which a quotation in `node` begins or ends, and count that."""
        if not is_opening:
            self._open = max(0, self._open - 1)
        marks = self._marks(node)
        place = len(marks) - 2 if self._open else 0
        if is_opening:
            self._open += 1
        return marks[place : place + 1] if is_opening else marks[place + 1 : place + 2]

    def _marks(self, node: LexborNode) -> str:
        """Return the marks that CSS's property `quotes` states, or those of the language."""
        each: LexborNode | None = node
        language = ""
        while each is not None and each.is_element_node:
            style = self.styles.of(each).get("quotes", "auto")
            if style == "none":
                return ""
            own = "".join(re.findall(r"""["'](.+?)["']""", style))
            if len(own) in {2, 4}:
                return own
            if each.mem_id != node.mem_id:
                language = language or (each.attributes.get("lang") or "").lower()
            each = each.parent
        return _MARKS.get(language) or _MARKS.get(language.split("-")[0]) or "“”‘’"
