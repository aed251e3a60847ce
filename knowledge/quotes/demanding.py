"""Who demands what in a sentence: the verb of demand, and its subject where that is certain.

There is one rule for all languages, with the words of each in `languages/`. A clause demands if its
verb is one of demand, if what follows says that something should be done, and if its subject is one
that makes demands, or its addressee one that demands are made of. Where any of that is in doubt,
the clause demands nothing.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.words.patterns import patterns

_MARKS = re.compile(r"[“”«»\"„]")
_ITEM = re.compile(r"\W*(?:\(?\w{1,4}[.)]\s+)*\W*")
_LONGEST = 14  # words of a name
_NOTHING = r"(?!)"
Who = Literal["speaker", "pronoun", "body", "name", "other"]
_ALONE = frozenset(["alone", "told_alone"])  # kinds of verbs that need nothing after them


@dataclass(frozen=True, slots=True)
class Demand:
    """A verb of demand at [start, end) of a sentence.

    `who` is the stretch of the sentence that names who demands; None if that is not certain.
    `is_headless` says that the clause begins with the verb and has no subject, so that who demands
    is named above.
    """

    start: int
    end: int
    who: tuple[int, int] | None = None
    is_headless: bool = False


def demand_in(sentence: str, language: str) -> Demand | None:
    """Return the first demand in `sentence`; None if there is none, or if no words for demands are
    known in `language`.
    """
    words = words_of(language)
    if words is None:
        return None
    text = _MARKS.sub(" ", sentence)
    demands = _demands_at_the_end(text, words) if words.is_last else _demands(text, sentence, words)
    demand = next(demands, None)
    if demand is None or demand.who is None:
        return demand
    return replace(demand, who=_with_marks(sentence, *demand.who))


def _with_marks(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of `sentence` with the quotation marks around a name that begins or ends
    it: «Memory» Foundation.
    """
    is_opened = start > 0 and _MARKS.match(sentence, start - 1) is not None
    is_closed = _MARKS.match(sentence, end) is not None
    is_whole = len(_MARKS.findall(sentence, start, end)) % 2 == 0
    if is_whole:
        return (start - 1, end + 1) if is_opened and is_closed else (start, end)
    return start - is_opened, end + (is_closed and not is_opened)


def is_name(line: str, language: str) -> bool:
    """Return whether `line` is the name of somebody who makes demands, and nothing else."""
    words = words_of(language)
    return words is not None and words.body.search(line) is not None and _is_one(line, words)


