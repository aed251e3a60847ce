"""Which dictionary words a written word can be a form of, in English, Russian and Kazakh.

A dictionary word is filed under `head_keys`, a written one looked up under `written_keys`; where
the two meet, the one can be a form of the other. English and Russian words meet by their Snowball
stems, Kazakh words by a beginning that is a dictionary word and a rest that is a chain of Kazakh
endings, each as its vowel harmony and the sound before it demand. Words are in lower case, with ё
as е, as `knowledge.words.lexical.words` gives them.
"""

import functools
import re
from collections.abc import Container
from typing import NamedTuple

from knowledge.words.lexical import terms

# --- Russian --------------------------------------------------------------------------------------

_INFINITIVE = re.compile(r"(?:[аяеиоуы]ть|ти|чь)(?:ся|сь)?$")
# What stands in a past participle for the end of an infinitive: осудить, осуждён.
_SOFTENED = (
    ("стить", "щен"), ("дить", "жен"), ("дить", "жден"), ("тить", "чен"), ("тить", "щен"),
    ("сить", "шен"), ("зить", "жен"), ("бить", "блен"), ("вить", "влен"), ("мить", "млен"),
    ("пить", "плен"), ("фить", "флен"), ("ить", "ен"),
)  # fmt: skip
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_VOWELLESS_END = re.compile(rf"([{_CONSONANTS}])ь?([{_CONSONANTS}])[ая]$")
_FLEETING_END = re.compile(rf"(?<=[{_CONSONANTS}])[ое]([нкц])ь?$")
_VERB_END = re.compile(r"(?:[иея]л[аои]?|[аи]ла|ит|ят|ишь|ите|[еую]т|ешь|ете|[аяеи]ть)(?:с[яь])?$")
_ADJECTIVE_END = re.compile(r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]ми?|[ую]ю|[ыи]х)$")


def _russian_forms(word: str) -> list[str]:
    """Return `word` with forms of it whose stems Snowball tells from its own.

    >>> _russian_forms("пытка")
    ['пытка', 'пытку', 'пыток', 'пытек']
    """
    if _INFINITIVE.search(word):
        return [word, *_verb_forms(re.sub(r"с[яь]$", "", word))]
    forms = [word]
    # Snowball takes the end of some nouns for an ending: режим, Казахстан, Астана.
    if word[-1] in f"{_CONSONANTS}а":
        forms.append(word.removesuffix("а") + "у")
    if vowelless := _VOWELLESS_END.search(word):
        first, last = vowelless.groups()
        forms += [word[: vowelless.start()] + first + vowel + last for vowel in "ое"]
    elif fleeting := _FLEETING_END.search(word):
        forms.append(word[: fleeting.start()] + fleeting[1] + "а")
    return forms


def _verb_forms(verb: str) -> list[str]:
    forms = [verb]
    for end, participle in _SOFTENED:
        if verb.endswith(end):
            forms += [verb.removesuffix(end) + participle + rest for rest in ("", "ный")]
    if verb.endswith("ать"):
        forms.append(verb[:-2] + "нный")
    if verb.endswith(("овать", "евать")):  # требовать, требует
        forms.append(verb[:-5] + "ует")
    if verb.endswith("вести"):  # провести, провёл
        forms += [verb[:-3] + past for past in ("л", "ла")]
    if verb.endswith(("нести", "везти")):  # внести, внёс
        forms += [verb[:-2] + past for past in ("", "ла")]
    return forms


def _russian_fits(written: str, head: str) -> bool:
    """Return whether the ending of `written` may be one of `head`: правит is no form of право."""
    if written == head or _INFINITIVE.search(head):
        return True
    stem = terms(written, "ru")[0]
    if len(stem) < len(head) - 1 and written.startswith(head[:-1]):  # правила, of правило
        return True
    ending = written[len(stem) :]
    if head.endswith("ья"):
        return ending.startswith("ь") or ending in {"ей", "ий"}
    if head[-1] in _CONSONANTS and head[-1] not in "жшчщ" and re.match("ь|ей", ending):
        return False  # судьи and судей are of судья, not of суд
    if _VERB_END.match(ending):
        return False
    return _ADJECTIVE_END.search(head) is not None or len(ending) < 2 or not _is_adjective(ending)


