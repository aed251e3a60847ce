"""Runs of text within a block: what is raised, quoted, linked or drawn in them."""

import re
from collections import Counter
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from knowledge.reading.formats import UNREADABLE, LeftOut
from knowledge.reading.formats.formulas import formula
from knowledge.reading.formats.page import Page, is_beside_formula
from knowledge.reading.formats.phrases import GAP, PICTURE, flat, parted
from knowledge.reading.formats.raised import NoteNumbers, lowered, raised
from knowledge.reading.formats.styles import Declarations
from knowledge.words.patterns import of_any

_CONTROLS = {"select", "textarea", "input", "datalist", "option", "progress", "meter", "output"}
_DRAWN = {"svg", "canvas", "object", "embed", "video", "audio", "iframe", "applet"}
_UNREAD = {"head", "link", "meta", "base", "col", "colgroup", "param", "noframes", "rp", "area"}
_INLINE = {"span", "a", "small", "font", "em", "i", "b", "strong"}
_BESIDE = re.compile(r"inline-(?:block|flex|grid|table)|table-cell")
_NOTE_LINK = re.compile(rf"#.*(?:{of_any('files', 'note_links')})|#_?\d+$", re.IGNORECASE)
_NOTE = re.compile(r"foot-?note|noteref|endnote|fn-?ref|reference", re.IGNORECASE)
_BACK = re.compile(r"\s*[\^↑↩⤴⏎]\ufe0e?\s*")
_FORMULA = re.compile(r"math|latex|(?:^|\W)tex(?:\W|$)|formula|equation", re.IGNORECASE)
_OPENER = re.compile(r"accordion|collaps|toggle|faq|question|tab", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\x1c-\x1f]+")
_BUT_LINES = re.compile(r"[ \t\r\f\x1c-\x1f]")
_ICON = 32  # pixels
_SIDES = {"left", "right"}
_RAISED = 40  # characters; what is raised and longer is small print
_TAIL = 40  # characters before what is raised that tell what it is


