"""What Telegram makes of a text before it stores it: parsed, cleaned, trimmed, measured."""

import re

from tests.botapi import html
from tests.botapi.html import Entity, utf16_length
from tests.botapi.refusals import bad_request

MAX_BYTES = 32768  # of the text as it is sent, tags and all
MAX_ENTITIES = 100  # further ones are dropped without a word
SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}

# U+2028-202E are line and paragraph separators and the older bidi controls; the three combining
# marks draw over neighbouring lines. Telegram deletes them, with the carriage return.
DELETED = {"\r", "\u030a", "\u0333", "\u033f", *map(chr, range(0x2028, 0x202F))}

USERS_MARKS = [
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")),
    ("url", re.compile(r"https?://\S+")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
]


FOUND_MARKS = [
    ("hashtag", re.compile(r"(?<!\w)#(?=\d*[^\W\d])\w+")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{6,}\d")),
    ("url", re.compile(r"(?<![\w@/.])(?:[\w-]+\.)+(?:com|org|net|me|kz|ru|example)\b(?:/\S*)?")),
]


def formatted(
    raw: str,
    *,
    parse_mode: str | None,
    entities: list[Entity] | None,
    limit: int,
    kind: str,
) -> tuple[str, list[Entity]]:
    """Return the text and entities that Telegram would store for a bot's `raw` text.

    `limit` counts code points of the stored text; `kind` is "message" or "message caption", for
    the words of a refusal. Raises ApiError.
    """
    if len(raw.encode()) > MAX_BYTES:
        raise bad_request("text is too long")
    if parse_mode and parse_mode.lower() == "html":
        text, entities = html.parse(raw)
    elif parse_mode:
        raise bad_request(f"unsupported parse_mode: this server reads HTML, not {parse_mode}")
    else:
        text, entities = raw, entities or []
        refuse_entities_outside(text, entities)
    text, entities = clean(text, entities)
    if len(text) > limit:
        raise bad_request(f"{kind} is too long")
    return text, entities


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without what Telegram takes out, with the entities moved accordingly.

    Control characters, TAB among them, become spaces; space at the end goes, and at the beginning
    up to the first entity; entities left without text vanish.
    """
    kept: list[str] = []
    moved_to: list[int] = []  # UTF-16 offset before -> after
    offset = 0
    for character in text:
        units = utf16_length(character)
        moved_to += [offset] * units
        if character not in DELETED:
            kept.append(" " if character < " " and character != "\n" else character)
            offset += units
    moved_to.append(offset)

    cleaned = "".join(kept).rstrip(" \n")
    end = utf16_length(cleaned)
    placed = []
    for entity in entities:
        start = moved_to[entity["offset"]]
        stop = min(moved_to[entity["offset"] + entity["length"]], end)
        if stop > start:
            placed.append(entity | {"offset": start, "length": stop - start})
    placed.sort(key=lambda entity: (entity["offset"], -entity["length"]))

    leading = len(cleaned) - len(cleaned.lstrip(" \n"))
    if placed:
        leading = min(leading, placed[0]["offset"])
    for entity in placed:
        entity["offset"] -= leading
    return cleaned[leading:], first_entities(placed)


def first_entities(entities: list[Entity]) -> list[Entity]:
    """Return the entities Telegram keeps: links and quotes are counted before bold and italic."""
    by_importance = sorted(entities, key=lambda entity: entity["type"] in SPLITTABLE)
    kept = {id(entity) for entity in by_importance[:MAX_ENTITIES]}
    return [entity for entity in entities if id(entity) in kept]


def refuse_entities_outside(text: str, entities: list[Entity]) -> None:
    """Raise ApiError if an entity that a bot computed itself lies outside its text."""
    length = utf16_length(text)
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= start < stop <= length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {stop}"
            )


def users_entities(text: str) -> list[Entity]:
    """Return the entities Telegram finds in what a person types: commands, @names and links."""
    found = [
        {
            "type": kind,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        for kind, pattern in USERS_MARKS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: entity["offset"])


def tappable(text: str, entities: list[Entity]) -> list[str]:
    """Return what Telegram finds by itself in a bot's text, and lets be tapped: nothing in code, or
    under a link.
    """
    covered = [one for one in entities if one["type"] in {"code", "pre", "text_link"}]
    return [
        match[0]
        for _, pattern in (*USERS_MARKS, *FOUND_MARKS)
        for match in pattern.finditer(text)
        if not any(
            one["offset"] < utf16_length(text[: match.end()])
            and utf16_length(text[: match.start()]) < one["offset"] + one["length"]
            for one in covered
        )
    ]


def marked_text(text: str, entity: Entity) -> str:
    """Return the part of `text` that `entity` covers."""
    start, stop = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[start:stop].decode("utf-16-le")
