"""What of a web page is its text, and what stands around it or is not shown.

Nothing here is measured on one site: HTML's own elements and roles say most of it, then the words
that sites name their parts with, which count only where the part looks like what it is called.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.reading.formats import LeftOut
from knowledge.reading.formats.generated import Generated, generated
from knowledge.reading.formats.styles import Declarations, Styles, is_faded, is_hidden, styles

_COMMENTS = {"comments", "commentlist", "disqus"}
_COMMENT_PARTS = {"list", "area", "section", "form", "thread", "wrapper", "block", "respond"}
_CONTENTS = {"toc", "tableofcontents"}
_CONSENT = {"cookie", "cookies", "consent", "gdpr"}
_DIALOG = {"modal", "popup", "dialog", "overlay", "lightbox"}
# What stands around a text, when it is mostly links or controls, or hardly anything.
_AROUND = {
    *("nav", "navbar", "navigation", "navbox", "menu", "submenu", "breadcrumb", "breadcrumbs"),
    *("pagination", "pager", "toolbar", "sidebar", "catlinks", "printfooter", "footer", "skip"),
    *("share", "sharing", "shares", "sharethis", "social", "socials", "subscribe", "subscription"),
    *("newsletter", "related", "recommended", "recommendations", "popular", "trending", "promo"),
    *("banner", "advert", "advertisement", "ads", "sponsored", "teasers", "tags", "editsection"),
    *("readmore", "masthead", "topbar", "login", "search", "widget", "similar", "copyright"),
}
_ROLES = {"navigation", "menu", "menubar", "search", "toolbar", "alertdialog", "dialog", "banner"}
_SECTIONS = {"div", "section", "aside", "ul", "ol", "p", "span", "table", "td", "details", "footer"}
# Parts that a click opens: they are read, though they are not shown at first.
_OPENED = re.compile(
    r"accordion|collaps|panel|spoiler|faq|toggle|expand|answer|details|(?:^|[-_])tabs?(?:[-_]|$)"
    r"|tab-?(?:pane|content)|(?:^|[-_])more(?:[-_]|$)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|element-invisible|u-hidden|"
    r"show-for-sr|a11y-hidden|visuallyhidden)(?=\s|$)",
    re.IGNORECASE,
)
_ICON = re.compile(r"icon|glyph|(?:^|\s)fa[srlb]?(?=\s|-|$)|material-symbols|emoji", re.IGNORECASE)
_MOVED = re.compile(
    r"anim|fade|reveal|appear|scroll|motion|(?:^|[\s-])(?:aos|wow|sr|lazy|slid)", re.IGNORECASE
)
_SHORT, _NOTICE = 150, 1500  # characters
_LINKED = 0.5
_HELD = "h1, main, article, [role=main]"
_NAMING = ("href", "onclick", "aria-controls", "data-target", "data-bs-target", "data-toggle-id")


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as it was parsed: its text, what its styles say, and what its scripts name."""

    body: LexborNode
    styles: Styles
    generated: Generated
    opened: frozenset[str]
    length: int
    is_pruned: bool
    unread_styles: int

    def is_shown(self, node: LexborNode, style: Declarations) -> bool:
        """Return whether a reader sees `node`, which has `style`, at once or by a click."""
        attributes = node.attributes
        if attributes.get("aria-hidden") == "true" and self._is_ornament(node):
            return False
        if _UNSEEN.search(attributes.get("class") or ""):
            return False
        if node.tag == "dialog" and "open" not in attributes:
            return False
        is_faded_out = is_faded(style) and not (self._is_moved(node) or self._holds(node))
        if "hidden" not in attributes and not (is_hidden(style) or is_faded_out):
            return True
        return attributes.get("hidden") == "until-found" or self._is_opened(node)

    def _is_ornament(self, node: LexborNode) -> bool:
        """Return whether `node`, which is not read aloud, is an icon or a drawn formula."""
        names = node.attributes.get("class") or ""
        return (
            node.tag in {"i", "svg", "img", "mjx-math"}
            or _ICON.search(names) is not None
            or not re.search(r"\w{2}", node.text())
            or is_beside_formula(node)
        )

    def _is_moved(self, node: LexborNode) -> bool:
        """Return whether `node` comes to be seen as a reader scrolls, as its names say."""
        attributes = node.attributes
        return _MOVED.search(f"{' '.join(attributes)} {attributes.get('class') or ''}") is not None

    def _is_opened(self, node: LexborNode) -> bool:
        """Return whether something on the page may open `node`, which is hidden at first."""
        attributes = node.attributes
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split()
        if not self.opened.isdisjoint(names) or attributes.get("role") == "tabpanel":
            return True
        return any(_OPENED.search(name) for name in names)

    def apart(self, node: LexborNode, *, is_within: bool) -> LeftOut | None:
        """Return as what `node` is left out of the text; `is_within` says it is in an article."""
        if not self.is_pruned or node.tag in {"main", "article", "body"}:
            return None
        match node.tag, node.attributes.get("role"):
            case "nav", _:
                return "contents" if _words(node) & _CONTENTS else "menus"
            case _, role if role in _ROLES and not self._holds(node):
                return "menus"
            case "footer" | "aside", _ if is_within and _linked(node) >= _LINKED:
                return "menus"
            case "aside", _ if not is_within and _is_around(node):
                return "menus"
            case "footer", _ if not is_within and not _is_of_quotation(node):
                return "menus"
            case "header", _ if not is_within and node.css_first("h1") is None:
                return "menus"
            case "form", _ if _is_form(node):
                return "menus"
            case tag, _ if tag in _SECTIONS:
                return self._named(node, _words(node), is_within=is_within)
        return None

    def _named(self, node: LexborNode, words: set[str], *, is_within: bool) -> LeftOut | None:
        """Return as what `node` is left out by the `words` in its id and classes."""
        if not words:
            return None
        is_comments = words & _COMMENTS or ("comment" in words and words & _COMMENT_PARTS)
        if not (is_comments or words & (_CONTENTS | _CONSENT | _DIALOG | _AROUND)):
            return None
        if self._holds(node) or "no" in words:
            return None
        if is_comments:
            return "comments"
        length = len(node.text())
        if words & _CONTENTS:
            return "contents" if _linked(node) >= _LINKED else None
        if (words & _CONSENT or (words & _DIALOG and not is_within)) and length < _NOTICE:
            return "menus"
        return "menus" if words & _AROUND and _is_around(node) else None

    def _holds(self, node: LexborNode) -> bool:
        """Return whether `node` holds the text itself, or most of it."""
        return len(node.text()) * 2 > self.length or node.css_first(_HELD) is not None


