"""What somebody wrote, as far as retrieval must understand it: language, names, what is asked."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.question.courtesy import without_courtesy
from knowledge.words.detection import spoken

Kind = Literal["date", "age", "number"]

LONGEST_QUESTION = 1000  # characters; the encoder reads about as many, a question needs a tenth

# The number of a question, at its head: "1) Who …? 2) Who …?", "а) Кто …".
_COUNTS = re.compile(
    r"(?:^|(?<=[?!.;]\s))(?:\(?(?:\d{1,2}|[a-zа-я])\)|\d{1,2}\.|№ ?\d{1,2}[.):]?)\s+(?=[^\W\d_])"
)
_WORD = re.compile(r"\d[\d.,]*\d|\w[\w'’-]*")
_ASKS_FOR: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(
        r"(?:^\W*(?:since |until |till |and |с |до |и |а )?(?:when|когда)|\bқашан"
        r"|\b(?:what|which) (?:year|date|day|month|century)"
        r"|\bкако(?:й|го|м|му) (?:год|дат|ден|дня|числ|месяц|век)\w*"
        r"|\b(?:қай|нешінші) (?:жыл|күн|ай)\w*)\b",
        re.IGNORECASE,
    ),
    "age": re.compile(
        r"\b(?:how old|what age|сколько (?:ему |ей )?лет(?! "
        r"(?:тюрьмы|заключения|колонии|дали|получ\w+|сид\w+))"
        r"|какой возраст|неше жаста|жасы нешеде)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\b(?:how many|what number|what(?:'s| is| was) the (?:\w+ )?number of"
        r"|сколько|скольки\w*|қанша|неше|нешеу\w*)\b",
        re.IGNORECASE,
    ),
}
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(
        r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b|[Cc]entur(?:y|ies)\b|\b(?:январ|феврал|март|апрел|июн|июл|август|сентябр"
        r"|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан"
        r"|қараша|желтоқсан|ғасыр)|\b(?:мая|мае|век(?:а|е|у|ом|ов|ах)?)\b"
    ),
    "age": re.compile(
        r"\b(?:age[ds]?|years? old|year-old|born|centur(?:y|ies)|лет|года?|летн\w+|возраст\w*"
        r"|родил\w+|жас\w*|туған)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\d|\b(?:once|twice|(?<!no )(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
        r"|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|dozens?"
        r"|hundreds?|thousands?|millions?|billions?|half"
        r"|од(?:ин|на|но|ного|ной|ному|ним|ном|нажды)|дв(?:а|е|ое|ух|ум|умя|ажды)"
        r"|тр(?:и|ое|ех|ём|ижды)|четыр\w*|четвер\w*|пят(?:ь|и|еро|ью)|шест(?:ь|и|еро|ью)"
        r"|сем(?:ь|и|еро|ью)|вос[её]м\w*|девят(?:ь|и|еро|ью)|десят(?:ь|и|ок|ки|ков|еро|ью)"
        r"|\w+надцат(?:ь|и|ью)|двадцат\w+|тридцат\w+|сорок\w*|\w+десят\w*|девяност\w+"
        r"|сто|ста|двести|триста|\w+сот|сот(?:ня|ни|ен)|тысяч\w*|миллион\w*|миллиард\w*"
        r"|полови\w+|полтор\w+"
        r"|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен"
        r"|тоқсан|жүз|мың|екеу\w*|үшеу\w*|төртеу\w*|бесеу\w*|алтау\w*|жетеу\w*)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the words of the person who asks.

    `names` are its words that name one thing and no other: numbers, and words with a capital
    letter other than the first. `asks_for` is what an answer must hold, where that is plain.
    """

    text: str
    language: str
    names: tuple[str, ...]
    asks_for: Kind | None


def without_asking_when(text: str) -> str:
    """Return `text` without the words that ask for a time, of which no answer need hold any.

    >>> without_asking_when("In what year was he born?")
    'In   was he born?'
    """
    return _ASKS_FOR["date"].sub(" ", text)


def without_counting(text: str) -> str:
    """Return `text` without the numbers that count its questions.

    >>> without_counting("1) Who is Bokayev? 2) Who is Atabek?")
    'Who is Bokayev? Who is Atabek?'
    """
    return _COUNTS.sub("", text)


def understand(text: str) -> Question:
    """Return `text` as a Question, with single spaces, without greetings and thanks and without
    numbers of questions.
    """
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    text = without_counting(text)
    language = spoken(text)
    text = without_courtesy(text)
    found = _WORD.findall(text)
    names = tuple(
        word
        for place, word in enumerate(found)
        if word[0].isdigit() or (place > 0 and word[0].isupper())
    )
    asks_for = next((kind for kind, asks in _ASKS_FOR.items() if asks.search(text)), None)
    return Question(text, language, names, asks_for)


def holds(kind: Kind, text: str) -> bool:
    """Return whether `text` holds a date, or a number in figures or words."""
    return _HOLDS[kind].search(text) is not None