class Run:
    """The run of text that is being gathered, with what has been read of it so far."""

    def __init__(
        self, page: Page, visit: Callable[[LexborNode], None], left_out: Counter[LeftOut]
    ) -> None:
        """Begin a page; `visit` reads the children of an element, which come back here."""
        self.is_flat = False  # within a heading, a quotation and the like blocks are no blocks
        self.keeps_lines = False
        self._visit = visit
        self._left_out = left_out
        self._parts: list[str] = []
        self._linked = 0
        self._opening = ""
        self._links = 0  # that are open
        self._quotations = page.generated.quotations
        self._notes = NoteNumbers(_defined(page.body))

    def say(self, text: str) -> None:
        """Add `text` as it stands between tags."""
        self._begin(text)
        self._parts.append((_BUT_LINES if self.keeps_lines else _SPACES).sub(" ", text))
        if self._links:
            self._linked += len(text)

    def add(self, text: str) -> None:
        """Add `text` as it is read."""
        if text:
            self._begin(text)
            self._parts.append(text)

    def open(self, text: str) -> None:
        """Add what was opened before, and keep `text` to stand before what is said next."""
        opening, self._opening = self._opening, text
        if opening:
            self._parts.append(opening)

    def _begin(self, text: str) -> None:
        """Add what was opened, if `text`, which is said next, is more than space."""
        if self._opening and not text.isspace():
            self.open("")

    @property
    def ends_unread(self) -> bool:
        """Return whether the run ends with the mark of what cannot be read."""
        return bool(self._parts) and self._parts[-1] == UNREADABLE

    def take(self) -> tuple[str, int]:
        """Return the run and how many of its characters are links, and begin the next."""
        taken = "".join(self._parts), self._linked
        self._parts, self._linked = [], 0
        return taken

    def flat(self, node: LexborNode) -> str:
        """Return what `node` says on one line, apart from the run that is being gathered."""
        before, opening, was_flat = self._parts, self._opening, self.is_flat
        self._parts, self._opening, self.is_flat = [], "", True
        self._visit(node)
        text = "".join(self._parts)
        self._parts, self._opening, self.is_flat = before, opening, was_flat
        return flat(text)

    def read(self, node: LexborNode, style: Declarations) -> bool:
        """Add what the element `node` says if it is one of a run; return whether it is."""
        align = style.get("vertical-align", "")
        match node.tag:
            case tag if tag in _UNREAD or tag in _CONTROLS or tag == "wbr":
                pass
            case "br":
                self.add("\n")
            case "math":
                self.add(formula(node))
            case "img":
                self._picture(node, style)
            case tag if tag in _DRAWN:
                self._left_out["pictures"] += tag != "svg" or node.css_first("text") is not None
            case tag if tag in {"sup", "sub"} or (tag in _INLINE and align in {"super", "sub"}):
                self._raised(node, is_low="sub" in (node.tag, align))
            case "q":
                self.add(self._quotations.quoted(node, lambda: self.flat(node)))
            case "ruby":
                self._ruby(node)
            case "a":
                self._link(node)
            case "button":
                self._button(node)
            case _:
                return False
        return True

    def box(self, node: LexborNode, style: Declarations) -> None:
        """Add what the element `node` says, set apart from the boxes beside it."""
        is_beside = _BESIDE.match(style.get("display", "")) or _is_own_box(node)
        gap = GAP if is_beside and len(node.text().strip()) > 1 else ""
        if not gap and parted(node, self._tail()):
            self.add(GAP)
        self.add(gap)
        self._visit(node)
        self.add(gap)

    def _tail(self) -> str:
        """Return the last characters of the run."""
        tail = ""
        for part in reversed(self._parts):
            tail = part[-_TAIL:] + tail
            if len(tail) >= _TAIL:
                break
        return tail

    def _raised(self, node: LexborNode, *, is_low: bool) -> None:
        before, after = self._tail().rpartition("\n")[2], _text_after(node)
        text = self.flat(node)
        if not text:
            return
        is_linked = self._links > 0 or node.css_first("a[href]") is not None
        if _is_numerator(node, text, after):
            self.add(raised(text, before, after))
            return
        if self._notes.is_note(text, before, after, is_linked=is_linked) and (
            is_linked or not is_low
        ):
            return
        if len(text) > _RAISED:
            self.add(f" {text} ")
        else:
            self.add(lowered(text) if is_low else raised(text, before, after))

    def _link(self, node: LexborNode) -> None:
        href = node.attributes.get("href") or ""
        text = node.text()
        if href.startswith("#") and (_BACK.fullmatch(text) or self._is_note_link(node, text)):
            return
        if parted(node, self._tail()):
            self.add(GAP)
        self._links += bool(href)
        self._visit(node)
        self._links -= bool(href)

    def _is_note_link(self, node: LexborNode, text: str) -> bool:
        """Return whether `node` is the mark of a note that no tag raises, as Word writes it."""
        text = "".join(text.split())
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('role') or ''}"
        is_named = _NOTE.search(names) is not None or "mso-footnote-id" in (
            node.attributes.get("style") or ""
        )
        is_like_one = re.fullmatch(r"\[\w{1,4}\]", text) and _NOTE_LINK.search(
            node.attributes.get("href") or ""
        )
        if node.css_first("sup") is not None or not (is_named or is_like_one):
            return False
        return self._notes.is_note(text, self._tail(), _text_after(node), is_linked=True)

    def _ruby(self, node: LexborNode) -> None:
        """Add the words of `node`, then how they are said, in brackets."""
        said = [self.flat(note) for note in node.css("rt")]
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self.say(child.text_content or "")
            elif child.tag not in {"rt", "rp", "rtc"}:
                self._visit(child)
        if any(said):
            self.add(f"({''.join(said)})")

    def _button(self, node: LexborNode) -> None:
        """Add what a button says that opens a part of the page."""
        attributes = node.attributes
        is_opener = {"aria-expanded", "aria-controls"} & set(attributes) or _OPENER.search(
            attributes.get("class") or ""
        )
        if is_opener or self.is_flat:
            self.add("\n\n" if not self.is_flat else "")
            self._visit(node)
            self.add("\n\n" if not self.is_flat else "")
        elif node.text().strip():
            self.add(GAP)
            self._left_out["menus"] += 1

    def _picture(self, node: LexborNode, style: Declarations) -> None:
        attributes = node.attributes
        alt = attributes.get("alt")
        sizes = [attributes.get(side) or "" for side in ("width", "height")]
        is_formula = _FORMULA.search(
            f"{attributes.get('class') or ''} {attributes.get('src') or ''} {alt or ''}"
        )
        if alt and len(alt) <= 8 and not re.search(r"\w", alt):
            self.add(alt)  # an emoji that a site draws
        elif is_formula:
            self.add("" if is_beside_formula(node) else UNREADABLE)
        elif alt == "" or any(size.isdigit() and int(size) <= _ICON for size in sizes):
            self.add(GAP)
        else:
            self._left_out["pictures"] += 1
            is_aside = style.get("float", "none") != "none" or attributes.get("align") in _SIDES
            self.add(GAP if is_aside else PICTURE)


def _is_numerator(node: LexborNode, text: str, after: str) -> bool:
    """Return whether `text`, raised, is the upper term of a fraction: ³⁄₄."""
    slash = node.next
    is_parted = slash is not None and re.fullmatch(r"\s*[/⁄∕]\s*", after) is not None
    below = slash.next if slash is not None and is_parted else None
    return text.isdecimal() and below is not None and below.tag == "sub"


def _text_after(node: LexborNode) -> str:
    """Return the first characters right after `node`."""
    following = node.next
    if following is None and node.parent is not None and node.parent.tag in {"a", "b", "i", "em"}:
        following = node.parent.next
    if following is None:
        return ""
    text = following.text_content if following.is_text_node else following.text()
    return (text or "")[:_TAIL]


def _defined(body: LexborNode) -> frozenset[str]:
    """Return the numbers of notes that paragraphs begin with, raised."""
    found = set()
    for node in body.css("p > sup, li > sup, div > sup, td > sup, dt > sup"):
        before = node.prev
        if before is None or (before.prev is None and not (before.text_content or "x").strip()):
            found.add(node.text().strip())
    return frozenset(found)


def _is_own_box(node: LexborNode) -> bool:
    return "-" in (node.tag or "") and not (node.tag or "").startswith("mjx-")
