"""Formulas in MathML as a line of text, where they are simple enough for one."""

import re

from selectolax.lexbor import LexborNode

from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.raised import lowered, power

_SPACED = re.compile(r"[=≠<>≤≥≈≡+−±×÷·→∈∝~∼]|-")
_UNSEEN = "\u2061\u2062\u2063\u2064"
_ROWS = {"math", "mrow", "mstyle", "mpadded", "merror", "menclose", "maction"}
_LONGEST = 300  # characters; what is longer is no formula within a sentence
_DEEPEST = 40


def formula(math: LexborNode) -> str:
    """Return the formula `math` as text, or the mark of what cannot be read."""
    text = _read(math, 0)
    if text is None or len(text) > _LONGEST:
        return UNREADABLE
    return " ".join(text.split())


def _read(node: LexborNode, depth: int) -> str | None:
    """Return `node` as text, None if a line of text cannot show it."""
    parts = [child for child in node.iter() if child.is_element_node]
    if depth > _DEEPEST:
        return None
    match node.tag:
        case "mi" | "mn" | "mtext" | "ms":
            return node.text().strip()
        case "mo":
            return _operator(node.text().strip())
        case "mspace":
            return " "
        case "annotation" | "annotation-xml" | "mphantom":
            return ""
        case "semantics" if parts:
            return _read(parts[0], depth + 1)
        case tag if tag in _ROWS:
            return _row(parts, depth)
        case "msqrt":
            inner = _row(parts, depth)
            return None if inner is None else f"√{_grouped(inner)}"
        case "msup" | "msub" | "mfrac" if len(parts) == 2:
            return _pair(node.tag, _read(parts[0], depth + 1), _read(parts[1], depth + 1))
        case "mfenced":
            inner = _row(parts, depth, ", ")
            return None if inner is None else f"({inner})"
    return None


def _row(parts: list[LexborNode], depth: int, between: str = "") -> str | None:
    texts = [_read(part, depth + 1) for part in parts]
    found = [text for text in texts if text is not None]
    return between.join(found) if len(found) == len(texts) else None


def _pair(tag: str, first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return None
    first, second = first.strip(), second.strip()
    if tag == "mfrac":
        return f"{_grouped(first)}/{_grouped(second)}"
    if tag == "msub":
        return _grouped(first) + lowered(second.replace(" ", ""))
    return _grouped(first) + power(second.replace(" ", ""))


def _operator(sign: str) -> str:
    if sign in _UNSEEN:
        return ""
    return f" {sign} " if _SPACED.fullmatch(sign) else sign


def _grouped(text: str) -> str:
    """Return `text`, in brackets where it would read otherwise before or after a sign."""
    return text if re.fullmatch(r"\w*|\([^()]*\)|[\d.,]+", text.strip()) else f"({text})"
