"""Telegram's HTML: a text with tags becomes a plain text and entities, or is refused.

The rules and the words are those of TDLib, on which the Bot API server stands. Two things are
stricter: Telegram silently drops a blockquote inside a blockquote, and markup inside code or pre;
a test wants to hear of either, so both are refused here.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from tests.botapi.refusals import ApiError, bad_request

Entity = dict[str, Any]

ENTITY_OF_TAG = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}

SPACE = " \t\r\n\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[a-zA-Z]+));?")


@dataclass(slots=True)
class OpenTag:
    """A start tag still waiting for its end tag; `start` counts UTF-16 units."""

    name: str
    attributes: dict[str, str]
    start: int
    text_before: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the text without its tags and the entities they made, outer ones first.

    Raises ApiError with "can't parse entities: ..." as Telegram words it; offsets count bytes of
    `source` in UTF-8.

    >>> parse("<b>A</b> &amp; <i></i>B")
    ('A & B', [{'type': 'bold', 'offset': 0, 'length': 1}])
    """
    text = ""
    entities: list[Entity] = []
    open_tags: list[OpenTag] = []
    position = 0
    while position < len(source):
        begin = source.find("<", position)
        if begin < 0:
            begin = len(source)
        text += decode(source[position:begin])
        if begin == len(source):
            break
        if source.startswith("</", begin):
            name, position = read_end_tag(source, begin, open_tags)
            entity = entity_of(open_tags.pop(), text)
            if entity is not None:
                merge_code_into_pre(entities, entity)
        else:
            name, attributes, position = read_start_tag(source, begin)
            refuse_forbidden_nesting(source, begin, name, open_tags)
            open_tags.append(OpenTag(name, attributes, utf16_length(text), len(text)))
    if open_tags:
        raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].name}"')
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise cannot_parse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def read_start_tag(source: str, begin: int) -> tuple[str, dict[str, str], int]:
    """Return the name and attributes of the tag that begins at `begin`, and where it ends."""
    at = f"at byte offset {byte_offset(source, begin)}"
    position = skip_until(source, begin + 1, SPACE + ">")
    if position == len(source):
        raise cannot_parse(f"Unclosed start tag {at}")
    name = source[begin + 1 : position].lower()
    if name not in ENTITY_OF_TAG:
        raise cannot_parse(f'Unsupported start tag "{name}" {at}')
    attributes: dict[str, str] = {}
    while True:
        position = skip_while(source, position, SPACE)
        if source[position : position + 1] == ">":
            break
        start = position
        position = skip_until(source, position, SPACE + "=>/\"'")
        attribute = source[start:position]
        if not attribute:
            raise cannot_parse(f'Empty attribute name in the tag "{name}" {at}')
        position = skip_while(source, position, SPACE)
        if source[position : position + 1] != "=":
            if position == len(source):
                raise cannot_parse(f'Unclosed start tag "{name}" {at}')
            attributes[attribute] = ""
            continue
        position = skip_while(source, position + 1, SPACE)
        if position == len(source):
            raise cannot_parse(f'Unclosed start tag "{name}" {at}')
        attributes[attribute], position = read_value(source, position)
        if position >= len(source):
            raise cannot_parse(f"Unclosed start tag {at}")
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise cannot_parse(f'Tag "span" must have class "tg-spoiler" {at}')
    return name, attributes, position + 1


def read_value(source: str, position: int) -> tuple[str, int]:
    """Return the attribute value at `position`, quoted or a bare token, and where it ends."""
    quote = source[position]
    if quote in "\"'":
        end = skip_until(source, position + 1, quote)
        return decode(source[position + 1 : end]), end + 1
    end = position
    while end < len(source) and (
        (source[end].isascii() and source[end].isalnum()) or source[end] in ".-"
    ):
        end += 1
    if end < len(source) and source[end] not in SPACE + ">":
        raise cannot_parse(
            f"Unexpected end of name token at byte offset {byte_offset(source, position)}"
        )
    return source[position:end].lower(), end


def read_end_tag(source: str, begin: int, open_tags: list[OpenTag]) -> tuple[str, int]:
    """Return the name of the end tag at `begin` and where it ends; it must close the last tag."""
    at = f"at byte offset {byte_offset(source, begin)}"
    if not open_tags:
        raise cannot_parse(f"Unexpected end tag {at}")
    end = skip_until(source, begin + 2, SPACE + ">")
    name = source[begin + 2 : end].lower()
    end = skip_while(source, end, SPACE)
    if source[end : end + 1] != ">":
        raise cannot_parse(f"Unclosed end tag {at}")
    expected = open_tags[-1].name
    if name and name != expected:
        raise cannot_parse(f'Unmatched end tag {at}, expected "</{expected}>", found "</{name}>"')
    return expected, end + 1


