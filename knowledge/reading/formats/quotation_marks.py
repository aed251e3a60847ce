"""The quotation marks that a browser draws, by the language of the text around them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

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
    _are_told: bool = field(init=False)  # in style sheets

    def __post_init__(self) -> None:
        self._are_told = any("quotes" in rule for rule in self.styles.rules.values())

    def quoted(self, node: LexborNode, read: Callable[[], str]) -> str:
        """Return what `read` reads in `node`, a `<q>`, between its marks.

        Text that has marks of its own gets no others.
        """
        self._open += 1
        text = read()
        self._open -= 1
        if not text.strip() or (self._open == 0 and text.lstrip().startswith(_OPENING)):
            return text
        opening, closing = self._marks(node)
        return f"{opening}{text.strip()}{closing}"

    def mark(self, node: LexborNode, *, is_opening: bool) -> str:
        """Return the mark with which a quotation in `node` begins or ends, and count that."""
        if is_opening:
            mark, _ = self._marks(node)
            self._open += 1
        else:
            self._open = max(0, self._open - 1)
            _, mark = self._marks(node)
        return mark

    def _marks(self, node: LexborNode) -> tuple[str, str]:
        """Return both marks for `node`, if those that are open stand around it."""
        marks = self._told(node)
        return (marks[-2], marks[-1]) if self._open and marks else (marks[:1], marks[1:2])

    def _told(self, node: LexborNode) -> str:
        """Return the marks that CSS's property `quotes` states, or those of the language."""
        each: LexborNode | None = node
        language = ""
        while each is not None and each.is_element_node:
            is_told = self._are_told or "quotes" in (each.attributes.get("style") or "")
            style = self.styles.of(each).get("quotes", "auto") if is_told else "auto"
            if style == "none":
                return ""
            own = "".join(re.findall(r"""["'](.+?)["']""", style))
            if len(own) in {2, 4}:
                return own
            if each.mem_id != node.mem_id:
                language = language or (each.attributes.get("lang") or "").lower()
            each = each.parent
        return _MARKS.get(language) or _MARKS.get(language.split("-")[0]) or "“”‘’"
