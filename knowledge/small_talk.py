"""What a message says beside its question: greetings, thanks, "could you tell me, please".

The phrases lie in `small_talk.yaml`. A message of nothing else is small talk.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from knowledge.lexical import words

SmallTalk = Literal["greeting", "thanks", "farewell", "about"]

_KINDS: tuple[SmallTalk, ...] = get_args(SmallTalk)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def small_talk_of(text: str) -> SmallTalk | None:
    """Return what the message `text` is if it says nothing but small talk; None otherwise.

    Of a message that says several the last kind in the order of SmallTalk counts: "Hello! Who are
    you?" asks about the bot.
    """
    left = words(text)
    if _asks_what_bot_is(left):
        return "about"
    found: set[SmallTalk] = set()
    while left:
        kind, count = _at_head(left)
        if not count:
            return None
        if kind is not None:
            found.add(kind)
        left = left[count:]
    return next((kind for kind in reversed(_KINDS) if kind in found), None)


def without_courtesy(text: str) -> str:
    """Return `text` without greetings and thanks at its ends; the whole of it if that is all.

    >>> without_courtesy("Hello! Could you tell me who Bokayev is? Thank you.")
    'who Bokayev is?'
    """
    rest = text
    while True:
        kind, count = _at_head(words(rest))
        found = list(_WORD.finditer(rest))
        if kind not in {"greeting", "thanks"} or not count or count >= len(found):
            break
        if found[count][0].lower() == "to":
            break  # thanks to whom?
        end = found[count - 1].end()
        if re.match(r"\s\w", rest[end:]) and not _opens(rest[:end]):
            break  # "ok" and "пока" begin questions as well
        rest = rest[end:].lstrip(" ,.!;:–—-)(")
    rest = _INTRODUCES.sub("", rest)
    before = ""
    while rest != before:
        before = rest
        rest = _LEADS.sub("", _TRAILS.sub(r"\g<end>", rest)).strip()
    return rest if _WORD.search(rest) else text


def asking(text: str) -> str:
    """Return those sentences of `text` that end in a question mark; all of it where none does.

    One that only asks whether anything is said about that is left out, and what is told is asked.

    >>> asking("I heard a judge lost her job. Is there anything about it in the text?")
    'I heard a judge lost her job.'
    """
    sentences = _SENTENCE_END.split(text)
    asked = " ".join(sentence for sentence in sentences if sentence.endswith("?"))
    told = " ".join(sentence for sentence in sentences if not sentence.endswith("?"))
    if asked and told and _OF_WHAT_IS_TOLD.fullmatch(asked):
        return told
    return without_courtesy(asked) if asked else text


def aside_of(text: str) -> str:
    """Return what `text` tells of its asker before it asks; nothing if it does not.

    >>> aside_of("For my paper: what does it say about torture?")
    'For my paper: '
    """
    found = _ASIDE.match(text)
    if found is None or _GOES_ON.search(_SENTENCE_END.split(text[found.end() :])[0]):
        return ""
    return found[0]


def _opens(said: str) -> bool:
    return _THANKS.search(said) is not None or _at_head(words(said))[0] == "greeting"


# Whether a text says anything of what was told: "Is there anything about it?"
_OF_WHAT_IS_TOLD = re.compile(
    r"\W*(?:(?:is|are) there (?:(?:something|anything|any \w+) )?"
    r"|(?:is|was) (?:something|anything) (?:(?:said|written|mentioned|there) )?"
    r"|(?:do|does) (?:the|your|this) (?:text|documents?|resolution|article) (?:say|have) "
    r"(?:(?:something|anything) )?)"
    r"(?:about|on) (?:this|that|it)(?: in (?:the|your|this) \w+)?\W*"
    r"|\W*(?:(?:а|там|у вас|есть|ли|сказано|говорится|написано|известно|что-нибудь|что-то|что-либо"
    r"|что|в (?:тексте|документе|резолюции|статье)) ){1,6}(?:об этом|про это)"
    r"(?: (?:есть|там|сказано|написано|что-нибудь|в (?:тексте|документе|резолюции)))?\W*"
    r"|\W*(?:бұл|осы|ол) (?:туралы|жайлы|жайында|жөнінде) (?:(?:құжат|мәтін|қарар)\w* )?"
    r"(?:(?:бірдеңе|бірнәрсе|дерек|не|нені) )?"
    r"(?:бар|айтыл\w+|жазыл\w+|делінген)(?: ма| ме)?\W*",
    re.IGNORECASE,
)
_THANKS = re.compile(r"thank|спасибо|благодар|ра[хқ]мет", re.IGNORECASE)
# Who somebody is who asks, and that they ask.
_INTRODUCES = re.compile(
    r"^\W*(?:my name is|i am|i'm|меня зовут|менің атым"
    r"|менің есімім)\s+[^\W\d_]+(?:\s+[A-ZА-ЯӘҚҒҮҰҢӨІ]\w+)?"
    r"[.,!;]\s*(?=\S)",
    re.IGNORECASE,
)
_ASKING = (
    r"(?:(?:and|so|but|а|и|но)\s+)?(?:who|whom|what|when|where|why|how|is|are|was|were|do|does|did|has"
    r"|have|can|could|would|will|give|tell|show|list|name|кто|кого|кому|кем|что|чего|чем|когда|где"
    r"|куда|почему|зачем|как|какой|какая|какое|какие|каких|сколько|чь[яеёи]|чей|за что|есть ли"
    r"|правда ли)\b"
)
_ASIDE = re.compile(
    rf"^(?!\W*(?:\w+ )?{_ASKING})[^.?!:;]*\b(?:(?-i:[Ii]|[Mm]y|me|[Ww]e|[Oo]ur|us)|я|мне|меня|мой"
    r"|моя|моей|моего|моему|мы|нам|нас|нашей|нашего|нашему|мен|маған|менің|біз|бізге|біздің)\b"
    rf"[^?!:;]*?(?:[:,;.!]|\s[–—-])\s+(?={_ASKING}"
    r"|[^?]*\b(?:кім\w*|не|нені|неге|қашан|қай\w*|қандай|қанша|неше|ма|ме|ба|бе|па|пе)\b)",
    re.IGNORECASE,
)
# What takes up what was told: "I read that he was freed, is it true?"
_GOES_ON = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|their|there|that|true|so|(?<!does )it(?! say)"
    r"|он|она|они|его|е[её]|их|ему|ей|им|н[её]м|ним|ней|них|там|этого|правда|верно|это"
    r"|ол|олар\w*|оның|оны|оған|онда|бұл|рас|шын|солай)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^\W*(?:(?:(?:can|could|would|will) (?:you|u)(?: please| kindly)? (?:tell me"
    r"|explain(?: to me)?|say"
    r"|let me know|help me (?:to )?(?:find out|understand))|(?:please|pls|plz)"
    r"|(?:please,? )?tell me"
    r"|i(?:'d| would) like to (?:know|ask)|i (?:want|wanted|need) to (?:know|ask)|do you know"
    r"|(?:i am|i'm) [^.?!,;:]{3,60}? and i(?:'d like| would like| want| need) to (?:know|ask)"
    r"|я [^.?!,;:]{3,60}? и хо(?:чу|тел(?:а)? бы) (?:узнать|спросить|знать)"
    r"|i(?:'m| am) (?:wondering|curious)|i wonder|may i ask|my question is|question"
    r"|подскажите|подскажи|скажите|скажи|объясните|объясни|ответьте|можете (?:сказать|подсказать)"
    r"|не могли бы (?:вы )?(?:сказать|подсказать)|вы не знаете|не знаете ли(?: вы)?"
    r"|знаете ли(?: вы)?"
    r"|(?:я )?хо(?:чу|тел(?:а)? бы|телось бы) (?:узнать|спросить|знать)"
    r"|(?:мне )?интересно(?: узнать)?"
    r"|меня интересует|пожалуйста|вопрос|будьте добры"
    r"|айтыңызшы|айтшы|айтып беріңізші|өтінемін|сұрайын дегенім|сұрағым бар|сұрақ)"
    r"(?: please|,? пожалуйста)?(?:,|:|\s)\s*(?:(?:if|whether|ли)\s+)?)(?=\S)",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"(?:[,.!]|\s)\s*(?:айтып бере(?:сі[зң] бе| аласы[зң] ба)|айтып беріңі[зң]ші"
    r"|айтып берші|айтыңызшы"
    r"|айтшы|білгім келеді|білуге бола ма|өтінемін|please|pls|plz|thanks(?: in advance| a lot)?"
    # Not what somebody says: "to whom do they say thank you?"
    r"|(?<!say\s)(?<!says\s)(?<!said\s)thank you(?: in advance| very much| so much)?|пожалуйста"
    r"|(?<!говорят\s)(?<!говорит\s)(?<!сказали\s)(?:заранее )?(?:большое )?спасибо"
    r"(?: заранее| большое)?|(?<!айтты\s)(?<!айтады\s)(?:көп )?ра[хқ]мет)(?P<end>[?]?)[\s.!)]*$",
    re.IGNORECASE,
)


def _at_head(said: list[str]) -> tuple[SmallTalk | None, int]:
    """Return what the longest phrase at the head of `said` is, and how many words it has."""
    phrases = _phrases()
    for count in range(min(len(said), max(map(len, phrases))), 0, -1):
        phrase = tuple(said[:count])
        if phrase in phrases:
            return phrases[phrase], count
    return None, 0


def _asks_what_bot_is(said: list[str]) -> bool:
    """Return whether the words `said` ask if a person or a program answers, and nothing more."""
    bots, others = _of_bots()
    return not bots.isdisjoint(said) and bots | others >= set(said) and len(said) > 1


@functools.cache
def _of_bots() -> tuple[frozenset[str], frozenset[str]]:
    table = _table()
    return frozenset(table["bots"].split()), frozenset(table["of_bots"].split())


@functools.cache
def _phrases() -> Mapping[tuple[str, ...], SmallTalk | None]:
    """Return the words of each phrase with its kind; None of one that only goes with others."""
    return dict(_read())


def _read() -> Iterator[tuple[tuple[str, ...], SmallTalk | None]]:
    table = _table()
    for kind in (*_KINDS, None):
        for phrase in table[kind or "beside"]:
            yield tuple(words(phrase)), kind


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(
        files("knowledge").joinpath("small_talk.yaml").read_text("utf-8")
    )
    return table