def _is_adjective(ending: str) -> bool:
    # Nouns end so too: судей, людьми, делом.
    return ending not in {"ой", "ей", "ий", "ие", "им", "ими"} and (
        _ADJECTIVE_END.fullmatch(ending) is not None
    )


# --- Kazakh ---------------------------------------------------------------------------------------

_BACK, _FRONT = "аоұыяё", "әеөүіэ"  # и, у and ю stand in words of either kind
_VOWEL = f"[{_BACK}{_FRONT}ю]"
_HARD = "[бвгдкқпстфхһцчшщ]"  # after these an ending begins without voice
# The endings of back vowels; those of front vowels are the same in other letters.
_PLURAL = r"(?:(?:(?<=VOWEL)|(?<=[рйуи]))л|(?<=[лмнңзж])д|(?<=HARD)т)ар"
_POSSESSIVE = r"(?:(?<=VOWEL)(?:сы|мыз|ңыз)|(?<!VOWEL)ы(?:м|ң|мыз|ңыз)?)"
_CASE = (
    r"(?:(?:(?:(?<=VOWEL)|(?<=[мнң]))н|(?<=[рйулзжи])д|(?<=HARD)т)ың"  # of
    r"|(?:(?<=VOWEL)н|(?<=[рйулмнңзжи])д|(?<=HARD)т)ы|(?<=[ыі])н"  # the object
    r"|(?:(?<!HARD)ғ|(?<=HARD)қ)а|(?<=[ыі])на|(?<=[мң])а"  # to
    r"|(?:(?<!HARD)д|(?<=HARD)т|(?<=[ыі])нд)а"  # in
    r"|(?:(?<!HARD)д|(?<=HARD)т|(?<=[мнңыі])н)ан"  # from
    r"|(?:(?:(?<=VOWEL)|(?<=[рйулмнңи]))м|(?<=[зж])б|(?<=HARD)п)ЕН)"  # with; e in either kind
)
_BELONGING = r"(?:(?<!HARD)д|(?<=HARD)т|(?<=[ыі])нд)ағы"  # қамаудағы, who is in detention
_NOUN = (
    rf"(?:{_PLURAL})?(?:{_POSSESSIVE})?"
    rf"(?:{_CASE}|{_BELONGING}(?:{_PLURAL})?(?:{_POSSESSIVE})?(?:{_CASE})?)?"
)
_VERB = (
    r"ы?(?:ы?[лнс]){0,2}(?:[мбп]а)?"  # passive, reflexive, reciprocal; negation
    r"(?:[дт]ы(?:м|ң|қ|ңыз)?|[ғқ]ан(?:NOUN)|(?:а|й)(?:ды|мын|сың|сыз|мыз)?|[ай]тын(?:NOUN)"
    r"|ы?п(?:ты)?|ы?ң(?:дар|ыз(?:дар)?)?"
    r"|мас|са(?:м|ң|қ)?|сын|у(?:NOUN))"
)
_TO_FRONT = str.maketrans("аығқ", "еігк")
# Kazakh typed with the letters of a Russian keyboard; what is filed under such begins with ~.
_ON_RUSSIAN_KEYS = str.maketrans("әғқңөұүһі", "агкноуухи")
KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)


class _Endings(NamedTuple):
    """What may follow a noun and the stem of a verb, by the kind of vowel."""

    noun: re.Pattern[str]
    verb: re.Pattern[str]


def _endings(to_front: dict[int, int], to_keys: dict[int, int]) -> _Endings:
    def pattern(template: str) -> re.Pattern[str]:
        # The classes that look back name letters of either kind, and stay.
        template = re.sub(
            r"\(\?<[=!][^)]*\)|[^()]+",
            lambda part: part[0] if part[0].startswith("(?<") else part[0].translate(to_front),
            template.replace("NOUN", _NOUN),
        )
        for name, letters in (("VOWEL", _VOWEL), ("HARD", _HARD), ("ЕН", "ен")):
            template = template.replace(name, letters)
        return re.compile(template.translate(to_keys))

    return _Endings(pattern(_NOUN), pattern(_VERB))


