"""The rows and cells of a Word table, whatever stands around them in the XML."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from knowledge.reading.formats.docx_styles import OFF, Styles, found, value

_FIRST_ROW = 0x20  # of the bits of w:tblLook
_WRAPPERS = {qn(f"w:{tag}") for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}


def rows(table: Any) -> Iterator[Any]:
    """Yield the rows of `table` that are shown."""
    for row in _wrapped(table, qn("w:tr")):
        if found(row, "w:trPr/w:hidden") is None:
            yield row


def cells(row: Any) -> Iterator[tuple[int, bool, Any]]:
    """Yield the cells of `row`: their column, and whether they go on with the cell above."""
    place = int(value(row, "w:trPr/w:gridBefore") or 0)
    for cell in _wrapped(row, qn("w:tc")):
        if not _goes_on(found(cell, "w:tcPr/w:hMerge")):
            yield place, _goes_on(found(cell, "w:tcPr/w:vMerge")), cell
        place += int(value(cell, "w:tcPr/w:gridSpan") or 1)


def is_header(row: Any, table: Any, styles: Styles) -> bool:
    """Return whether `row` is said to name the columns of `table`: it stands again on each page, or
    the style of the table sets it apart.
    """
    said = found(row, "w:trPr/w:tblHeader")
    if said is not None and said.get(qn("w:val")) not in OFF:
        return True
    return row is next(rows(table), None) and _is_first_row_styled(table, styles)


def _is_first_row_styled(table: Any, styles: Styles) -> bool:
    look = found(table, "w:tblPr/w:tblLook")
    if look is None:
        return False
    said = look.get(qn("w:firstRow"))
    bits = int(look.get(qn("w:val"), "0"), 16)
    is_first = said not in OFF if said is not None else bool(bits & _FIRST_ROW)
    return is_first and any(
        part.get(qn("w:type")) == "firstRow" and found(part, "w:rPr/w:b") is not None
        for style in styles.chain(value(table, "w:tblPr/w:tblStyle"))
        for part in style.iterchildren(qn("w:tblStylePr"))
    )


def is_bold(row: Any, styles: Styles) -> bool:
    """Return whether all letters in `row` are said to be bold, and there are some."""
    runs = [run for run in row.iter(qn("w:r")) if any(text.text for text in run.iter(qn("w:t")))]
    return bool(runs) and all(
        styles.look(run, next(run.iterancestors(qn("w:p")), None)).is_bold for run in runs
    )


def _goes_on(merge: Any | None) -> bool:
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _wrapped(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children of `parent` called `tag`, those in content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _wrapped(child, tag)