def announces_demands(lead: str, language: str) -> bool:
    """Return whether `lead`, which ends in a colon, says that demands follow."""
    words = words_of(language)
    return words is not None and words.heading.search(lead) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language; its `demands.yaml` says what each is for."""

    verb: re.Pattern[str]
    act: re.Pattern[str]
    bare: re.Pattern[str]
    asking: re.Pattern[str]
    body: re.Pattern[str]
    bodies: re.Pattern[str]
    addressee: re.Pattern[str]
    between: re.Pattern[str]
    never: re.Pattern[str]
    finite: re.Pattern[str]
    pronoun: re.Pattern[str]
    speaker: re.Pattern[str]
    boundary: re.Pattern[str]
    speaking: re.Pattern[str]
    opens: re.Pattern[str]
    inflected: re.Pattern[str]
    owned: re.Pattern[str]
    relative: re.Pattern[str]
    doubted: re.Pattern[str]
    heading: re.Pattern[str]
    is_last: bool


def _demands(text: str, sentence: str, words: Words) -> Iterator[Demand]:
    """Yield the demands of `text`, which is `sentence` without its quotation marks, in a language
    in which the subject stands before the verb.
    """
    for verb in words.verb.finditer(text):
        kind = verb.lastgroup or ""
        after = text[verb.end() :]
        says_what = words.act.match(after.lstrip()) is not None
        clause = _clause(text, verb.start(), words, has_subject=kind != "going")
        if clause is None or not (says_what or kind in _ALONE):
            continue
        start, end = clause
        is_told = kind.startswith("told")
        asks_body = words.addressee.search(re.split("[.;]", after)[0]) is not None
        if start == end:
            before = text[: verb.start()]
            is_item = _ITEM.fullmatch(before) is not None and before.strip() != ""
            is_bidding = is_told or kind == "going" or words.bare.fullmatch(verb.group())
            if is_item and not is_bidding:
                yield Demand(verb.start(), verb.end(), is_headless=True)
            elif asks_body and words.body.search(before):
                yield Demand(verb.start(), verb.end())
        elif kind != "going" and not words.doubted.search(text[:start]):
            who = _who(sentence, start, end, verb.group(), words)
            is_asking = words.asking.fullmatch(verb.group()) is not None
            told = {"says_what": says_what, "is_told": is_told, "asks_body": asks_body}
            if _may_demand(who, is_asking=is_asking, **told):
                is_sure = who in {"body", "name"} and _is_one(text[start:end], words)
                yield Demand(verb.start(), verb.end(), (start, end) if is_sure else None)


def _may_demand(
    who: Who, *, is_asking: bool, says_what: bool, is_told: bool, asks_body: bool
) -> bool:
    """Return whether `who`, as the subject of a verb, may demand.

    `is_asking` says that the verb may as well ask a question, `says_what` that what should be done
    follows, `is_told` that the verb tells of a past event, and `asks_body` that the demand is made
    of somebody who acts on demands.
    """
    if is_asking and who != "speaker":
        return asks_body
    match who:
        case "speaker":
            return asks_body or not is_told
        case "pronoun":
            return asks_body or (says_what and not is_told)
        case "other":
            return asks_body and not is_told
        case "name":
            return asks_body
        case "body":
            return True


def _who(sentence: str, start: int, end: int, verb: str, words: Words) -> Who:
    """Return what kind of subject of `verb` stands at [start, end) of `sentence`."""
    subject = _MARKS.sub(" ", sentence[start:end])
    *_, last = subject.split()
    if words.speaker.fullmatch(last) or words.speaking.fullmatch(verb):
        return "speaker"
    if words.pronoun.fullmatch(last) or words.pronoun.match(subject):
        return "pronoun"
    is_quoted = start > 0 and _MARKS.match(sentence, start - 1) and _MARKS.match(sentence, end)
    if words.body.search(subject) or is_quoted:  # «Memory» demands
        return "body"
    return "name" if _is_name(subject) and not words.speaker.search(subject) else "other"


def _is_one(subject: str, words: Words) -> bool:
    """Return whether `subject` is certainly one name, with nothing before it."""
    return (
        len(subject.split()) <= _LONGEST
        and not words.opens.match(subject)
        and not words.bodies.search(subject)
    )


def _clause(text: str, verb: int, words: Words, *, has_subject: bool) -> tuple[int, int] | None:
    """Return where the subject before the verb at `verb` begins and ends, the same place if there
    is none; None if its clause demands nothing.

    With `has_subject`, the subject may stand before an aside: "MEPs, after a debate, urge".
    """
    bounds = list(words.boundary.finditer(text, 0, verb))
    end = verb
    begin = bounds[-1].end() if bounds else 0
    while (last := words.between.search(text[begin:end].rstrip())) is not None:
        end = begin + last.start()
    start, end = _stripped(text, begin, end)
    if has_subject and start == end and len(bounds) > 1 and bounds[-1].group().strip() == ",":
        *bounds, aside, _ = bounds
        start, end = _stripped(text, bounds[-1].end() if bounds else 0, aside.start())
    subject = text[start:end]
    is_relative = bounds and words.relative.fullmatch(bounds[-1].group().strip(" ,"))
    if is_relative or words.finite.search(subject) or words.never.search(subject):
        return None
    return start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of `text` without white space around it and the mark of an item."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    if start < end and (item := _ITEM.match(text, start, end)) is not None:
        start = min(item.end(), end)
    return start, max(start, start + len(text[start:end].rstrip()))


def _is_name(subject: str) -> bool:
    """Return whether `subject` is only a name: two words or more, each with a capital."""
    return len(subject.split()) > 1 and all(word[:1].isupper() for word in subject.split())


def _demands_at_the_end(text: str, words: Words) -> Iterator[Demand]:
    """Yield the demands of `text`, in a language in which the verb stands last."""
    for verb in words.verb.finditer(text):
        kind = verb.lastgroup or ""
        clause = re.split("[.;]", text[: verb.start()])[-1]
        begin = verb.start() - len(clause)
        if kind in {"verbs", "told"} and not words.act.search(clause):
            continue
        body = words.body.search(clause)
        if kind.startswith("told") and body is None:
            continue
        if body is None:
            yield Demand(verb.start(), verb.end())
            continue
        start, end = _stripped(text, begin, begin + body.end())
        following = clause[body.end() :].split(maxsplit=1)
        is_sure = (
            not words.speaking.fullmatch(verb.group())
            and "," not in text[start:end]
            and len(text[start:end].split()) <= _LONGEST
            and not any(map(words.inflected.fullmatch, text[start:end].split()[:-1]))
            and not (following and words.owned.fullmatch(following[0]))
        )
        yield Demand(verb.start(), verb.end(), (start, end) if is_sure else None)


@functools.cache
def words_of(language: str) -> Words | None:
    """Return the words of demands in `language`; None if none are known."""
    known: Mapping[str, str] | None = patterns("demands").get(language)
    if known is None:
        return None

    def whole(key: str, before: str = r"\b", after: str = r"\b", flags: int = 0) -> re.Pattern[str]:
        return re.compile(f"{before}(?:{known.get(key, _NOTHING)}){after}", flags)

    bodies = known["bodies"]
    kinds = ("alone", "told_alone", "verbs", "told", "going")
    verbs = "|".join(f"(?P<{kind}>{known.get(kind, _NOTHING)})" for kind in kinds)
    return Words(
        verb=re.compile(rf"\b(?:{verbs})(?:\b|(?<= ))", re.IGNORECASE),
        act=re.compile(known["act"]),
        bare=whole("bare"),
        asking=whole("asking"),
        body=whole("bodies"),
        bodies=re.compile(rf"\b(?:{bodies}) (?:{bodies})\b"),
        addressee=whole("addressees", flags=re.IGNORECASE),
        between=whole("between", after=r"$", flags=re.IGNORECASE),
        never=whole("never", after=r"$", flags=re.IGNORECASE),
        finite=whole("finite"),
        pronoun=whole("pronouns", flags=re.IGNORECASE),
        speaker=whole("speakers", flags=re.IGNORECASE),
        speaking=whole("speaking", flags=re.IGNORECASE),
        opens=whole("opens", flags=re.IGNORECASE),
        inflected=whole("inflected"),
        owned=whole("owned"),
        boundary=re.compile(known.get("boundary", _NOTHING)),
        relative=whole("relative", flags=re.IGNORECASE),
        doubted=whole("doubted", flags=re.IGNORECASE),
        heading=whole("heading", flags=re.IGNORECASE),
        is_last="is_last" in known,
    )
