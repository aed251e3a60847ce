"""A run of text as it was gathered from a page, to paragraphs."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from knowledge.reading.formats import UNREADABLE, BlockText
from knowledge.reading.formats.broken_words import is_broken, known_words, mended
from knowledge.reading.formats.lists import LIST_ITEM, grouped
from knowledge.words.text import one_line

GAP = "\x1f"
"""Stands where a page shows two boxes side by side: a space, if words would else grow together."""

PICTURE = "\x1e"
"""Stands for a picture in a run of text: within a sentence it says what cannot be read."""

_GAP = re.compile(rf"(?<=\w){GAP}+(?=\w)")
_TAIL = 8  # characters that tell whether a line ends a sentence
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_DRAWN = re.compile(rf"\s?{PICTURE}(?:\s?{PICTURE})*\s?")
_GOES_ON = set(".,;:=+<>%)]")  # what no sentence begins with
_BOXES = {"span", "a", "b", "strong", "em", "i", "small", "label", "time", "button", "cite", "data"}


def paragraphs(text: str) -> Iterator[BlockText]:
    """Yield `text` cut where a line is blank, where one ends a sentence, and into marked items."""
    if "\n" not in text:
        if line := flat(text):
            yield "paragraph", line
        return
    lines = [flat(line) for line in text.split("\n")]
    has_items = sum(LIST_ITEM.match(line) is not None for line in lines) > 1
    found: list[list[str]] = []
    before = ""
    for line in lines:
        is_item = has_items and LIST_ITEM.match(line) is not None
        if not (line and before) or is_item or _SENTENCE_END.search(before):
            found.append([])
        found[-1].append(line)
        before = line[-_TAIL:]
    words = known_words(lines) if any(map(is_broken, lines)) else None
    joined = (" ".join(part) if words is None else mended(part, words) for part in found)
    yield from grouped(line for line in joined if line)


def flat(text: str) -> str:
    """Return `text` on one line, whatever breaks are in it."""
    return one_line(_pictures(_gaps(text)))


def _gaps(text: str) -> str:
    return _GAP.sub(" ", text).replace(GAP, "") if GAP in text else text


def _pictures(text: str) -> str:
    if PICTURE not in text:
        return text
    return _DRAWN.sub(_read_picture, text)


def _read_picture(found: re.Match[str]) -> str:
    """Return what is read for a picture: nothing between sentences, a mark within one."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - _TAIL) : start], text[end : end + 1]
    is_first = not before.strip() or _SENTENCE_END.search(before) is not None
    if is_first and not (after.islower() or after in _GOES_ON):
        return " "
    if not before.strip() and not after:
        return ""
    return found[0].replace(PICTURE, "", found[0].count(PICTURE) - 1).replace(PICTURE, UNREADABLE)


def parted(node: LexborNode, before: str) -> bool:
    """Return whether the box `node` is drawn apart from the one right before it, which ends with
    `before`: links to two places, or boxes of two classes with "Born" and "1953" in them.
    """
    last = node.prev
    if last is None or last.tag not in _BOXES or node.tag not in _BOXES:
        return False
    if not before[-1:].isalnum():
        return False
    if "button" in (node.tag, last.tag):
        return True
    if node.tag == last.tag == "a":
        return node.attributes.get("href") != last.attributes.get("href")
    classes = node.attributes.get("class"), last.attributes.get("class")
    after = node.text().lstrip()[:1]
    if not all(classes) or classes[0] == classes[1] or not after:
        return False
    is_new_word = before[-1].islower() and after.isupper()
    return is_new_word or before[-1].isdigit() != after.isdigit()