_BACK_ENDINGS, _FRONT_ENDINGS = _endings({}, {}), _endings(_TO_FRONT, {})
_TYPED_ENDINGS = (_endings({}, _ON_RUSSIAN_KEYS), _endings(_TO_FRONT, _ON_RUSSIAN_KEYS))


def _kazakh_heads(word: str) -> list[str]:
    """Return the beginnings that forms of `word` have; those of a verb end in a hyphen.

    Loans lose a letter before an ending: процесс, процестер; журналист, журналистер.

    >>> _kazakh_heads("құқық"), _kazakh_heads("шегу")
    (['құқық', 'құқығ'], ['шегу', 'шег-', 'шек-'])
    """
    voiced = {"п": "б", "к": "г", "қ": "ғ"}
    heads = [word]
    if word[-1] in voiced:
        heads.append(word[:-1] + voiced[word[-1]])
    if word.endswith(("сс", "ст")):
        heads.append(word[:-1])
    verb = word[:-1] + "й" if word.endswith("ю") else word.removesuffix("у")
    if verb != word and len(verb) > 1:
        heads.append(verb + "-")
        voiceless = {voice: breath for breath, voice in voiced.items()}
        if verb[-1] in voiceless:
            heads.append(verb[:-1] + voiceless[verb[-1]] + "-")
    return heads


def _kazakh_bases(word: str, known: Container[str], *, is_typed_plainly: bool) -> list[str]:
    """Return the keys in `known` from which endings lead to `word`, longest first."""
    mark = "~" if is_typed_plainly else ""
    bases = []
    for end in range(len(word), 1, -1):
        noun, verb = mark + word[:end], mark + word[:end] + "-"
        is_noun, is_verb = noun in known, verb in known and end < len(word)
        if not (is_noun or is_verb):
            continue
        possible = _TYPED_ENDINGS if is_typed_plainly else _endings_after(word[:end])
        if is_noun and any(endings.noun.fullmatch(word, end) for endings in possible):
            bases.append(noun)
        if is_verb and any(endings.verb.fullmatch(word, end) for endings in possible):
            bases.append(verb)
    return bases


def _endings_after(base: str) -> tuple[_Endings, ...]:
    """Return the endings that `base` takes, as the last vowel of it that tells decides."""
    for letter in reversed(base):
        if letter in _BACK:
            return (_BACK_ENDINGS,)
        if letter in _FRONT:
            return (_FRONT_ENDINGS,)
        if letter == "и":  # журналист-ер, but тарих-ы
            break
    return _BACK_ENDINGS, _FRONT_ENDINGS


def on_russian_keys(word: str) -> str:
    """Return `word` in the letters of a Russian keyboard: қайда as кайда."""
    return word.translate(_ON_RUSSIAN_KEYS)


# --- Both sides -----------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)  # an entry's words recur, and stemming is the cost of loading
def head_keys(word: str, language: str) -> frozenset[str]:
    """Return the keys under which the dictionary word `word` is to be filed."""
    if language == "kk":
        heads = _kazakh_heads(word)
        return frozenset(heads) | {"~" + on_russian_keys(head) for head in heads}
    forms = _russian_forms(word) if language == "ru" else [word]
    return frozenset(terms(" ".join(forms), language))


def written_keys(
    word: str, language: str, known: Container[str], *, is_typed_plainly: bool = False
) -> list[str]:
    """Return those keys of `known` under which `word` is to be looked up, best first.

    `is_typed_plainly` says of Kazakh that it is written without the letters a Russian keyboard
    lacks: азаптаган for азаптаған.
    """
    if language == "kk":
        return _kazakh_bases(word, known, is_typed_plainly=is_typed_plainly)
    return [stem for stem in terms(word, language) if stem in known]


def fits(written: str, head: str, language: str) -> bool:
    """Return whether `written`, found under a key of `head`, has an ending that `head` can have."""
    return language != "ru" or _russian_fits(written, head)
