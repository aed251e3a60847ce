"""The quotation marks that a browser draws around `<q>`, by the language of the text around it."""

import re

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


def quoted(text: str, language: str, depth: int, style: str | None = None) -> str:
    """Return `text` between the marks of `language`; `depth` counts the `<q>` that it stands in.

    `style` is the value of CSS's property `quotes`. Text that has marks of its own gets no others.
    """
    if not text.strip() or style == "none" or (depth == 0 and text.lstrip().startswith(_OPENING)):
        return text
    own = "".join(re.findall(r"""["'](.+?)["']""", style or ""))
    marks = own if len(own) in {2, 4} else _marks(language.lower())
    place = len(marks) - 2 if depth else 0
    return f"{marks[place]}{text.strip()}{marks[place + 1]}"


def _marks(language: str) -> str:
    return _MARKS.get(language) or _MARKS.get(language.split("-")[0]) or "“”‘’"
