"""Resolves what a question refers to in the conversation: "who said that?", "her husband", "him",
and "how long?" after somebody was spoken of.

The patterns are in `languages/*/carried.yaml`.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, get_args

from knowledge.answering.shown import Shown
from knowledge.people.person import Person
from knowledge.question.attributes import Attribute, attributes_asked, without_attributes
from knowledge.question.personal import without_frame
from knowledge.question.questions import Question, without_asking_when
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import PRONOUN, Statement, Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage
from knowledge.words.lexical import content_terms, words
from knowledge.words.patterns import of_any, patterns

_FILE = "carried"
# Of 353 golden questions to the founding document 2 are as short and say no more: "torture".
_FEW_WORDS = 3
_MOST_TERMS = 4  # words that carry meaning, of a question that refers to what was shown
_WHO = re.compile(of_any("questions", "who"), re.IGNORECASE)
_REFERS = re.compile(rf"\b(?:{of_any(_FILE, 'refers')})\b", re.IGNORECASE)
# What a question asks of a person without a word for anybody or anything else.
_OF_ANYBODY = frozenset(["age", "duration", "reason", "place"])
Relation = Literal["spouse", "parent", "child", "sibling"]
_RELATIONS: tuple[Relation, ...] = get_args(Relation)
_INVERSE: dict[Relation, Relation] = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
}


def asks_who_said(question: str) -> bool:
    """Return whether all that `question` asks is who said what was shown before.

    >>> asks_who_said("Who said that?"), asks_who_said("Who said that Bokayev is free?")
    (True, False)
    """
    return _is_whole(question, "who_said")


def is_of_nobody_said(question: str) -> bool:
    """Return whether `question` asks about somebody whom it does not name.

    It says no more than "her husband" or "him", or asks what somebody else says about "him", who
    is never the one who acts in the same clause: "What did the UN say about him?"
    """
    return _is_whole(question, "alone") or speaks_of_another(question)


def speaks_of_another(question: str) -> bool:
    """Return whether `question` asks, in one clause, what is said about or done against "him".

    "He" is then another person than the one who speaks or acts.

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


def refers_back(question: Question) -> bool:
    """Return whether `question` means, in a few words, what was shown before: "who judges them?"

    In longer ones "they" is mostly somebody whom the question itself speaks of: of 64 that follow
    an answer in the corpus' conversations with such a word, 3 have more than _MOST_TERMS.
    """
    said = content_terms(question.text, question.language)
    return len(said) <= _MOST_TERMS and _REFERS.search(question.text) is not None


def is_of_whom_before(question: Question) -> bool:
    """Return whether `question` says nothing but what it asks for of some person: "how long?"

    A question "who" asks for a person, and is not about the one spoken of before; nor is one about
    a judge or a journalist.
    """
    asked = _asked_alone(question)
    return bool(asked) and not any(one.is_role or one.name == "court" for one in asked)


def is_of_somebody(question: Question) -> bool:
    """Return whether `question` has no word for anybody or anything, and asks for what people have.

    Of the 42,270 questions of the corpus two are such: "address?" and one in Kazakh.
    """
    asked = _asked_alone(question)
    return bool(asked) and all(one.name in _OF_ANYBODY for one in asked)


def is_of_whoever_was_named(question: Question) -> bool:
    """Return whether `question` means, without a name, somebody named before: "he", "how long?"."""
    return (
        PRONOUN.search(question.text) is not None
        or is_of_nobody_said(question.text)
        or is_of_whom_before(question)
    )


def _asked_alone(question: Question) -> Sequence[Attribute]:
    """Return the attributes that `question` asks for; none if it says anything else."""
    if len(words(question.text)) > _FEW_WORDS or _WHO.search(question.text) or question.names:
        return ()
    asked = attributes_asked(question.text, [])
    rest = without_asking_when(without_attributes(question.text, asked))
    return () if content_terms(without_frame(rest), question.language) else asked


def who_said(
    language: str, shown: Shown | None, passages: Sequence[Passage], statements: Statements
) -> tuple[Answer, tuple[str, ...]]:
    """Return the answer to who said what was `shown`, and the ids of the speakers who are known.

    The answer is the first quote if the document names who speaks in it, else every quote of which
    it does, else who published the documents. If nothing was shown, it asks back.
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
    """Return `question` with the person's name in place of "her husband", and that person.

    "She" is `about`. None if `question` mentions no such relative, or if the documents do not say
    for certain who that is.
    """
    for language in patterns(_FILE):
        for relation in _RELATIONS:
            hers = _compiled(language, "hers", relation)
            found = None if hers is None else hers.search(question)
            if found is None:
                continue
            ids = set(_relatives(about, relation, statements, people))
            if len(ids) != 1:
                return None
            relative = next(one for one in people if one.id in ids)
            before, after = question[: found.start()], question[found.end() :]
            return f"{before}{relative.name}{after}", relative
    return None


def _relatives(
    about: Person,
    relation: Relation,
    statements: Statements,
    people: Sequence[Person],
) -> Iterator[str]:
    """Yield the ids of the people whom a sentence calls the `relation` of `about`.

    The two names must be neighbours, with nothing but the words for the relation between them.
    """
    for statement in statements.of([about]):
        text = statement.passage.document.text
        for one, other in pairwise(_mentions(statement, people)):
            if about.id not in {one[2], other[2]}:
                continue
            between = text[one[1] : other[0]]
            # "Ann and her husband Bob", "Bob, the husband of Ann": the relative, whose relative.
            for key, relative, anchor in (("joins", other, one), ("of", one, other)):
                is_anchor = anchor[2] == about.id
                # Where `about` is the relative, the other person is the inverse to them.
                pattern = _compiled(
                    statement.passage.document.language,
                    key,
                    relation if is_anchor else _INVERSE[relation],
                )
                if pattern is not None and pattern.fullmatch(between) is not None:
                    yield relative[2] if is_anchor else anchor[2]


def _mentions(statement: Statement, people: Sequence[Person]) -> list[tuple[int, int, str]]:
    """Return the mentions of people in `statement`, in order: start, end, id of the person."""
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
    """Return the pattern `key` of `language`, in which REL stands for the words of `relation`, or
    of any relation if it is None; None for a language without patterns.
    """
    own = patterns(_FILE).get(language)
    if own is None:
        return None
    kin = "|".join(own[one] for one in _RELATIONS) if relation is None else own[relation]
    pattern = own[key].replace("HERS", own["hers"]).replace("REL", f"(?:{kin})")
    return re.compile(pattern, re.IGNORECASE)


def _is_whole(question: str, key: str) -> bool:
    """Return whether the whole of `question`, without punctuation, fits `key` of any language."""
    said = " ".join(words(question))
    return any(
        pattern is not None and pattern.fullmatch(said) is not None
        for pattern in (_compiled(language, key) for language in patterns(_FILE))
    )