def refuse_forbidden_nesting(source: str, begin: int, name: str, open_tags: list[OpenTag]) -> None:
    """Raise ApiError for the nestings that Telegram drops without a word."""
    around = [tag.name for tag in open_tags]
    literal = [tag for tag in around if tag in {"code", "pre"}]
    if name == "blockquote" and "blockquote" in around:
        inside = "blockquote"
    elif not literal or (len(literal) == 1 and {name, around[-1]} == {"code", "pre"}):
        return
    else:
        inside = literal[-1]
    raise cannot_parse(
        f'Tag "{name}" can\'t be nested in the tag "{inside}" '
        f"at byte offset {byte_offset(source, begin)}"
    )


def entity_of(tag: OpenTag, text: str) -> Entity | None:
    """Return the entity that the closed `tag` made of the end of `text`, or None."""
    length = utf16_length(text) - tag.start
    if length == 0:
        return None
    entity: Entity = {"type": ENTITY_OF_TAG[tag.name], "offset": tag.start, "length": length}
    if tag.name == "a":
        link = link_entity(tag.attributes.get("href") or text[tag.text_before :])
        return None if link is None else entity | link
    if tag.name == "blockquote" and "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    elif tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
        entity["language"] = tag.attributes["class"].removeprefix("language-")
    elif tag.name == "tg-emoji":
        identifier = tag.attributes.get("emoji-id", "")
        if not identifier.isdecimal() or int(identifier) == 0:
            raise cannot_parse("Invalid custom emoji identifier specified")
        entity["custom_emoji_id"] = identifier
    elif tag.name == "tg-time":
        if not re.fullmatch(r"r|w?[dD]?[tT]?", tag.attributes.get("format", "")):
            raise cannot_parse("Invalid date format specified")
        if not tag.attributes.get("unix", "").isdecimal():
            return None
        entity["unix_time"] = int(tag.attributes["unix"])
        entity["date_time_format"] = tag.attributes.get("format", "")
    return entity


def merge_code_into_pre(entities: list[Entity], entity: Entity) -> None:
    """Add `entity`; `<pre><code class="language-x">` over the same text becomes one entity."""
    last = entities[-1] if entities else {}
    same_place = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if same_place and {last["type"], entity["type"]} == {"code", "pre"}:
        language = last.get("language") or entity.get("language")
        if language:
            last.update(type="pre", language=language)
            return
    entities.append(entity)


def link_entity(url: str) -> Entity | None:
    """Return what a link adds to its entity, or None: Telegram drops what is not a link."""
    parts = split_url(url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url) else f"http://{url}")
    if parts.scheme == "tg" and parts.netloc == "user":
        identifier = parse_qs(parts.query).get("id", [""])[0]
        if identifier.isdecimal():
            return {"type": "text_mention", "user": {"id": int(identifier)}}
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"} or " " in url:
        return None
    if parts.scheme in {"http", "https"}:
        if "." not in (parts.hostname or "").strip("."):
            return None
        parts = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/")
    return {"type": "text_link", "url": parts.geturl()}


def split_url(url: str) -> SplitResult:
    """Return the parts of a URL, empty ones if it can't be one."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def decode(text: str) -> str:
    """Return `text` with its character references read: four names and numbers, no others."""
    return REFERENCE.sub(decode_reference, text)


def decode_reference(match: re.Match[str]) -> str:
    """Return the character a reference stands for, or the reference as it is written."""
    if match["name"]:
        return NAMED.get(match["name"], match[0])
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    too_long = len(match[0].removesuffix(";")) >= 10
    return match[0] if code == 0 or code >= 0x10FFFF or too_long else chr(code)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units `text` takes, which is what Telegram's offsets count."""
    return len(text) + sum(character > "\uffff" for character in text)


def byte_offset(source: str, position: int) -> int:
    """Return how many bytes of UTF-8 come before `position`."""
    return len(source[:position].encode())


def skip_while(source: str, position: int, characters: str) -> int:
    """Return the first place from `position` that holds none of `characters`."""
    while position < len(source) and source[position] in characters:
        position += 1
    return position


def skip_until(source: str, position: int, characters: str) -> int:
    """Return the first place from `position` that holds one of `characters`, or the end."""
    while position < len(source) and source[position] not in characters:
        position += 1
    return position


def cannot_parse(reason: str) -> ApiError:
    """Return the 400 for markup that can't be read."""
    return bad_request(f"can't parse entities: {reason}")
