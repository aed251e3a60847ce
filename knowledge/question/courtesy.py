"""What a message says beside its question: greetings, thanks, "could you tell me, please".

The phrases lie in `courtesy.yaml`. Whether a message says nothing else, `kinds` tells.
"""

import functools
import re
from pathlib import Path

import yaml

from knowledge.words.lexical import words

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def without_courtesy(text: str) -> str:
    """Return `text` without greetings and thanks at its ends; the whole of it if that is all.

    >>> without_courtesy("Hello! Could you tell me who Bokayev is? Thank you.")
    'who Bokayev is?'
    """
    rest = text
    while True:
        count = _at_head(words(rest))
        found = list(_WORD.finditer(rest))
        if not count or count >= len(found):
            break
        if found[count][0].lower() == "to":
            break  # thanks to whom?
        end = found[count - 1].end()
        if re.match(r"\s\w", rest[end:]) and not _opens(rest[:end]):
            break  # "ok" begins questions as well
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


def _opens(said: str) -> bool:
    return _THANKS.search(said) is not None or tuple(words(said)) in _phrases()["greeting"]


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


def _at_head(said: list[str]) -> int:
    """Return how many words the longest greeting or thanks at the head of `said` has."""
    known = frozenset[tuple[str, ...]]().union(*_phrases().values())
    counts = range(min(len(said), max(map(len, known))), 0, -1)
    return next((count for count in counts if tuple(said[:count]) in known), 0)


@functools.cache
def _phrases() -> dict[str, frozenset[tuple[str, ...]]]:
    """Return the words of each phrase of courtesy.yaml, by what it is."""
    table = yaml.safe_load(Path(__file__).with_name("courtesy.yaml").read_text("utf-8"))
    return {kind: frozenset(tuple(words(one)) for one in said) for kind, said in table.items()}
