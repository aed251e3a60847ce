"""Who speaks in a sentence, if a name stands right beside the verb of speech.

There is one rule for all languages, with the words of each in `languages/`. A name is a row of
words with capitals. Where anything is in doubt, nobody is named.
"""

import functools
import re
from dataclasses import dataclass

from knowledge.words.patterns import patterns

_QUOTED = re.compile(r"“[^”]*”?|«[^»]*»?|\"[^\"]*\"?")
_WORD = re.compile(r"[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONGEST = 5  # words of a name, and of the role before it
_QUOTED_BEFORE = re.compile(r"\n[\s,–—-]*$")  # a quotation, which was blanked out by line ends
_BEGINS = re.compile(r",\s*$")
_ENDS = re.compile(r"\s*[,.–—]|\s*$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language; its `speech.yaml` says what each is for."""

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
    """Return where `sentence` names whoever speaks in it; None if that is not certain.

    The name stands before the verb, in two words or more or after a quotation, or it stands after
    the verb, if that follows a quotation or begins an aside.

    >>> sentence = "“I am innocent,” said the teacher Anna Karimova."
    >>> start, end = speaker_in(sentence, "en") or (0, 0)
    >>> sentence[start:end]
    'Anna Karimova'
    """
    words = _words(language)
    if words is None:
        return None
    text = _QUOTED.sub(lambda quoted: "\n" * len(quoted.group()), sentence)
    names = set()
    for verb in words.says.finditer(text):
        before = _before(text, verb.start(), words)
        if before and (len(before) > 1 or _QUOTED_BEFORE.search(text[: before[0].start()])):
            names.add((before[0].start(), before[-1].end()))
        after = _after(text, verb.end(), words) if verb.lastgroup == "says" else []
        if after and not before:
            head = text[: verb.start()]
            is_aside = _BEGINS.search(head) and _ENDS.match(text, after[-1].end())
            if is_aside or _QUOTED_BEFORE.search(head):
                names.add((after[0].start(), after[-1].end()))
    return names.pop() if len(names) == 1 else None


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


def _after(text: str, verb: int, words: _Words) -> list[re.Match[str]]:
    """Return the words of the name after `verb`, and after a role that its bearer has there: "said
    its spokesman, Major Arnel Quibuyen".
    """
    run: list[re.Match[str]] = []
    end, has_role = verb, False
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
            has_role = True
        end = word.end()
    if not 0 < len(run) <= _LONGEST or (has_role and not _ENDS.match(text, run[-1].end())):
        return []  # "said the head of its Central Asia desk"
    if has_role and words.agree is not None:
        endings = {words.agree.search(word.group()) is not None for word in run}
        if len(endings) > 1:
            return []  # "said the director", then of what, and who
    return run if words.is_name(run) else []


@functools.cache
def _words(language: str) -> _Words | None:
    known = patterns("speech").get(language)
    if known is None:
        return None
    return _Words(
        says=re.compile(rf"\b(?:(?P<says>{known['says']})|{known.get('behind', '(?!)')})\b"),
        small=re.compile(known["small"], re.IGNORECASE),
        others=re.compile(rf"(?:{known['others']})$") if "others" in known else None,
        agree=re.compile(rf"(?:{known['agree']})$") if "agree" in known else None,
    )