def page(tree: LexborHTMLParser, *, is_pruned: bool) -> Page | None:
    """Return what `tree` holds, None if that is nothing; what is only for machines is taken out."""
    sheets = [sheet.text() for sheet in tree.css("style")]
    others = len(tree.css("link[rel~=stylesheet]:not([media=print])"))
    opened = frozenset(_named_in_scripts(tree))
    tree.strip_tags(["script", "style", "noscript", "template", "title"])
    body = tree.body
    if body is None:
        return None
    told = styles(sheets, has_others=others > 0)
    return Page(
        body=body,
        styles=told,
        generated=generated(tree.root or body, sheets, told),
        opened=opened,
        length=len(body.text()),
        unread_styles=others,
        is_pruned=is_pruned,
    )


def is_beside_formula(node: LexborNode) -> bool:
    """Return whether `node` draws the formula that stands beside it for machines."""
    beside = (node.prev, node.next)
    return any(each is not None and each.css_first("math") is not None for each in beside)


def linked_length(node: LexborNode) -> int:
    """Return how many characters of `node` are in links."""
    return sum(len(link.text().strip()) for link in node.css("a[href]"))


def _named_in_scripts(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the words in scripts, and in the attributes by which an element opens another."""
    for script in tree.css("script"):
        yield from re.findall(r"[\w-]{2,}", script.text())
    for name in _NAMING:
        for node in tree.css(f"[{name}]"):
            value = node.attributes.get(name) or ""
            if name != "href" or value.startswith(("#", "javascript:")):
                yield from re.findall(r"[\w-]+", value)


def _words(node: LexborNode) -> set[str]:
    """Return the words in the id and the classes of `node`: "comment", "list" of "commentList"."""
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)
    return set(re.split(r"[^a-z]+", parted.lower())) - {""}


def _linked(node: LexborNode) -> float:
    return linked_length(node) / max(1, len(node.text().strip()))


def _is_around(node: LexborNode) -> bool:
    """Return whether `node` looks like what stands around a text: links, controls, little else."""
    return (
        len(" ".join(node.text().split())) < _SHORT
        or _linked(node) >= _LINKED
        or node.css_first("input, select, textarea") is not None
    )


def _is_of_quotation(footer: LexborNode) -> bool:
    """Return whether `footer` says who is quoted above it."""
    return footer.parent is not None and footer.parent.tag in {"blockquote", "figure"}


def _is_form(form: LexborNode) -> bool:
    if form.css_first("p, table, article, main, h1, h2, h3") is not None:
        return False
    return form.css_first("input, select, textarea, button") is not None
