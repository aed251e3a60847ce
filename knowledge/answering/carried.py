"""What a question takes over from the conversation: whose words were shown, whose husband is meant,
whom others speak of. The patterns lie in `languages/`.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, get_args

from knowledge.answering.shown import Shown
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import Statement, Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage
from knowledge.words.lexical import words
from knowledge.words.patterns import patterns

_FILE = "carried"
Relation = Literal["spouse", "parent", "child", "sibling"]
_RELATIONS: tuple[Relation, ...] = get_args(Relation)
_INVERSE: dict[Relation, Relation] = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
}


def asks_who_said(question: str) -> bool:
    """Return whether `question` asks whose words were shown before it.

    >>> asks_who_said("Who said that?"), asks_who_said("Who said that Bokayev is free?")
    (True, False)
    """
    return _is_whole(question, "who_said")


def is_of_nobody_said(question: str) -> bool:
    """Return whether `question` asks about somebody whom it does not name: it says no more than
    "her husband", or asks what others say of "him".

    In one clause "him" is never who acts there: "What did the UN say about him?"
    """
    return _is_whole(question, "alone") or speaks_of_another(question)


def speaks_of_another(question: str) -> bool:
    """Return whether `question` asks what somebody does to "him", who is another.

    >>> speaks_of_another("What did Ward say about him?")
    True
    >>> speaks_of_another("What did the lawyer of Bokayev, who was ill, say about him?")
    False
    """
    _, _, rest = question.strip().partition(" ")
    return any(
        re.search(own["object"], question, re.IGNORECASE) is not None
        and re.search(own["clauses"], rest, re.IGNORECASE) is None
        for own in patterns(_FILE).values()
    )


def who_said(
    language: str, shown: Shown | None, passages: Sequence[Passage], statements: Statements
) -> tuple[Answer, tuple[str, ...]]:
    """Return whose words were `shown`: the first quote if the text says who speaks in it, else all
    of which it does, with the ids of the speakers who are known; else who published the documents.
    """
    if shown is None:
        return Answer("clarify", language, 0.0, reason="which_words"), ()
    quoted = [quote(passages[row], passages[row].sentences[n]) for row, n in shown.quotes]
    said = tuple(one for one in quoted if one.who is not None)
    if said[:1] == tuple(quoted[:1]):
        said = said[:1]
    if not said:
        documents: tuple[Document, ...] = shown.documents(passages)
        return Answer("smalltalk", language, 1.0, reason="author", documents=documents), ()
    return Answer("answered", language, 1.0, said), tuple(_speakers(said, statements))


def with_relative(
    question: str, about: Person, statements: Statements, people: Sequence[Person]
) -> tuple[str, Person] | None:
    """Return `question` with the name of whom it calls "her husband", "she" being `about`, and that
    person; None if it calls nobody so, or the documents do not say for certain who that is.
    """
    for own in patterns(_FILE).values():
        for relation in _RELATIONS:
            called = re.compile(rf"\b{own['her']} (?:{own[relation]})\b", re.IGNORECASE)
            place = called.search(question)
            if place is None:
                continue
            found = set(_relatives(about, relation, statements, people))
            if len(found) != 1:
                return None
            relative = next(one for one in people if one.id in found)
            before, after = question[: place.start()], question[place.end() :]
            return f"{before}{relative.name}{after}", relative
    return None


def _relatives(
    about: Person,
    relation: Relation,
    statements: Statements,
    people: Sequence[Person],
) -> Iterator[str]:
    """Yield the ids of those who, as a sentence says with nothing between the two names but that,
    are `relation` of `about`.
    """
    for statement in statements.of([about]):
        text = statement.passage.document.text
        for one, other in pairwise(_mentions(statement, people)):
            if about.id not in {one[2], other[2]}:
                continue
            between = text[one[1] : other[0]]
            for key, first, second in (("joins", other, one), ("of", one, other)):
                # What the first is to the second; the second is the inverse to the first.
                is_to = relation if second[2] == about.id else _INVERSE[relation]
                pattern = _compiled(statement.passage.document.language, key, is_to)
                if pattern is not None and pattern.fullmatch(between) is not None:
                    yield first[2] if second[2] == about.id else second[2]


def _mentions(statement: Statement, people: Sequence[Person]) -> list[tuple[int, int, str]]:
    """Return where people are named in `statement`, in order, and their ids."""
    document, sentence = statement.passage.document.id, statement.sentence
    return sorted(
        (mention.start, mention.end, person.id)
        for person in people
        if person.id in statement.named
        for mention in person.mentions
        if mention.document == document and sentence.start <= mention.start < sentence.end
    )


def _speakers(quotes: Sequence[Quote], statements: Statements) -> Iterator[str]:
    for one in quotes:
        statement = statements.at(one.passage, one.sentence)
        if statement is not None and statement.speaker is not None:
            yield statement.speaker


@functools.cache
def _compiled(language: str, key: str, relation: Relation | None = None) -> re.Pattern[str] | None:
    """Return the pattern `key` of `language`, with the words of `relation`, or of any; None of a
    language that has none.
    """
    own = patterns(_FILE).get(language)
    if own is None:
        return None
    kin = "|".join(own[one] for one in _RELATIONS) if relation is None else own[relation]
    pattern = own[key].replace("HER", own["her"]).replace("REL", f"(?:{kin})")
    return re.compile(pattern, re.IGNORECASE)


def _is_whole(question: str, key: str) -> bool:
    """Return whether `question`, without marks, is what `key` says in some language."""
    said = " ".join(words(question))
    return any(
        pattern is not None and pattern.fullmatch(said) is not None
        for pattern in (_compiled(language, key) for language in patterns(_FILE))
    )
