"""Finds errata: the corrections that a document makes, and the sentences that they are about.

An erratum is a paragraph whose first words say that something was wrong, or a sentence that says so
of the sentence before it. What it is about is found by the words, names and numbers that both have:
this may be the wrong sentence or the corrected one. An erratum that is about nothing in its own
document may be about another document, published no later.
"""

import functools
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from knowledge.languages import by_language
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.lexical import cased_words, content_terms, stems
from knowledge.words.patterns import of_any

_LEAST_SHARE = 0.5  # of the words of an erratum or of a sentence, rare ones counting more
_LEAST_SHARE_ELSEWHERE = 0.6  # the same, where the sentence is in another document
_LEAST_WORDS, _LEAST_WORDS_ELSEWHERE = 3, 4  # in common
_MOST = 2  # errata shown with an answer
_DATED = (
    rf"(?:\s*[(,\[—–-][^:]{{0,40}}|\s+(?:(?:{of_any('errata', 'of')}) )?"
    r"\d{1,2}(?:[./]\d|\s+\w{3,})[^:]{0,30})"
)

_Place = tuple[str, int]  # a document, and where a sentence begins in it


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, or a whole erratum, with the terms by which it is compared.

    `marked` are those of its `terms` that come from names and numbers.
    """

    passage: Passage
    sentence: Sentence
    terms: frozenset[str]
    marked: frozenset[str]

    @property
    def place(self) -> _Place:
        return self.passage.document.id, self.sentence.start

    def has_part(self, one: Quote) -> bool:
        """Return whether `one` quotes it, or a part of it."""
        is_within = self.sentence.start <= one.sentence.start < self.sentence.end
        return one.passage.document.id == self.passage.document.id and is_within


class Errata:
    """The errata of some documents, each with the sentences that it may be about."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Read `passages`, in document order."""
        found = list(_errata(passages))
        self._about: list[tuple[_Said, tuple[_Said, ...]]] = []
        if not found:
            return
        notes = {(p.document.id, s.start) for p, s, _ in found}
        others = _Sentences(
            [
                (passage, sentence)
                for passage in passages
                for sentence in passage.sentences
                if (passage.document.id, sentence.start) not in notes
                and (passage.document.id, passage.start) not in notes
            ]
        )
        for passage, sentence, before in found:
            said = _said(passage, sentence)
            about = others.at(before) if before else []
            self._about.append((said, tuple(about or others.meant(said))))

    def shown_with(self, answer: Answer) -> Answer:
        """Return `answer` with the errata about what it quotes as `corrections`, two at most.

        An erratum repeats what was wrong. So where `answer` quotes one, the sentence that it is
        about takes its place, and the erratum becomes a correction of that.
        """
        corrections: dict[_Place, Quote] = {}
        quotes: dict[_Place, Quote] = {}
        for one in answer.quotes:
            shown = one
            for said, about in self._about:
                if said.has_part(one):
                    if about:
                        shown = quote(about[0].passage, about[0].sentence)
                        corrections[said.place] = quote(said.passage, said.sentence)
                elif any(s.has_part(one) for s in about) or _is_of_subject(said, about, one):
                    corrections[said.place] = quote(said.passage, said.sentence)
            quotes.setdefault((shown.passage.document.id, shown.sentence.start), shown)
        return replace(
            answer,
            quotes=tuple(quotes.values()),
            corrections=tuple(one for at, one in corrections.items() if at not in quotes)[:_MOST],
        )


def _errata(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Sentence, _Place | None]]:
    """Yield the errata in `passages`, each with the place of the sentence before it, if it says
    that it is about that one.
    """
    every = [(p, s) for p in passages for s in p.sentences]
    whole = set()
    for passage in passages:
        if _is_erratum(passage):
            whole.add((passage.document.id, passage.start))
            yield passage, Sentence(passage.start, passage.end), None
    for (before, last), (passage, sentence) in pairwise(every):
        if (passage.document.id, passage.start) in whole:
            continue
        is_back = _says_of_last(passage.sentence_text(sentence), passage.document.language)
        if is_back and before.document is passage.document:
            yield passage, sentence, (before.document.id, last.start)


def _is_erratum(passage: Passage) -> bool:
    patterns = _patterns(passage.document.language)
    text = passage.text
    if patterns is None or passage.is_list or passage.columns:
        return False
    return patterns["labels"].match(text) is not None or (
        patterns["openings"].match(text) is not None and patterns["wrong"].search(text) is not None
    )


def _says_of_last(text: str, language: str) -> bool:
    patterns = _patterns(language)
    return patterns is not None and any(
        patterns[kind].match(text) is not None for kind in ("back", "in_brackets")
    )


def _said(passage: Passage, sentence: Sentence) -> _Said:
    language = passage.document.language
    text = passage.read_sentence(sentence)
    frame = _frame(language)
    found = frozenset(term for term in content_terms(text, language) if term not in frame)
    written = [w for w in cased_words(text, language)[1:] if w[:1].isupper() or w[:1].isdigit()]
    marked = frozenset(stems([word.lower() for word in written], language)) & found
    return _Said(passage, sentence, found, marked)


