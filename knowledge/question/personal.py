"""What a question says about a person: who is meant, and what it asks about them.

The patterns are in `languages/*/asking.yaml`.
"""

import re

from knowledge.question.intents import topical
from knowledge.quotes.statements import PRONOUN
from knowledge.words.lexical import words
from knowledge.words.patterns import of_any, patterns


def _whole_words(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{of_any('asking', key)})\b", re.IGNORECASE)


_AMONG, _AGAINST, _NOW = (_whole_words(key) for key in ("among", "against", "now"))
_COMPARING = _whole_words("comparing")
_OF_ASKER = re.compile(
    "|".join(
        own["of_asker"].replace("KIN", own["kin"])
        for own in patterns("asking").values()
        if "of_asker" in own
    ),
    re.IGNORECASE,
)
_WORDS_OF, _WORK_OF = (of_any("asking", key) for key in ("words_of", "work_of"))
_WHO_SPOKE = re.compile(of_any("asking", "who_spoke"), re.IGNORECASE)
_SOMEBODY_FIRST = re.compile(of_any("asking", "somebody_first"), re.IGNORECASE)
_WOMANS_SURNAME = re.compile(rf"(?:{of_any('names', 'her_surname')})$", re.IGNORECASE)
_WOMAN = _whole_words("woman")


def without_frame(question: str) -> str:
    """Return `question` without the words that say only what kind of question it is.

    >>> without_frame("Is there any news about Bokayev?").split()
    ['Is', 'any', 'about', 'Bokayev?']
    """
    return _AGAINST.sub(r"\1", _NOW.sub(" ", _AMONG.sub(" ", topical(question))))


def without_asker(question: str) -> str:
    """Return `question` without words that relate somebody to the asker: "my brother Saken"."""
    return _OF_ASKER.sub(" ", question)


def asks_for_words_of(question: str, name: str) -> bool:
    """Return whether `question` asks what the person called `name` says or demands in person.

    >>> asks_for_words_of("What did Julie Ward say about torture?", "Julie Ward")
    True
    """
    who = re.escape(name)
    if _WHO_SPOKE.search(question):
        return False
    if re.search(_WORK_OF.replace("NAME", who), question, re.IGNORECASE):
        return False
    return re.search(_WORDS_OF.replace("NAME", who), question, re.IGNORECASE) is not None


def is_about_nobody_named(question: str) -> bool:
    """Return whether `question` asks about "him" or "her" without saying who that is.

    In English "she" is a person; Russian and Kazakh say it of a resolution too.
    """
    return PRONOUN.search(question) is not None and (
        asks_for_now(question) or _SOMEBODY_FIRST.match(question) is not None
    )


def may_be_woman(question: str, written: str, name: str, language: str) -> bool:
    """Return whether the surname `written` may be a woman's, and so not that of `name`, a man.

    "Bokaeva" is a woman's name, and in Russian also a case of Bokaev's: so it is in "the case of
    Bokaev", but not alone. Kazakh has no such case.
    """
    if not _WOMANS_SURNAME.search(written) or _WOMANS_SURNAME.search(name):
        return False
    said = words(question)
    is_alone = len(said) == 1 and said == words(written)
    return language == "kk" or is_alone or _WOMAN.search(question) is not None


def without_comparing(text: str) -> str:
    """Return `text`, which stands before the names of several people, without the words that ask
    for a comparison.

    >>> without_comparing("Please compare ")
    'Please   '
    """
    return _COMPARING.sub(" ", text)


def asks_for_now(question: str) -> bool:
    """Return whether `question` asks how somebody is today, or what has happened since."""
    return _NOW.search(question) is not None


def with_person(question: str, name: str) -> str | None:
    """Return `question` with `name` in place of its first "him" or "her"; None if it has none.

    >>> with_person("What did the UN say about him?", "Maks Bokayev")
    'What did the UN say about Maks Bokayev?'
    """
    named, count = PRONOUN.subn(lambda _: name, question, count=1)
    return named if count else None
