"""Whether a surname such as Karimova is a woman's, or a case of a man's: Karimov.

Russian writes both alike. A woman's given name or patronymic beside it tells; where it stands
alone, the words around it do: "Karimova said" is she, "the case of Karimova" is his. What may be
either is taken for hers, lest something is said of somebody else. English and Kazakh have no such
case.
"""

import re

from knowledge.people.name_parts import middle, parts
from knowledge.people.name_words import is_listed_given, is_ordinary
from knowledge.people.names import fold, keys, readings
from knowledge.words.patterns import of_any, patterns

_WOMANS = re.compile(rf"(?:{of_any('names', 'womans')})$", re.IGNORECASE)
_WOMANS_PATRONYMIC = re.compile(rf"(?:{of_any('names', 'womans_patronymic')})$", re.IGNORECASE)
_WOMANS_END = re.compile(rf"(?:{of_any('names', 'womans_end')})$")
_HER_DEED = re.compile(rf"\w{{2,}}(?:{of_any('names', 'her_deed')})$")
_DONE_TO_HIM = re.compile(rf"\w{{2,}}(?:{of_any('names', 'done_to_him')})$")
_HER_TITLE = re.compile(rf"(?:{of_any('names', 'her_title')})$")
_HERS_ALONE = re.compile(of_any("names", "hers_alone"), re.IGNORECASE)
_BETWEEN = re.compile(rf"[ \u00a0](?:(?:{of_any('names', 'between')})[ \u00a0])*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DASH = re.compile(r"\s*(?:[–—]|-\s)")


def surname_keys(name: str) -> frozenset[str]:
    """Return the keys of the surname in the full `name`, as a text may write it.

    A woman's surname is no form of a man's: Aliya Karimova is not called Karimov.
    """
    form = readings if is_womans(name) else keys
    return frozenset(key for word in parts(name)[1] for key in form(word))


def is_womans(name: str) -> bool:
    """Return whether the full `name` is a woman's, in its base form, by her given names."""
    given, surname = parts(name)
    if not any(_WOMANS.search(word) for word in surname):
        return False
    if any(_WOMANS_PATRONYMIC.search(word) for word in middle(name)):
        return True
    return any(
        is_listed_given(fold(word)) and not any(is_listed_given(key) for key in keys(word)[1:])
        for word in given
        if _WOMANS_END.search(word)
    )


def is_in_doubt(name: str) -> bool:
    """Return whether the given names in `name` leave open whether it is a woman's, or a man's in
    another case. A given name that is in another case itself shows that it is a man's.
    """
    given, _ = parts(name)
    return not any(
        any(is_listed_given(key) for key in keys(word)[1:]) and not is_listed_given(fold(word))
        for word in given
    )


def is_womans_form(word: str, surname: str) -> bool:
    """Return whether `word` may be the surname of a woman where `surname` is a man's."""
    return _WOMANS.search(word) is not None and _WOMANS.search(surname) is None


def is_hers_alone(word: str) -> bool:
    """Return whether `word` is a case of a woman's surname, and of no man's: Karimovoi."""
    return _HERS_ALONE.fullmatch(word) is not None


def may_be_hers(text: str, start: int, end: int, language: str) -> bool:
    """Return whether the surname `text[start:end]`, which ends as a woman's does, may be one."""
    never_his = patterns("names").get(language, {}).get("never_his", "(?!)")
    if re.fullmatch(never_his, text[start:end]) or _DASH.match(text, end):
        return True
    gap = _BETWEEN.match(text, end)
    after = _WORD.match(text, gap.end()) if gap else None
    before = next(iter(reversed(list(_WORD.finditer(text, max(start - 40, 0), start)))), None)
    is_adjacent = before is not None and text[before.end() : start].strip('«"“ \u00a0') == ""
    if after and _HER_DEED.match(after.group()):
        return True
    if before is None or not is_adjacent:
        return after is None or not _DONE_TO_HIM.match(after.group())
    said = before.group()
    is_her_deed = _HER_DEED.match(said) is not None and not is_ordinary(said)
    return is_her_deed or _HER_TITLE.match(said.lower()) is not None
