"""Which dictionary words a written word can be a form of.

A dictionary word is filed under `head_keys`, a written one looked up under `written_keys`; where
the two meet, the one can be a form of the other. Words meet by their Snowball stems, in a language
whose `inflections.yaml` has rules by those of further forms too. A language whose file has chains
of endings, as Kazakh, meets by a beginning that is a dictionary word and a rest that is such a
chain. Words are in lower case, as `knowledge.words.lexical.words` gives them.
"""

import functools
import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from knowledge.languages import by_language
from knowledge.words.lexical import terms
from knowledge.words.typed_letters import LETTERS, typed

KAZAKH_LETTER = re.compile(f"[{''.join(map(chr, LETTERS))}]", re.IGNORECASE)


def _known(language: str) -> Mapping[str, Any]:
    return by_language("inflections").get(language, {})


# --- By stems -------------------------------------------------------------------------------------


def _forms(word: str, rules: Mapping[str, Any]) -> list[str]:
    """Return `word` with forms of it whose stems Snowball tells from its own."""
    if "infinitive" not in rules:
        return [word]
    if re.search(rules["infinitive"], word):
        return [word, *_replaced(re.sub(rules["reflexive"], "", word), rules["of_infinitives"])]
    return [word, *_replaced(word, rules["of_others"])]


def _replaced(word: str, rules: Iterable[tuple[str, list[str]]]) -> list[str]:
    return [
        re.sub(end, other, word, count=1)
        for end, others in rules
        if re.search(end, word)
        for other in others
    ]


def _has_ending(written: str, head: str, language: str) -> bool:
    """Return whether the ending of `written` may be one of `head`."""
    rules = _known(language)
    if written == head or re.search(rules["infinitive"], head):
        return True
    stem = terms(written, language)[0]
    if len(stem) < len(head) - 1 and written.startswith(head[:-1]):
        return True
    ending = written[len(stem) :]
    for end, whole, is_one in rules["fits"]:
        if re.search(end, head) and re.fullmatch(whole, ending):
            return bool(is_one)
    return True


# --- By chains of endings -------------------------------------------------------------------------


class _Endings(NamedTuple):
    """What may follow a noun and the stem of a verb, by the kind of vowel."""

    noun: re.Pattern[str]
    verb: re.Pattern[str]


@functools.cache
def _endings(language: str, *, is_front: bool, is_typed_plainly: bool) -> _Endings:
    own = _known(language)
    to_front = str.maketrans(own["to_front"]) if is_front else {}
    parts = {
        "NOUN": own["noun"],
        "PLURAL": own["plural"],
        "POSSESSIVE": own["possessive"],
        "CASE": f"(?:{'|'.join(own['case'])})",
        "BELONGING": own["belonging"],
    }
    letters = {"VOWEL": f"[{own['vowels']}]", "HARD": f"[{own['hard']}]", "WITH": own["with"]}

    def pattern(template: str) -> re.Pattern[str]:
        for name, part in parts.items():
            template = template.replace(name, part)
        # The classes that look back name letters of either kind, and stay.
        template = re.sub(
            r"\(\?<[=!][^)]*\)|[^()]+",
            lambda part: part[0] if part[0].startswith("(?<") else part[0].translate(to_front),
            template,
        )
        for name, one in letters.items():
            template = template.replace(name, one)
        return re.compile(typed(template) if is_typed_plainly else template)

    return _Endings(pattern(own["noun"]), pattern(own["verb"].replace(" |", "|")))


def _heads(word: str, own: Mapping[str, Any]) -> list[str]:
    """Return the beginnings that forms of `word` have; those of a verb end in a hyphen."""
    voiced = own["voiced"]
    heads = [word]
    if word[-1] in voiced:
        heads.append(word[:-1] + voiced[word[-1]])
    if re.search(own["shortened"], word):
        heads.append(word[:-1])
    verbs = (re.sub(end, other, word) for end, other in own["verbal"] if re.search(end, word))
    verb = next(verbs, word)
    if verb != word and len(verb) > 1:
        heads.append(verb + "-")
        voiceless = {voice: breath for breath, voice in voiced.items()}
        if verb[-1] in voiceless:
            heads.append(verb[:-1] + voiceless[verb[-1]] + "-")
    return heads


def _bases(word: str, language: str, known: Container[str], *, is_typed_plainly: bool) -> list[str]:
    """Return the keys in `known` from which endings lead to `word`, longest first."""
    mark = "~" if is_typed_plainly else ""
    bases = []
    for end in range(len(word), 1, -1):
        noun, verb = mark + word[:end], mark + word[:end] + "-"
        is_noun, is_verb = noun in known, verb in known and end < len(word)
        if not (is_noun or is_verb):
            continue
        possible = [
            _endings(language, is_front=is_front, is_typed_plainly=is_typed_plainly)
            for is_front in ((False, True) if is_typed_plainly else _kinds(word[:end], language))
        ]
        if is_noun and any(endings.noun.fullmatch(word, end) for endings in possible):
            bases.append(noun)
        if is_verb and any(endings.verb.fullmatch(word, end) for endings in possible):
            bases.append(verb)
    return bases


def _kinds(base: str, language: str) -> tuple[bool, ...]:
    """Return whether `base` takes endings of front vowels, as the last vowel of it that tells
    decides; both where none does.
    """
    own = _known(language)
    for letter in reversed(base):
        if letter in own["back"]:
            return (False,)
        if letter in own["front"]:
            return (True,)
        if letter in own["loose"]:
            break
    return False, True


def on_russian_keys(word: str) -> str:
    """Return `word` in the letters of a Russian keyboard."""
    return typed(word)


# --- Both sides -----------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)  # an entry's words recur, and stemming is the cost of loading
def head_keys(word: str, language: str) -> frozenset[str]:
    """Return the keys under which the dictionary word `word` is to be filed."""
    rules = _known(language)
    if "noun" in rules:
        heads = _heads(word, rules)
        return frozenset(heads) | {"~" + typed(head) for head in heads}
    return frozenset(terms(" ".join(_forms(word, rules)), language))


def written_keys(
    word: str, language: str, known: Container[str], *, is_typed_plainly: bool = False
) -> list[str]:
    """Return those keys of `known` under which `word` is to be looked up, best first.

    `is_typed_plainly` says of Kazakh that it is written without the letters a Russian keyboard
    lacks.
    """
    if "noun" in _known(language):
        return _bases(word, language, known, is_typed_plainly=is_typed_plainly)
    return [stem for stem in terms(word, language) if stem in known]


def fits(written: str, head: str, language: str) -> bool:
    """Return whether `written`, found under a key of `head`, has an ending that `head` can have."""
    return "fits" not in _known(language) or _has_ending(written, head, language)
