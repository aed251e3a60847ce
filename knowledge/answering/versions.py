"""Editions of one text, and documents that say one thing with other figures: the newest first.

Two documents are editions of one text if their links are the same, or their titles but for what
counts editions, and their dates are not. What an earlier one says is answered by the later one,
where that has the sentence or the row too, be its figures others, and tells of the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.answering.updates import Place, row_in_place_of, share_in_common, worded
from knowledge.question.questions import Question, understand
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.lexical import content_terms, terms
from knowledge.words.numbers import are_in, numbers_in
from knowledge.words.patterns import of_any

# Share of the words that two sentences have in common which say one thing with other figures or
# names. The guards of `_is_rival` do the rest.
_ALIKE = 0.7


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
_NO_WORD = re.compile(r"[\W_]+")
_END_OF_LINK = re.compile(r"(?:#.*)?/*$")


class Versions:
    """Which of some documents are editions of one text."""

    def __init__(self, passages: Sequence[Passage], statements: Statements) -> None:
        """Read the documents of `passages`; `statements` are theirs."""
        self._statements = statements
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
        """Return `answer`, to the question `asked`, with the newest word on it first."""
        if answer.status != "answered" or len(self._passages) < 2:
            return answer
        if answer.is_whole:
            return replace(answer, quotes=self._latest_first(answer.quotes))
        question = replace(understand(asked), language=answer.language)
        first = answer.quotes[0]
        for document in self.later(first.passage.document):
            if found := self._rival_in(question, answer, first, document):
                shown = (found, *answer.quotes[1:])
                if _gives_figures(question, first) and not _gives_figures(question, found):
                    shown = (found, *answer.quotes)  # what is asked about is the earlier figure
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
        """Return `quotes`, in the order of their documents, with those of later editions first, and
        without those that a later one, quoted too, has with the same words or the same row.
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
            edition = min((other.id for other in self._of(document)), default=document.id)
            places.setdefault(edition, place)

        def order(one: Quote) -> tuple[int, int]:
            document = one.passage.document
            edition = min((other.id for other in self._of(document)), default=document.id)
            return places[edition], -_day(document) if self._of(document) else 0

        return tuple(sorted(kept, key=order))

    def _is_updated(self, one: Quote, later: Document, quotes: Sequence[Quote]) -> bool:
        """Return whether `quotes`, of the edition `later`, have what it says in place of `one`."""
        places = {(quote.passage.start, quote.sentence.start) for quote in quotes}
        if one.passage.columns is not None:
            row = self._row_in(one, later)
            return row is not None and (row[0].start, row[1].start) in places
        said = worded(one.highlight, later.language)
        return any(worded(quote.highlight, later.language) == said for quote in quotes)

    def _row_in(self, first: Quote, document: Document) -> Place | None:
        own = self._passages[first.passage.document.id]
        return row_in_place_of(first.sentence, first.passage, own, self._passages[document.id])

    def _rival_in(
        self, question: Question, answer: Answer, first: Quote, document: Document
    ) -> Quote | None:
        """Return the row or the sentence of `document`, a later edition, that says what `first`
        does, with figures of its own; None if there is none.

        What the edition of `first` has too, beside `first`, says another thing.
        """
        if first.passage.columns is not None:
            row = self._row_in(first, document)
            return None if row is None else quote(*row)
        own = {
            passage.sentence_text(sentence)
            for passage in self._passages[first.passage.document.id]
            for sentence in passage.sentences
        } - {first.highlight}
        rivals = [
            (alike, passage, sentence)
            for passage in self._passages[document.id]
            for sentence in passage.sentences
            if passage.sentence_text(sentence) not in own
            and (alike := self._alike(question, answer, first, passage, sentence)) >= _ALIKE
        ]
        if not rivals:
            return None
        _, passage, sentence = max(rivals, key=lambda one: one[0])
        return quote(passage, sentence)

    def _with_other_documents(self, question: Question, answer: Answer) -> Answer:
        """Return `answer` with the sentences of other documents that say the same of another day,
        all of them with their dates and the newest first.
        """
        first = answer.quotes[0]
        if len(answer.quotes) > 1 or question.language != first.passage.document.language:
            return answer
        own = first.passage.document
        rivals = [
            other
            for other in answer.more
            if other.passage.document is not own
            and other.passage.document not in self._of(own)
            and _day(other.passage.document) != _day(own)
            and other.highlight != first.highlight
            and self._alike(question, answer, first, other.passage, other.sentence) >= _ALIKE
        ]
        if not rivals:
            return answer
        shown = sorted((first, *rivals), key=lambda one: _day(one.passage.document), reverse=True)
        more = tuple(one for one in answer.more if one not in rivals)
        return replace(answer, quotes=tuple(shown), more=more)

    def _alike(
        self,
        question: Question,
        answer: Answer,
        first: Quote,
        passage: Passage,
        sentence: Sentence,
    ) -> float:
        """Return the share of words that `sentence` has in common with `first`, all figures alike;
        0 if it lacks a word of the question that `first` has, which may be a figure only of two
        editions, or does not speak of whom the question names.
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
        return share_in_common(one, other)


def _gives_figures(question: Question, said: Quote) -> bool:
    """Return whether `said` has all figures of `question`."""
    return are_in(question.text, numbers_in(said.passage.read_sentence(said.sentence)))


def _editions(documents: Iterable[Document]) -> Mapping[str, Sequence[Document]]:
    """Return of each of `documents` that has other editions all of them, the earliest first."""
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
    """Return what `document` has in common with its editions: its link, and its title."""
    keys: list[tuple[str, ...]] = []
    if document.url:
        keys.append(("link", _END_OF_LINK.sub("", document.url.lower())))
    title = " ".join(_NO_WORD.sub(" ", document.title.lower()).split())
    if bare := " ".join(_COUNTS_EDITIONS.sub(" ", title).split()):
        keys.append(("title", bare))
    return keys


def _may_be_edition(one: Document, other: Document) -> bool:
    if one is other:
        return True
    publishers = {d.publisher for d in (one, other) if d.publisher}
    return one.date != other.date and one.language == other.language and len(publishers) < 2


def _day(document: Document) -> int:
    """Return the day of `document` as a number; before all days if it has none."""
    return document.date.toordinal() if document.date else 0
