"""The rows and cells of a Word table, whatever stands around them in the XML."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from knowledge.readers.docx_styles import found, value

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


def _goes_on(merge: Any | None) -> bool:
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _wrapped(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children of `parent` called `tag`, those in content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _wrapped(child, tag)
