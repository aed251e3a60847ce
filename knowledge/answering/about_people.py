"""Answers a question that names people by rules: all that is said of them, or what answers it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.people.name_words import is_stop_word
from knowledge.people.naming import Naming, People
from knowledge.people.person import Person
from knowledge.question.attributes import (
    Attribute,
    attributes_asked,
    supposes_unsaid,
    without_attributes,
)
from knowledge.question.courtesy import asking
from knowledge.question.demand_words import asks_for_demands
from knowledge.question.glossary import Glossary
from knowledge.question.personal import (
    asks_for_now,
    asks_for_words_of,
    with_person,
    without_asker,
    without_frame,
)
from knowledge.question.questions import Kind, Question, holds, understand, without_asking_when
from knowledge.question.sought import share_held, sought
from knowledge.quotes.answers import MOST_QUOTES, Answer, Quote, decline, quote, whole
from knowledge.quotes.statements import Statement, Statements, terms_of
from knowledge.search.search import Search
from knowledge.words.lexical import content_terms
from knowledge.words.patterns import of_any, patterns

# What may stand between the names of a list.
_LISTS = re.compile(rf"\W*(?:{of_any('joining', 'listed')})?\W*", re.IGNORECASE)
_OR = re.compile(rf"\b(?:{of_any('joining', 'or')})\b", re.IGNORECASE)
# The genitive after a name: something is theirs, they do not speak.
_OF = re.compile(of_any("names", "genitive_set"))
_BY_WORDS = 0.5  # confidence where words alone chose: 6 of 17 are right on the tune documents
# Gates: what is missing where one of them declines.
_NOT_OF_ALL = "no sentence speaks of all the people whom the question names"
_NOT_IN_THEIR_WORDS = "no sentence is quoted from whom the question asks to hear"
_NOT_GIVEN = "no sentence gives in so many words what is asked of the person ({})"
_NOT_SAID = "no sentence about the person says what the question asks"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `question` asks of `people`.

    `is_of_each` says that it lists them. `target` is the language of the documents that speak of
    them. It asks for `attributes`, for the words of `speakers` (ids), and for further `words`: for
    each of these, the terms of `target` any of which would do.
    """

    question: Question
    people: tuple[Person, ...]
    is_of_each: bool
    target: str
    attributes: tuple[Attribute, ...]
    words: tuple[frozenset[str], ...]
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class AboutPeople:
    """Answers questions about people whom the documents name."""

    search: Search
    statements: Statements
    people: People
    glossary: Glossary

    def answer_named(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Answer `question`; `namings` say for certain whom it is about."""
        people = list(dict.fromkeys(p for naming in namings for p in naming.people))
        is_of_each = are_listed(question.text, namings)
        return self.answer(spelled(question, namings), people, question.language, is_of_each)

    def answer(
        self,
        question: Question,
        people: Sequence[Person],
        language: str,
        is_of_each: bool = True,
    ) -> Answer:
        """Answer `question` about `people`, whom it names as the documents do.

        A question that asks for nothing in particular gets everything that is said of them. Any
        other gets the sentence that answers, followed by the rest; that sentence must speak of them
        and hold what is asked. `is_of_each` says that the question lists them, so that a sentence
        about one of them will do.
        """
        everything = said = self.statements.of(people)
        asked = self._asked(question, people, language, is_of_each, everything)
        for gate, passes in self._gates(asked):
            said = tuple(s for s in said if passes(s))
            if not said:
                return decline(language, gate)
        for attributes in _together(asked.attributes, asked.question.text):
            said = tuple(s for s in said if self._is_given(attributes, people, s))
            if not said:
                names_of = " or ".join(attribute.name for attribute in attributes)
                return replace(decline(language, _NOT_GIVEN.format(names_of)), declined_for="rule")
        text, names = asked.question.text, [person.name for person in people]
        wants_demands = asks_for_demands(text)
        if wants_demands:
            said = _demanded_for(people, said) or said
        everything_said = replace(
            whole(said, language, people),
            is_of_now=asks_for_now(without_names(text, names)),
            is_whole=len(said) == len(everything),
        )
        if asked.question.asks_for is None and not asked.words:
            is_narrowed = asked.attributes or asked.speakers or wants_demands
            is_only_named = everything_said.is_whole and not is_narrowed
            is_card = is_only_named and len(people) == 1 and not everything_said.is_of_now
            return replace(everything_said, is_card=is_card)
        first = self._first(asked, said)
        if first is None:
            declined = decline(language, _NOT_SAID)
            return replace(declined, declined_for="rule" if asked.attributes else "doubt")
        rest = tuple(q for q in everything_said.quotes if q != first)
        is_certain = asked.attributes or asked.speakers or wants_demands
        return replace(
            everything_said,
            quotes=(first, *rest[: MOST_QUOTES - 1]),
            is_whole=False,
            confidence=1.0 if is_certain else _BY_WORDS,
        )

    def _asked(
        self,
        question: Question,
        people: Sequence[Person],
        language: str,
        is_of_each: bool,
        said: Sequence[Statement],
    ) -> _Asked:
        """Return what `question` asks of `people`, of whom everything is `said`."""
        names = [person.name for person in people]
        text = asking(without_asker(question.text))
        text = with_person(text, names[0]) or text
        attributes = tuple(attributes_asked(text, names))
        spoken = {statement.passage.document.language for statement in said}
        target = language if language in spoken else min(spoken)
        return _Asked(
            question=replace(understand(text), language=language),
            people=tuple(people),
            is_of_each=is_of_each,
            target=target,
            attributes=attributes,
            words=tuple(self._left(without_attributes(text, attributes), names, language, target)),
            speakers=frozenset(p.id for p in people if asks_for_words_of(text, p.name)),
        )

    def _gates(self, asked: _Asked) -> Iterator[tuple[str, Callable[[Statement], bool]]]:
        """Yield the gates that are certain: the name of each, and whether a statement passes it."""
        ids = {person.id for person in asked.people}
        is_narrowed = asked.words or asked.attributes or asked.speakers or not asked.is_of_each
        if is_narrowed and len(ids) > 1:
            yield _NOT_OF_ALL, lambda s: ids <= s.people
        if asked.speakers:
            yield _NOT_IN_THEIR_WORDS, lambda s: s.speaker in asked.speakers

    def _first(self, asked: _Asked, said: Sequence[Statement]) -> Quote | None:
        """Return the sentence of what is `said` that answers what is `asked`, if any does."""
        question, words = asked.question, asked.words
        ids, kind = {person.id for person in asked.people}, question.asks_for
        answering = [
            s
            for s in said
            if ids & s.people
            and (kind is None or _gives(kind, question.text, s))
            and _is_enough(share_held(terms_of(s), words), len(words))
        ]
        if not answering:
            return None
        best = self._best(question, answering, words)
        return quote(best.passage, best.sentence)

    def _is_given(
        self, attributes: Sequence[Attribute], people: Sequence[Person], said: Statement
    ) -> bool:
        """Return whether the statement `said` gives one of `attributes` of one of `people`."""
        return any(
            attribute.is_given(person, said, self.people.people)
            for attribute in attributes
            for person in people
        )

    def _left(
        self, text: str, names: Sequence[str], language: str, target: str
    ) -> list[frozenset[str]]:
        """Return the words of `text` beside names and courtesy, as terms of language `target`."""
        of_names = {term for name in names for term in content_terms(name, target)}
        text = without_frame(without_asking_when(without_names(_OF.sub("", text), names)))
        wanted = sought(text, language, target, self.glossary)
        # A question word that no dictionary translates asks for nothing.
        return [one for one in wanted if not one & of_names and not all(map(is_stop_word, one))]

    def _best(
        self, question: Question, answering: Sequence[Statement], left: Sequence[frozenset[str]]
    ) -> Statement:
        """Return the statement of `answering` that holds most of `left`; of equals, the closest."""
        shares = [share_held(terms_of(s), left) for s in answering]
        best = [s for s, share in zip(answering, shares, strict=True) if share == max(shares)]
        for match, _ in self.search.closest(question, [s.passage for s in best]):
            for statement in best:
                if statement.passage is match.passage and statement.sentence == match.sentence:
                    return statement
        return best[0]


def without_names(text: str, names: Sequence[str]) -> str:
    """Return `text` without `names`, which may look like other words."""
    for name in names:
        text = text.replace(name, " ")
    return text


def _together(asked: Sequence[Attribute], text: str) -> list[list[Attribute]]:
    """Return `asked` in groups; one of each must be given: "a poet or a blogger" is one group."""
    roles = [attribute for attribute in asked if attribute.is_role]
    if len(roles) < 2 or not _OR.search(text):
        return [[attribute] for attribute in asked]
    return [roles, *([attribute] for attribute in asked if not attribute.is_role)]


def _gives(kind: Kind, question: str, statement: Statement) -> bool:
    """Return whether `statement` gives a `kind` (a date, a number) of the event in `question`.

    The day of an arrest is not the day of a release.
    """
    said = statement.passage.sentence_text(statement.sentence)
    return holds(kind, said) and not supposes_unsaid(question, statement.passage.read_text)


def _is_enough(share: float, count: int) -> bool:
    """Return whether `share` of `count` words will do: all of up to two, two thirds of more."""
    return share == 1.0 if count < 3 else share >= 2 / 3


def _demanded_for(people: Sequence[Person], said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements of `said` that demand something for `people`, and what they rest on.

    Those that concern fewest people come first, then in the order of the documents.
    """
    ids = {person.id for person in people}
    tied = {id(s.passage) for s in said if ids & s.concerned}
    found = [s for s in said if s.label == "demand" or id(s.passage) in tied]
    return tuple(
        sorted(found, key=lambda s: (len(s.people), s.passage.document.id, s.sentence.start))
    )


def are_listed(question: str, namings: Sequence[Naming], *, is_joined: bool = False) -> bool:
    """Return whether `question` lists people: "Bokayev and Atabek".

    With `is_joined`, a word or comma must stand between them: in Kazakh a speaker's name may stand
    right beside the name of the person spoken about.
    """
    between = [question[one.end : other.start] for one, other in pairwise(namings)]
    return all(
        _LISTS.fullmatch(words) is not None and (not is_joined or words.strip() != "")
        for words in between
    )


def spelled(question: Question, namings: Sequence[Naming]) -> Question:
    """Return `question` with every person spelled as in the documents."""
    text = question.text
    for naming in reversed(namings):
        names = ", ".join(person.name for person in naming.people)
        own = patterns("names").get(question.language, {})
        if re.search(own.get("asked_genitive", "(?!)"), text[naming.start : naming.end]):
            names += own["genitive_set"]
        text = text[: naming.start] + names + text[naming.end :]
    return understand(text)
