"""Which demands a question asks about."""

from collections.abc import Mapping, Sequence

from knowledge.question.demand_words import topic_of_demands
from knowledge.question.glossary import Glossary
from knowledge.question.sought import holds_all, share_held, sought_in
from knowledge.quotes.labels import demanded
from knowledge.quotes.statements import Statement
from knowledge.words.lexical import terms


def demands_meant(
    text: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return those of `demands` that hold most of what the question `text` speaks of, at least
    half, in order.

    Those that demand it go before those that only speak of it. None if it speaks of something of
    which no demand does.
    """
    topic = topic_of_demands(text)
    own = {d: demanded(_text(d), _language(d)) for d in demands}
    return _holding(topic, language, own, glossary) or _holding(
        topic, language, {d: _text(d) for d in demands}, glossary
    )


def _holding(
    topic: str, language: str, demands: Mapping[Statement, str], glossary: Glossary
) -> list[Statement]:
    """Return those of `demands` whose texts hold most of what `topic` speaks of, at least half.

    Each language has words of its own for `topic`, and as many as it needs: the demands of one may
    speak of all of it, and those of another not.
    """
    shares: dict[Statement, float] = {}
    wanted_in = sought_in(topic, language, map(_language, demands), glossary)
    for target, wanted in wanted_in.items():
        own = {d: set(terms(text, target)) for d, text in demands.items() if _language(d) == target}
        if all(any(holds_all(words, [one]) for words in own.values()) for one in wanted):
            shares |= {demand: share_held(words, wanted) for demand, words in own.items()}
    best = max(shares.values(), default=0.0)
    return [d for d in demands if d in shares and shares[d] == best >= 0.5]


def _language(demand: Statement) -> str:
    return demand.passage.document.language


def _text(demand: Statement) -> str:
    return demand.passage.sentence_text(demand.sentence)
