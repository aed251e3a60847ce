"""Who speaks in a sentence, where a name stands right beside the verb of speech.

One rule for all languages, with the words of each in `languages/`. A name is a row of words with
capitals. Where anything is in doubt, nobody is named.
"""

import functools
import re
from dataclasses import dataclass

from knowledge.words.patterns import patterns

_QUOTED = re.compile(r"“[^”]*”?|«[^»]*»?|\"[^\"]*\"?")
_WORD = re.compile(r"[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONGEST = 5  # words of a name, and of what its bearer is called before it
_QUOTED_BEFORE = re.compile(r"\n[\s,–—-]*$")  # what was quoted, made into lines
_BEGINS = re.compile(r",\s*$")
_ENDS = re.compile(r"\s*[,.–—]|\s*$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language."""

    says: re.Pattern[str]
    small: re.Pattern[str]
    others: re.Pattern[str] | None
    agree: re.Pattern[str] | None

    def is_name(self, words: list[re.Match[str]]) -> bool:
        """Return whether `words` may name the subject of a verb."""
        last = words[-1].group()
        return not any(self.small.fullmatch(word.group()) for word in words) and not (
            self.others is not None and self.others.search(last)
        )


def speaker_in(sentence: str, language: str) -> tuple[int, int] | None:
    """Return where `sentence` names whoever speaks in it; None where that is not sure.

    The name stands before the verb, in two words or more; or behind it, in an aside or a quotation.

    >>> sentence = "“I am innocent,” said the teacher Anna Karimova."
    >>> start, end = speaker_in(sentence, "en") or (0, 0)
    >>> sentence[start:end]
    'Anna Karimova'
    """
    words = _words(language)
    if words is None:
        return None
    text = _QUOTED.sub(lambda quoted: "\n" * len(quoted.group()), sentence)
    found = set()
    for verb in words.says.finditer(text):
        before = _before(text, verb.start(), words)
        if before and (len(before) > 1 or _QUOTED_BEFORE.search(text[: before[0].start()])):
            found.add((before[0].start(), before[-1].end()))
        behind = _behind(text, verb.end(), words) if verb.lastgroup == "says" else []
        if behind and not before:
            above = text[: verb.start()]
            is_aside = _BEGINS.search(above) and _ENDS.match(text, behind[-1].end())
            if is_aside or _QUOTED_BEFORE.search(above):
                found.add((behind[0].start(), behind[-1].end()))
    return found.pop() if len(found) == 1 else None


def _before(text: str, verb: int, words: _Words) -> list[re.Match[str]]:
    """Return the words of the name that ends right before `verb`, if one does."""
    run: list[re.Match[str]] = []
    end = verb
    for word in reversed(list(_WORD.finditer(text, 0, verb))):
        if text[word.end() : end] != " " or words.small.fullmatch(word.group()):
            if run and word.group()[0].islower() and text[word.end() : end] == " ":
                return []  # "the Ministry of Justice said"
            break
        if not word.group()[0].isupper():
            break
        run.insert(0, word)
        end = word.start()
    if not 0 < len(run) <= _LONGEST or text[: run[0].start()].rstrip()[-1:].isdigit():
        return []  # "On 3 March Daniyar Satayev said"
    return run if words.is_name(run) else []


def _behind(text: str, verb: int, words: _Words) -> list[re.Match[str]]:
    """Return the words of the name behind `verb`, and behind what its bearer is called there:
    "said its spokesman, Major Arnel Quibuyen".
    """
    run: list[re.Match[str]] = []
    end, is_called = verb, False
    for count, word in enumerate(_WORD.finditer(text, verb)):
        between = text[end : word.start()]
        is_near = between == " " or (between == ", " and not run and count > 0)
        if not is_near or (words.small.fullmatch(word.group()) and not run) or count > 2 * _LONGEST:
            break
        if word.group()[0].isupper():
            run.append(word)
        elif run:
            break
        else:
            is_called = True
        end = word.end()
    if not 0 < len(run) <= _LONGEST or (is_called and not _ENDS.match(text, run[-1].end())):
        return []  # "said the head of its Central Asia desk"
    if is_called and words.agree is not None:
        endings = {words.agree.search(word.group()) is not None for word in run}
        if len(endings) > 1:
            return []  # "said the director", of what, and who
    return run if words.is_name(run) else []


@functools.cache
def _words(language: str) -> _Words | None:
    found = patterns("speech").get(language)
    if found is None:
        return None
    return _Words(
        says=re.compile(rf"\b(?:(?P<says>{found['says']})|{found.get('behind', '(?!)')})\b"),
        small=re.compile(found["small"], re.IGNORECASE),
        others=re.compile(rf"(?:{found['others']})$") if "others" in found else None,
        agree=re.compile(rf"(?:{found['agree']})$") if "agree" in found else None,
    )
