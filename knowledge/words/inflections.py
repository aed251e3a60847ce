"""Which dictionary words a written word can be a form of.

A dictionary word is filed under its `head_keys`, and a written word is looked up under its
`written_keys`; where they share a key, the written word can be a form of the dictionary word. The
keys are Snowball stems, and in a language whose `inflections.yaml` has rules for them, the stems of
further forms too. In a language whose file has chains of endings, such as Kazakh, a written word
must consist of a dictionary word and such a chain. Words are in lower case, as
`knowledge.words.lexical.words` gives them.
"""

import functools
import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from knowledge.languages import by_language
from knowledge.words.lexical import terms
from knowledge.words.typed_letters import typed


def _rules_of(language: str) -> Mapping[str, Any]:
    return by_language("inflections").get(language, {})


# --- By stems -------------------------------------------------------------------------------------


def _forms(word: str, rules: Mapping[str, Any]) -> list[str]:
    """Return `word`, and forms of it that Snowball gives another stem."""
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
    """Return whether `head` can take the ending of `written`."""
    rules = _rules_of(language)
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
    """Patterns of what may follow a noun, and the stem of a verb, for one kind of vowel."""

    noun: re.Pattern[str]
    verb: re.Pattern[str]


@functools.cache
def _endings(language: str, *, is_front: bool, is_typed_plainly: bool) -> _Endings:
    rules = _rules_of(language)
    to_front = str.maketrans(rules["to_front"]) if is_front else {}
    parts = {
        "NOUN": rules["noun"],
        "PLURAL": rules["plural"],
        "POSSESSIVE": rules["possessive"],
        "CASE": f"(?:{'|'.join(rules['case'])})",
        "BELONGING": rules["belonging"],
    }
    letters = {"VOWEL": f"[{rules['vowels']}]", "HARD": f"[{rules['hard']}]", "WITH": rules["with"]}

    def pattern(template: str) -> re.Pattern[str]:
        for name, part in parts.items():
            template = template.replace(name, part)
        # Lookbehinds name the vowels of both kinds, and stay as they are.
        template = re.sub(
            r"\(\?<[=!][^)]*\)|[^()]+",
            lambda part: part[0] if part[0].startswith("(?<") else part[0].translate(to_front),
            template,
        )
        for name, letter_class in letters.items():
            template = template.replace(name, letter_class)
        return re.compile(typed(template) if is_typed_plainly else template)

    return _Endings(pattern(rules["noun"]), pattern(rules["verb"].replace(" |", "|")))


def _heads(word: str, rules: Mapping[str, Any]) -> list[str]:
    """Return what forms of `word` can begin with, before their endings; verb stems get a hyphen."""
    voiced = rules["voiced"]
    heads = [word]
    if word[-1] in voiced:
        heads.append(word[:-1] + voiced[word[-1]])
    if re.search(rules["shortened"], word):
        heads.append(word[:-1])
    verbs = (re.sub(end, other, word) for end, other in rules["verbal"] if re.search(end, word))
    verb = next(verbs, word)
    if verb != word and len(verb) > 1:
        heads.append(verb + "-")
        voiceless = {voice: breath for breath, voice in voiced.items()}
        if verb[-1] in voiceless:
            heads.append(verb[:-1] + voiceless[verb[-1]] + "-")
    return heads


def _bases(word: str, language: str, known: Container[str], *, is_typed_plainly: bool) -> list[str]:
    """Return the keys in `known` that give `word` with a chain of endings added, longest first."""
    mark = "~" if is_typed_plainly else ""
    bases = []
    for end in range(len(word), 1, -1):
        noun, verb = mark + word[:end], mark + word[:end] + "-"
        is_noun, is_verb = noun in known, verb in known and end < len(word)
        if not (is_noun or is_verb):
            continue
        possible = [
            _endings(language, is_front=is_front, is_typed_plainly=is_typed_plainly)
            for is_front in (
                (False, True) if is_typed_plainly else _may_be_front(word[:end], language)
            )
        ]
        if is_noun and any(endings.noun.fullmatch(word, end) for endings in possible):
            bases.append(noun)
        if is_verb and any(endings.verb.fullmatch(word, end) for endings in possible):
            bases.append(verb)
    return bases


def _may_be_front(base: str, language: str) -> tuple[bool, ...]:
    """Return the possible answers to whether `base` takes endings with front vowels.

    The last letter of `base` that tells decides; where none does, both answers are possible.
    """
    rules = _rules_of(language)
    for letter in reversed(base):
        if letter in rules["back"]:
            return (False,)
        if letter in rules["front"]:
            return (True,)
        if letter in rules["loose"]:
            break
    return False, True


def on_russian_keys(word: str) -> str:
    """Return `word` as it is typed on a Russian keyboard."""
    return typed(word)


# --- Both sides -----------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)  # words recur among entries, and loading is mostly stemming
def head_keys(word: str, language: str) -> frozenset[str]:
    """Return the keys under which to file the dictionary word `word`."""
    rules = _rules_of(language)
    if "noun" in rules:
        heads = _heads(word, rules)
        return frozenset(heads) | {"~" + typed(head) for head in heads}
    return frozenset(terms(" ".join(_forms(word, rules)), language))


def written_keys(
    word: str, language: str, known: Container[str], *, is_typed_plainly: bool = False
) -> list[str]:
    """Return the keys in `known` under which to look up `word`, best first.

    `is_typed_plainly` says that a Kazakh `word` is typed without the letters that a Russian
    keyboard lacks.
    """
    if "noun" in _rules_of(language):
        return _bases(word, language, known, is_typed_plainly=is_typed_plainly)
    return [stem for stem in terms(word, language) if stem in known]


def fits(written: str, head: str, language: str) -> bool:
    """Return whether `written`, found under a key of `head`, has an ending that `head` can have."""
    return "fits" not in _rules_of(language) or _has_ending(written, head, language)
