"""Editions of one text, and documents that say one thing with other figures: the newest first.

Two documents are editions of one text if their links are the same, or their titles but for what
counts editions, and their dates are not. What an earlier one says is answered by the later one,
where that has the sentence too, and the answer tells of the other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.question.questions import Question, understand
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.lexical import content_terms, terms

# Share of the words that two sentences have in common which say one thing with other figures or
# names. The guards of `_is_rival` do the rest.
_ALIKE = 0.7
_NUMBER = (
    r"(?:first|second|third|fourth|fifth|last|new|\d+(?:st|nd|rd|th|(?: [еяй])|(?: ші))?"
    r"|(?:перв|втор|четв[её]рт|пят|нов|последн)(?:ое|ая|ый|ой|ее|яя)|треть[ея]"
    r"|бірінші|екінші|үшінші|төртінші|соңғы|жаңа)"
)
_CHANGED = (
    r"(?:(?:revised|corrected|updated|enlarged)"
    r"|(?:исправлен|дополнен|обновл[её]н|переработан)н\w+"
    r"|түзетілген|толықтырылған|жаңартылған)"
)
_EDITION = r"(?:edition|version|revision|ed|rev|ver|издание|версия|редакция|басылым\w*|нұсқа\w*)"
_COUNTS_EDITIONS = re.compile(
    rf"\b(?:(?:{_NUMBER} )?(?:{_CHANGED} )*{_EDITION}(?: {_NUMBER}| {_CHANGED}| и {_CHANGED})*"
    rf"|v ?\d+|{_CHANGED}(?: и {_CHANGED})?)\b"
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
                rest = tuple(q for q in answer.quotes[1:] if q != found)
                more = tuple(q for q in answer.more if q != found)
                return replace(
                    answer,
                    quotes=(found, *rest),
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
        without those that a later one, quoted too, has word for word.
        """
        said = {(one.passage.document.id, one.highlight) for one in quotes}
        kept = [
            one
            for one in quotes
            if not any(
                (later.id, one.highlight) in said for later in self.later(one.passage.document)
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

    def _rival_in(
        self, question: Question, answer: Answer, first: Quote, document: Document
    ) -> Quote | None:
        """Return the sentence of `document` that says what `first` does, with figures of its own;
        None if there is none.
        """
        rivals = [
            (alike, passage, sentence)
            for passage in self._passages[document.id]
            for sentence in passage.sentences
            if (alike := self._alike(question, answer, first, passage, sentence)) >= _ALIKE
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
        """Return the share of words that `sentence` has in common with `first`; 0 if it lacks a
        word of the question that `first` has, or does not speak of whom the question names.
        """
        language = passage.document.language
        one = Counter(terms(first.highlight, language))
        other = Counter(terms(passage.sentence_text(sentence), language))
        wanted = set(content_terms(question.text, language)) & one.keys()
        said = self._statements.at(passage, sentence)
        people = {person.id for person in answer.people}
        if not wanted <= other.keys() or (said is not None and not people <= said.people):
            return 0.0
        return 2 * (one & other).total() / max((one.total() + other.total()), 1)


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
