"""What a question wants beyond the nearest passage: what is said on a topic, where to read it, a
reason. The patterns are in `languages/*/asking.yaml`.
"""

import re

from knowledge.question.demand_words import topic_of_demands
from knowledge.words.patterns import of_any, patterns
from knowledge.words.text import matched

_FRAME = re.compile(rf"\b(?:{of_any('asking', 'frame')})\b", re.IGNORECASE)
_ABOUT = re.compile(of_any("asking", "about"), re.IGNORECASE)
# A text that offers something to read has the verb for it.
_TO_READ = re.compile(of_any("asking", "where_to_read"), re.IGNORECASE)
_WHY = re.compile(of_any("asking", "why"), re.IGNORECASE)


def topic_asked_about(question: str) -> str | None:
    """Return the topic if `question` asks for anything that is said on it; None if it does not.

    >>> topic_asked_about("What does the resolution say about women's rights?")
    "women's rights"
    """
    return matched(_ABOUT.search(question)) or None


def bare_of(question: str) -> str:
    """Return the words to look for if `question` only asks what is said on them, or where to read
    something; else all of it.

    >>> bare_of("What is said about torture?"), bare_of("Where can I read the report?")
    ('torture', 'read report')
    """
    if topic := topic_asked_about(question):
        return topic
    wish = _TO_READ.search(question)
    if wish is None or wish.lastgroup is None:
        return question
    return f"{patterns('asking')[wish.lastgroup]['read']} {wish[wish.lastgroup]}"


def asks_why(question: str) -> bool:
    """Return whether `question` asks for a reason, and so takes for granted that there is one."""
    return _WHY.search(question) is not None


def topical(question: str) -> str:
    """Return `question` without the words that only ask; "now" and "in prison" stay."""
    return _FRAME.sub(" ", topic_of_demands(question))
