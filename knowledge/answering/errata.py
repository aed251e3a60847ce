"""Finds errata: the corrections that a document makes, and the sentences that they are about.

An erratum is a paragraph whose first words say that something was wrong, or a sentence that says so
of the sentence before it. What it is about is found by the words, names and numbers that both have:
this may be the wrong sentence or the corrected one. An erratum that is about nothing in its own
document may be about another document, published no later.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.languages import by_language
from knowledge.quotes.answers import Answer, Quote, quote
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
        others = [
            _said(passage, sentence)
            for passage in passages
            for sentence in passage.sentences
            if (passage.document.id, sentence.start) not in notes
            and (passage.document.id, passage.start) not in notes
        ]
        for passage, sentence, before in found:
            said = _said(passage, sentence)
            about = [one for one in others if before and one.place == before]
            self._about.append((said, tuple(about or _meant(said, others))))

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


def _meant(erratum: _Said, others: Iterable[_Said]) -> list[_Said]:
    """Return those of `others` that `erratum` may be about, the likeliest first.

    They are of its own document or, if that has none, of others.
    """
    document = erratum.passage.document
    own = [one for one in others if one.passage.document is document]
    elsewhere = [one for one in others if _may_be_corrected_by(erratum, one)]
    found = _alike(erratum, own, _LEAST_SHARE)
    return found or _alike(erratum, elsewhere, _LEAST_SHARE_ELSEWHERE)


def _alike(erratum: _Said, others: Sequence[_Said], share: float) -> list[_Said]:
    """Return those of `others` that have enough terms in common with `erratum`, the most like it
    first.

    Enough is `share` of the terms of one of the two, rare terms counting more, and at least three
    terms, or two with a name or a number. In another document it is four with a name or a number.
    """
    counts = Counter(term for one in others for term in one.terms)
    rare = {t: math.log(1 + len(others) / (counts[t] or 1)) for t in erratum.terms | set(counts)}

    def weight(terms: Iterable[str]) -> float:
        return sum(rare[term] for term in terms)

    found = []
    for one in others:
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


def _may_be_corrected_by(erratum: _Said, one: _Said) -> bool:
    """Return whether `one` is of another document in the same language, not known to be later."""
    document, other = one.passage.document, erratum.passage.document
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
