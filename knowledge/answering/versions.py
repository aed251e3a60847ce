"""Prefers the newest of several editions of a text, or of documents that say the same thing.

Two documents are editions of one text if they have the same link, or the same title apart from
words that count editions, in one language, from one publisher, with different dates. Where a later
edition has the sentence or the row that an earlier one answers with, even with other figures, it
answers instead, and the answer mentions the earlier edition.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from knowledge.answering.updates import Place, row_in_place_of, share_in_common, worded
from knowledge.people.names_in_text import Mention
from knowledge.people.person import Person
from knowledge.question.questions import Question, understand
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.lexical import content_terms, terms
from knowledge.words.numbers import are_in, numbers_in
from knowledge.words.patterns import of_any

# Least share of words in common of two sentences that say the same, with other figures or names.
# `_alike` and its callers check the rest.
_ALIKE = 0.7
_NAME = "@"  # stands for every name
_START = attrgetter("start")


def _of(key: str) -> str:
    return of_any("editions", key)


_NUMBER = rf"(?:{_of('numbers')}|\d+(?:{_of('ordinals')})?)"
_CHANGED = rf"(?:{_of('changed')})"
_AND = rf"(?:{_of('and')})"
_COUNTS_EDITIONS = re.compile(
    rf"\b(?:(?:{_NUMBER} )?(?:{_CHANGED} )*(?:{_of('editions')})"
    rf"(?: {_NUMBER}| {_CHANGED}| {_AND} {_CHANGED})*"
    rf"|v ?\d+|{_CHANGED}(?: {_AND} {_CHANGED})?)\b"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_END_OF_LINK = re.compile(r"(?:#.*)?/*$")


class Versions:
    """Knows which of some documents are editions of one text."""

    def __init__(
        self, passages: Sequence[Passage], statements: Statements, people: Iterable[Person]
    ) -> None:
        """Read the documents of `passages`; `statements` are theirs, and they name `people`."""
        self._statements = statements
        self._names: dict[str, list[Mention]] = {}
        for mention in (mention for person in people for mention in person.mentions):
            self._names.setdefault(mention.document, []).append(mention)
        for mentions in self._names.values():
            mentions.sort(key=_START)
        self._passages: dict[str, list[Passage]] = {}
        for passage in passages:
            self._passages.setdefault(passage.document.id, []).append(passage)
        documents = {passage.document.id: passage.document for passage in passages}
        self._editions = _editions(documents.values())

    def earlier(self, document: Document) -> Document | None:
        """Return the edition before `document`; None if it is the first, or the only one."""
        before = [one for one in self._of(document) if _day(one) < _day(document)]
        return before[-1] if before else None

    def later(self, document: Document) -> list[Document]:
        """Return the editions after `document`, the newest first."""
        return [one for one in reversed(self._of(document)) if _day(one) > _day(document)]

    def newest(self, asked: str, answer: Answer) -> Answer:
        """Return `answer` to the question `asked`, with what the newest documents say first."""
        if answer.status != "answered" or len(self._passages) < 2:
            return answer
        if answer.is_whole:
            return replace(answer, quotes=self._latest_first(answer.quotes))
        question = replace(understand(asked), language=answer.language)
        first = answer.quotes[0]
        for document in self.later(first.passage.document):
            if found := self._counterpart_in(question, answer, first, document):
                shown = (found, *answer.quotes[1:])
                if _gives_figures(question, first) and not _gives_figures(question, found):
                    shown = (found, *answer.quotes)  # the question is about the earlier figure
                more = tuple(q for q in answer.more if q not in shown)
                return replace(
                    answer,
                    quotes=tuple(dict.fromkeys(shown)),
                    more=more,
                    earlier=self.earlier(document),
                )
        later = self.later(first.passage.document)
        earlier = self.earlier(first.passage.document)
        answer = replace(answer, earlier=earlier, later=later[0] if later else None)
        return self._with_other_documents(question, answer)

    def _of(self, document: Document) -> Sequence[Document]:
        return self._editions.get(document.id, ())

    def _latest_first(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return `quotes` in order, but of a text with several editions the later ones first.

        Those whose sentence or row a later edition, quoted too, has as well are left out.
        """
        said: dict[str, list[Quote]] = {}
        for one in quotes:
            said.setdefault(one.passage.document.id, []).append(one)
        kept = [
            one
            for one in quotes
            if not any(
                self._is_updated(one, later, said.get(later.id, ()))
                for later in self.later(one.passage.document)
            )
        ]
        places: dict[str, int] = {}
        for place, one in enumerate(kept):
            document = one.passage.document
            first_id = min((other.id for other in self._of(document)), default=document.id)
            places.setdefault(first_id, place)

        def order(one: Quote) -> tuple[int, int]:
            document = one.passage.document
            first_id = min((other.id for other in self._of(document)), default=document.id)
            return places[first_id], -_day(document) if self._of(document) else 0

        return tuple(sorted(kept, key=order))

    def _is_updated(self, one: Quote, later: Document, quotes: Sequence[Quote]) -> bool:
        """Return whether one of `quotes`, of the edition `later`, is the counterpart of `one`."""
        places = {(quote.passage.start, quote.sentence.start) for quote in quotes}
        if one.passage.columns is not None:
            row = self._row_in(one, later)
            return row is not None and (row[0].start, row[1].start) in places
        said = worded(one.highlight, later.language)
        return any(worded(quote.highlight, later.language) == said for quote in quotes)

    def _row_in(self, first: Quote, document: Document) -> Place | None:
        own = self._passages[first.passage.document.id]
        return row_in_place_of(first.sentence, first.passage, own, self._passages[document.id])

    def _counterpart_in(
        self, question: Question, answer: Answer, first: Quote, document: Document
    ) -> Quote | None:
        """Return the row or the sentence of `document`, a later edition, that says the same as
        `first`, maybe with other figures; None if there is none.

        A sentence that the edition of `first` has too, beside `first`, says something else.
        """
        if first.passage.columns is not None:
            row = self._row_in(first, document)
            return None if row is None else quote(*row)
        own = {
            passage.sentence_text(sentence)
            for passage in self._passages[first.passage.document.id]
            for sentence in passage.sentences
        } - {first.highlight}
        found = [
            (alike, passage, sentence)
            for passage in self._passages[document.id]
            for sentence in passage.sentences
            if passage.sentence_text(sentence) not in own
            and (alike := self._alike(question, answer, first, passage, sentence)) >= _ALIKE
        ]
        if not found:
            return None
        said = worded(first.highlight, document.language)

        def plainly(one: tuple[float, Passage, Sentence]) -> tuple[float, float]:
            text = one[1].sentence_text(one[2])
            return share_in_common(said, worded(text, document.language)), one[0]

        _, passage, sentence = max(found, key=plainly)
        return quote(passage, sentence)

    def _with_other_documents(self, question: Question, answer: Answer) -> Answer:
        """Return `answer` with the sentences of documents of other dates that say the same, the
        newest first; only if it quotes one sentence, in the language of `question`.
        """
        first = answer.quotes[0]
        if len(answer.quotes) > 1 or question.language != first.passage.document.language:
            return answer
        own = first.passage.document
        counterparts = [
            other
            for other in answer.more
            if other.passage.document is not own
            and other.passage.document not in self._of(own)
            and _day(other.passage.document) != _day(own)
            and other.highlight != first.highlight
            and self._alike(question, answer, first, other.passage, other.sentence) >= _ALIKE
        ]
        if not counterparts:
            return answer
        shown = sorted(
            (first, *counterparts), key=lambda one: _day(one.passage.document), reverse=True
        )
        more = tuple(one for one in answer.more if one not in counterparts)
        return replace(answer, quotes=tuple(shown), more=more)

    def _alike(
        self,
        question: Question,
        answer: Answer,
        first: Quote,
        passage: Passage,
        sentence: Sentence,
    ) -> float:
        """Return the share of words in [0, 1] that `sentence` has in common with `first`.

        It is 0 if `sentence` lacks a word of the question that `first` has, or does not speak of
        all people of `answer`. Between editions every figure counts as the same word, and so does
        every name, if they share another word with the question.
        """
        language = passage.document.language
        is_edition = passage.document in self._of(first.passage.document)
        read = worded if is_edition else terms
        one = read(first.highlight, language)
        other = read(passage.sentence_text(sentence), language)
        wanted = set(content_terms(question.text, language)) & set(one)
        said = self._statements.at(passage, sentence)
        people = {person.id for person in answer.people}
        if not wanted <= set(other) or (said is not None and not people <= said.people):
            return 0.0
        if is_edition and any(map(str.isalpha, wanted)):
            one = self._unnamed(first.passage, first.sentence)
            other = self._unnamed(passage, sentence)
        return share_in_common(one, other)

    def _unnamed(self, passage: Passage, sentence: Sentence) -> list[str]:
        """Return the terms of `sentence`, with the same term for every figure and every name."""
        text, language = passage.document.text, passage.document.language
        said: list[str] = []
        start = sentence.start
        names = self._names.get(passage.document.id, [])
        for name in names[bisect_left(names, start, key=_START) :]:
            if name.start >= sentence.end:
                break
            said += [*worded(text[start : name.start], language), _NAME]
            start = name.end
        return [*said, *worded(text[start : sentence.end], language)]


