"""Which demands a question asks about: of whom, and on what."""

import re
from collections.abc import Iterable, Mapping, Sequence

from knowledge.question.demand_words import addressee_of_demands, topic_of_demands
from knowledge.question.glossary import Glossary
from knowledge.question.sought import holds_all, share_held, sought_in
from knowledge.quotes.labels import asked, before_demands, demanded, is_state
from knowledge.quotes.statements import Statement
from knowledge.words.lexical import terms
from knowledge.words.patterns import of_any

_AND = re.compile(
    rf",?\s+(?:{of_any('joining', 'and')})\s+(?:(?:{of_any('joining', 'to')})\s+)?|,\s+"
)


def demands_meant(
    text: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return those of `demands` that the question `text` asks about, in order.

    All of them, if it names nobody they are made of and nothing they are on; none, if no demand is
    made of those it names.
    """
    addressee = addressee_of_demands(text)
    if addressee is None:
        return _on(topic_of_demands(text), language, demands, glossary)
    made = _made_of(addressee, language, demands, glossary)
    rest = topic_of_demands(text.replace(addressee, " "))
    return _on(rest, language, made, glossary)


def is_demanded_by(
    who: str, language: str, statements: Iterable[Statement], glossary: Glossary
) -> bool:
    """Return whether any of `statements` has `who` demand something, shortly before the verb.

    In the languages of which `labels` knows the verbs; in others anybody may.
    """
    for statement in statements:
        target = _language(statement)
        wanted = sought_in(who, language, [target], glossary)[target]
        befores = before_demands(_text(statement), target)
        if befores is None or any(holds_all(terms(b, target), wanted) for b in befores):
            return True
    return False


def _made_of(
    addressee: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return the demands made of `addressee`, or else of all that it lists: "X and Y"."""
    if meant := _made_of_one(addressee, language, demands, glossary):
        return meant
    several = [part for part in _AND.split(addressee) if part]
    made = [_made_of_one(one, language, demands, glossary) for one in several]
    if not all(made):
        return []
    return [demand for demand in demands if any(demand in of_one for of_one in made)]


def _made_of_one(
    addressee: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return the demands made of `addressee`; of a state's government or authorities all that are
    made of a state, since a text calls it now one and now the other.
    """
    wanted = sought_in(addressee, language, map(_language, demands), glossary)
    asks = [
        (demand, whom, set(terms(whom, _language(demand))))
        for demand in demands
        for whom in asked(_text(demand), _language(demand))
    ]
    meant = [
        (demand, whom)
        for demand, whom, words in asks
        if holds_all(words, wanted[_language(demand)])
    ]
    of_state = {_language(demand) for demand, whom in meant if is_state(whom, _language(demand))}
    chosen = {demand for demand, _ in meant} | {
        demand
        for demand, whom, _ in asks
        if _language(demand) in of_state and is_state(whom, _language(demand))
    }
    return [demand for demand in demands if demand in chosen]


def _on(
    topic: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return the demands that hold most of what `topic` speaks of, at least half.

    Those that demand it go before those that only speak of it. None if it speaks of something of
    which no demand does.
    """
    own = {d: demanded(_text(d), _language(d)) for d in demands}
    return _holding(topic, language, own, glossary) or _holding(
        topic, language, {d: _text(d) for d in demands}, glossary
    )


def _holding(
    topic: str, language: str, demands: Mapping[Statement, str], glossary: Glossary
) -> list[Statement]:
    """Return those of `demands` whose texts hold most of what `topic` speaks of, as `_on` says.

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
