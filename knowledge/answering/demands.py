"""Selects the demands that a question asks about, by addressee and by topic."""

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

    All of them if it names neither an addressee nor a topic; none if no demand is made of the
    addressee that it names, or is on its topic.
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
    """Return whether `who` stands shortly before a verb of demand in any of `statements`.

    True where `before_demands` cannot tell: in a language whose verbs of demand are not known, or
    stand last.
    """
    for statement in statements:
        target = _language(statement)
        wanted = sought_in(who, language, [target], glossary)[target]
        before = before_demands(_text(statement), target)
        if before is None or any(holds_all(terms(one, target), wanted) for one in before):
            return True
    return False


def _made_of(
    addressee: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return the demands made of `addressee`, or else of everybody that it lists ("X and Y").

    Empty if no demand is made of one of those listed.
    """
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
    """Return the demands made of `addressee`.

    If that is a state's government or authorities, they are all demands made of a state, since a
    text uses such words for one another, and those that say of whom they are made not at all.
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
    asking = {demand for demand, _, _ in asks}
    return [d for d in demands if d in chosen or (_language(d) in of_state and d not in asking)]


def _on(
    topic: str, language: str, demands: Sequence[Statement], glossary: Glossary
) -> list[Statement]:
    """Return the demands that hold the largest share of the words of `topic`, at least half.

    The words are looked for in what is demanded; only if no demand is found so, in the whole
    sentence. A language in which no demand has one of the words gives none.
    """
    own = {d: demanded(_text(d), _language(d)) for d in demands}
    return _holding(topic, language, own, glossary) or _holding(
        topic, language, {d: _text(d) for d in demands}, glossary
    )


def _holding(
    topic: str, language: str, demands: Mapping[Statement, str], glossary: Glossary
) -> list[Statement]:
    """Return those of `demands` whose texts hold the largest share of `topic`, as `_on` says.

    `topic` is translated into each language: the demands in one may have all of its words, and
    those in another not.
    """
    shares: dict[Statement, float] = {}
    wanted_in = sought_in(topic, language, map(_language, demands), glossary)
    for target, wanted in wanted_in.items():
        held = {d: set(terms(t, target)) for d, t in demands.items() if _language(d) == target}
        if all(any(holds_all(words, [one]) for words in held.values()) for one in wanted):
            shares |= {demand: share_held(words, wanted) for demand, words in held.items()}
    best = max(shares.values(), default=0.0)
    return [d for d in demands if d in shares and shares[d] == best >= 0.5]


def _language(demand: Statement) -> str:
    return demand.passage.document.language


def _text(demand: Statement) -> str:
    return demand.passage.sentence_text(demand.sentence)