def _gives_figures(question: Question, said: Quote) -> bool:
    """Return whether the sentence of `said` has every number of `question`."""
    return are_in(question.text, numbers_in(said.passage.read_sentence(said.sentence)))


def _editions(documents: Iterable[Document]) -> Mapping[str, Sequence[Document]]:
    """Return all editions, the earliest first, by the id of each of `documents` that has others."""
    groups: dict[tuple[str, ...], list[Document]] = {}
    for document in documents:
        if document.date is not None:
            for key in _keys(document):
                groups.setdefault(key, []).append(document)
    found: dict[str, dict[str, Document]] = {}
    for group in groups.values():
        for document in group:
            own = found.setdefault(document.id, {})
            own |= {other.id: other for other in group if _may_be_edition(document, other)}
    return {
        identity: sorted(group.values(), key=_day)
        for identity, group in found.items()
        if len(group) > 1
    }


def _keys(document: Document) -> list[tuple[str, ...]]:
    """Return the keys by which `document` is grouped with its editions: its link, if it has one,
    and its title without words that count editions.
    """
    keys: list[tuple[str, ...]] = []
    if document.url:
        keys.append(("link", _END_OF_LINK.sub("", document.url.lower())))
    title = " ".join(_BETWEEN_WORDS.sub(" ", document.title.lower()).split())
    if bare := " ".join(_COUNTS_EDITIONS.sub(" ", title).split()):
        keys.append(("title", bare))
    return keys


def _may_be_edition(one: Document, other: Document) -> bool:
    if one is other:
        return True
    publishers = {d.publisher for d in (one, other) if d.publisher}
    return one.date != other.date and one.language == other.language and len(publishers) < 2


def _day(document: Document) -> int:
    """Return the date of `document` as a number of days; 0, before all dates, if it has none."""
    return document.date.toordinal() if document.date else 0