class _Sentences:
    """The sentences that errata may be about, found by their terms."""

    def __init__(self, sentences: Sequence[tuple[Passage, Sentence]]) -> None:
        """Read `sentences`, in document order."""
        self._sentences = sentences
        self._rows: dict[str, array[int]] = {}  # of the sentences that have each term
        for row, one in enumerate(sentences):
            for term in _said(*one).terms:
                self._rows.setdefault(term, array("i")).append(row)
        self._at = {(p.document.id, s.start): row for row, (p, s) in enumerate(sentences)}
        documents = {p.document.id: p.document for p, _ in sentences}
        self._documents = list(documents.values())
        number = {identity: place for place, identity in enumerate(documents)}
        self._document_of = np.array([number[p.document.id] for p, _ in sentences], np.intp)

    def at(self, place: _Place) -> list[_Said]:
        """Return the sentence at `place`, if it is one of these."""
        return [_said(*self._sentences[self._at[place]])] if place in self._at else []

    def meant(self, erratum: _Said) -> list[_Said]:
        """Return those that `erratum` may be about, the likeliest first.

        They are of its own document or, if that has none, of others.
        """
        document = erratum.passage.document
        own = [one is document for one in self._documents]
        elsewhere = [_may_be_corrected_by(erratum, one) for one in self._documents]
        found = self._alike(erratum, own, _LEAST_SHARE)
        return found or self._alike(erratum, elsewhere, _LEAST_SHARE_ELSEWHERE)

    def _alike(self, erratum: _Said, among: Sequence[bool], share: float) -> list[_Said]:
        """Return the sentences of the documents `among` these that have enough terms in common with
        `erratum`, the most like it first.

        Enough is `share` of the terms of one of the two, rare terms counting more, and at least
        three terms, or two with a name or a number. In another document it is four with a name or a
        number.
        """
        is_among = np.array(among, np.bool_)[self._document_of]
        count = int(is_among.sum())

        def weight(terms: Iterable[str]) -> float:
            rows = (np.frombuffer(self._rows.get(term, b""), np.int32) for term in terms)
            return sum(math.log(1 + count / (int(is_among[one].sum()) or 1)) for one in rows)

        rows = [self._rows[term] for term in erratum.terms if term in self._rows]
        in_common = np.bincount(
            np.concatenate([*rows, []]).astype(np.intp), minlength=len(is_among)
        )
        found = []
        for row in np.flatnonzero((in_common >= _LEAST_WORDS - 1) & is_among).tolist():
            one = _said(*self._sentences[row])
            common = one.terms & erratum.terms
            is_marked = bool(common & one.marked & erratum.marked)
            if one.passage.document is erratum.passage.document:
                is_enough = len(common) >= _LEAST_WORDS - is_marked
            else:
                is_enough = len(common) >= _LEAST_WORDS_ELSEWHERE and is_marked
            if is_enough:
                held = weight(common) / min(weight(one.terms), weight(erratum.terms))
                if held >= share:
                    found.append((held, one))
        return [one for _, one in sorted(found, key=lambda each: -each[0])]


def _may_be_corrected_by(erratum: _Said, document: Document) -> bool:
    """Return whether `document` is another than that of `erratum`, in the same language, and not
    known to be later.
    """
    other = erratum.passage.document
    if document is other:
        return False
    is_later = document.date and other.date and document.date > other.date
    return document.language == other.language and not is_later


def _is_of_subject(erratum: _Said, about: Sequence[_Said], one: Quote) -> bool:
    """Return whether `erratum` has the same subject as the quote `one`, if it is `about` no
    sentence: in one document, both have two terms that its title lacks, one a name or a number.
    """
    if about or one.passage.document is not erratum.passage.document:
        return False
    said = _said(one.passage, one.sentence)
    title = content_terms(one.passage.document.title, one.passage.document.language)
    common = (said.terms & erratum.terms) - set(title)
    return len(common) > 1 and bool(common & said.marked & erratum.marked)


@functools.cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]] | None:
    lists = by_language("errata").get(language)
    if lists is None:
        return None
    told = {kind: re.sub(r"\|\s+", "|", lists[kind].strip()) for kind in lists}
    wanted = {
        "labels": rf"\W*(?:{told['labels']})(?:{_DATED}?\s*:|\s*[.—–]|\s+-)",
        "openings": rf"\W*(?:{told['openings']})\b",
        "wrong": rf"\b(?:{told['wrong']})\b",
        "back": rf"\W*(?:{told['back']})\b",
        "in_brackets": rf"[\[(]\W*(?:{told['in_brackets']})\b",
    }
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in wanted.items()}


@functools.cache
def _frame(language: str) -> frozenset[str]:
    """Return the terms of errata in `language` that do not say what they are about."""
    lists = by_language("errata").get(language)
    return frozenset(stems(lists["frame"].split(), language)) if lists else frozenset()
