"""What of a Word document's XML is shown: changes accepted, without what is hidden or struck out.

All of it is done to the tree itself, so that whatever reads it afterwards need not know of it.
"""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from knowledge.reading.formats.docx_styles import Look, Styles, filling, found

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OF_WORD = "http://schemas.microsoft.com/office/"
_RUNS = (qn("w:r"), qn("m:r"))
_SYMBOL = qn("w:sym")
_TEXT = (qn("w:t"), qn("w:delText"), qn("m:t"), _SYMBOL)
_WHITE = re.compile(r"(?:F[A-F]){3}|white", re.IGNORECASE)  # as good as white
_BLACK = "000000"
_NO_TEXT = {qn("w:rPr"), qn("m:rPr"), qn("w:fldChar"), qn("w:instrText")}


def settle(story: Any, styles: Styles) -> int:
    """Leave in `story`, a body or a note, what Word shows. Return how many pieces were deleted.

    Struck out counts as deleted: the page shows that it no longer holds.
    """
    # A comment within a word would cut it in two.
    etree.strip_tags(story, etree.Comment, etree.ProcessingInstruction)
    choose(story)
    deleted = _accept(story) + _drop_unseen(story, styles)
    _join(story, styles)
    return deleted


def choose(story: Any) -> None:
    """Leave of each piece that is written twice, for new and old programs, the one Word shows."""
    for alternative in list(story.iter(f"{_COMPATIBLE}AlternateContent")):
        parent = alternative.getparent()
        if parent is not None:
            for child in list(_branch(alternative)):
                alternative.addprevious(child)
            parent.remove(alternative)


def _branch(alternative: Any) -> Any:
    for choice in alternative.iterchildren(f"{_COMPATIBLE}Choice"):
        needed = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
        if len(choice) and all(name.startswith(_OF_WORD) for name in needed):
            return choice
    fallback = alternative.find(f"{_COMPATIBLE}Fallback")
    return () if fallback is None else fallback


def _accept(story: Any) -> int:
    """Take out what was deleted, or moved elsewhere, with changes tracked. Return how many pieces
    were deleted.
    """
    deleted = 0
    changes = list(story.iter(qn("w:del"), qn("w:moveFrom"), qn("w:cellDel")))
    # Word splits a change where letters begin to look different: it is one to a reader.
    going_on = {change for change in changes if _tag(change.getprevious()) == qn("w:del")}
    for change in changes:
        gone = _deleted(change)
        if gone is not None and gone.getparent() is not None:
            held = _holds_text(gone)
            gone.getparent().remove(gone)
            deleted += held and change not in going_on and change.tag != qn("w:moveFrom")
    return deleted


def _deleted(change: Any) -> Any | None:
    """Return what goes with `change`: a row, a cell or itself; None for a paragraph's end."""
    properties = change.getparent()
    if properties is None or not properties.tag.endswith("Pr"):
        return change
    return properties.getparent() if properties.tag in {qn("w:trPr"), qn("w:tcPr")} else None


def _tag(element: Any | None) -> str | None:
    return None if element is None else element.tag


def _holds_text(element: Any) -> bool:
    return any((sign.text or "").strip() or sign.tag == _SYMBOL for sign in element.iter(*_TEXT))


def _drop_unseen(story: Any, styles: Styles) -> int:
    """Take out hidden letters and those struck out. Return how many pieces were struck out."""
    struck, last, blackened = 0, None, None
    for run in list(story.iter(*_RUNS)):
        paragraph = next(run.iterancestors(qn("w:p")), None)
        look = styles.look(run, paragraph)
        is_unseen = look.is_hidden or look.is_tiny
        if (is_unseen or _is_white(look, run, paragraph, styles)) and (run.getparent() is not None):
            run.getparent().remove(run)
        elif _is_blackened(look) and _holds_text(run):
            _blacken(run, is_first=blackened is None or run.getprevious() is not blackened)
            blackened = run
        elif not look.is_struck:
            last = None if _holds_text(run) else last
        else:
            struck += _holds_text(run) and last is not paragraph
            last = paragraph if _holds_text(run) else last
            for child in list(run):
                if child.tag not in _NO_TEXT:
                    run.remove(child)
    return struck


def _is_white(look: Look, run: Any, paragraph: Any | None, styles: Styles) -> bool:
    """Return whether letters are as white as the paper, as far as the paper is surely white.

    Tables and boxes have colours of their own, by their styles too.
    """
    if not _WHITE.fullmatch(look.colour or "") or paragraph is None:
        return False
    if look.paper is not None:
        return _WHITE.fullmatch(look.paper) is not None
    if any(True for _ in run.iterancestors(qn("w:tbl"), qn("w:txbxContent"))):
        return False
    shaded = [paragraph, *styles.of(paragraph)]
    fillings = [filling(found(each, "w:pPr")) for each in shaded]
    return all(each is None or _WHITE.fullmatch(each) for each in fillings) and (
        run.getroottree().getroot().find(qn("w:background")) is None
    )


def _is_blackened(look: Look) -> bool:
    """Return whether letters are of the colour of what is laid beneath them, mostly black.

    Upon black shading Word makes those white of which no colour is said.
    """
    if look.paper == "black":
        return look.colour in {None, "auto", _BLACK}
    return look.paper is not None and look.paper == look.colour


def _blacken(run: Any, *, is_first: bool) -> None:
    """Leave of `run` a sign for what cannot be read, of several in a row one."""
    for child in list(run):
        if child.tag not in _NO_TEXT:
            run.remove(child)
    if is_first:
        run.append(OxmlElement("w:sym"))


def _join(story: Any, styles: Styles) -> None:
    """Make one of paragraphs where the end of the first is deleted, hidden, or a large initial."""
    # From the end, so that three in a row become one.
    for paragraph in reversed(list(story.iter(qn("w:p")))):
        if not _has_no_end(paragraph, styles):
            continue
        content = [child for child in paragraph if child.tag != qn("w:pPr")]
        below = paragraph.getnext()
        while below is not None and below.tag not in {qn("w:p"), qn("w:tbl"), qn("w:sdt")}:
            below = below.getnext()
        if below is not None and below.tag == qn("w:p"):
            place = 1 if below.find(qn("w:pPr")) is not None else 0
            below[place:place] = content
            paragraph.getparent().remove(paragraph)
        elif not any(True for _ in paragraph.iter(*_RUNS)):
            paragraph.getparent().remove(paragraph)


def _has_no_end(paragraph: Any, styles: Styles) -> bool:
    mark = found(paragraph, "w:pPr/w:rPr")
    frame = found(paragraph, "w:pPr/w:framePr")
    if frame is not None and frame.get(qn("w:dropCap")) in {"drop", "margin"}:
        return True
    if mark is not None and any(mark.find(qn(tag)) is not None for tag in ("w:del", "w:moveFrom")):
        return True
    # A heading that shares its line with what follows is a heading all the same: w:specVanish.
    is_run_in = mark is not None and mark.find(qn("w:specVanish")) is not None
    return bool(styles.look_of_mark(paragraph).is_hidden) and not is_run_in
