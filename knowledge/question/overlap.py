"""What a question shares with sentences in words, alone and side by side.

Texts are read once, into a number for each word. A question is then compared with any number of
sentences in a few array operations, whatever the size of the documents. Words are the same if their
stems are, and akin if their stems begin with the same five letters: совершать and совершил. The
likeness of two words is the number of letters that both begin with, as a share of the longer one.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.question.questions import Question, holds
from knowledge.words.lexical import K1, B, cased_words, is_meaningful, stems

ROOT = 5
"""First letters that the stems of akin words share; measured on XQuAD against 4, 6 and runs."""
_LETTERS = 16  # first letters of a word by which its likeness to another is told

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]
Table = TypeVar("Table", Numbers, Flags)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a question shares with some sentences, and with the passages that these make up.

    The sentences are in the order asked for; `begins` says where those of each passage begin.
    Shares lie in [0, 1] and weigh each meaningful word by its rarity; akin words count. Arrays have
    the shape (sentences,), those of passages the shape (passages,).
    """

    begins: Rows
    bm25: Numbers
    meaning_bm25: Numbers
    """BM25 of only the meaningful words and those akin to them."""
    words: Numbers
    window_words: Numbers
    passage_words: Numbers
    passage_pairs: Numbers
    new_date: Flags
    new_number: Flags
    new_name: Flags
    length: Numbers
    names: Numbers
    """Of passages: the share of the question's names and numbers there; 1 if it has none."""
    found: Numbers
    """Of passages: how many of the meaningful words are there, a rare one counting nearly 1."""
    missing: Numbers
    """Of passages: the rarity in [0, 1] of the rarest meaningful word that is not there."""
    likeness: Numbers
    """Of passages: the share of the meaningful words, each by its likeness to the nearest there."""
    peculiar: Numbers
    """Of passages: how far the most peculiar meaningful word there keeps to few passages."""


class SentenceWords:
    """The words of the sentences of one language; rows are numbered in the order given."""

    def __init__(self, texts: Sequence[str], language: str, counts: Rows) -> None:
        """Read `texts`, of which there must be at least one.

        `counts` says how many of them, in a row, make up each passage.
        """
        vocabulary: dict[str, int] = {}
        ids: list[int] = []
        self._counts = np.empty(len(texts), np.intp)
        for row, text in enumerate(texts):
            words = cased_words(text, language)
            self._counts[row] = len(words)
            ids += [vocabulary.setdefault(word, len(vocabulary)) for word in words]
        self._language = language
        self._words = np.array(ids, np.int32)
        self._first = np.concatenate(([0], np.cumsum(self._counts)))
        self._mean = max(float(self._counts.mean()), 1.0)
        row_of = np.repeat(np.arange(len(texts)), self._counts)
        of_words = stems([word.lower() for word in vocabulary], language)
        passage_of = np.repeat(np.arange(len(counts)), counts)[row_of]
        self._stems = _Kinds(of_words, self._words, row_of, passage_of, len(counts))
        roots = [stem[:ROOT] for stem in of_words]
        self._roots = _Kinds(roots, self._words, row_of, passage_of, len(counts))
        self._letters = _letters([word.lower() for word in vocabulary])
        self._is_capital = np.array([word[0].isupper() for word in vocabulary], np.bool_)
        self._is_date = np.array([holds("date", word) for word in vocabulary], np.bool_)
        self._is_number = np.array([holds("number", word) for word in vocabulary], np.bool_)

    def share_known(self, question: Question) -> float:
        """Return the share of the meaningful words of `question` that the sentences have."""
        asked = [word.lower() for word in cased_words(question.text, self._language)]
        meant = [word for word in asked if is_meaningful(word, self._language)]
        known = sum(self._stems.holds(stem) for stem in stems(meant, self._language))
        return known / len(meant) if meant else 0.0

    def compare(self, question: Question, rows: Rows, counts: Rows) -> Overlap:
        """Return what `question` shares with the sentences at `rows`.

        `counts` says how many of them, in a row, make up each passage: at least one.
        """
        places, lengths = places_of(self._first, rows)
        words = self._words[places]
        row_of = np.repeat(np.arange(len(rows)), lengths)
        begins = np.cumsum(counts) - counts

        asked = cased_words(question.text, self._language)
        asked_stems = stems([word.lower() for word in asked], self._language)
        same = self._stems.among(asked_stems, words)
        akin = self._roots.among([stem[:ROOT] for stem in asked_stems], words)
        names = {word.lower() for name in question.names for word in cased_words(name)}
        content, named = np.zeros(len(akin.rarity)), np.zeros(len(akin.rarity))
        spelled = [""] * len(akin.rarity)
        for word, column in zip(asked, akin.asked, strict=True):
            if is_meaningful(word.lower(), self._language):
                content[column] = akin.rarity[column]
                spelled[column] = spelled[column] or word.lower()
            if word.lower() in names or word[0].isdigit():
                named[column] = akin.rarity[column]
        times = akin.times(row_of, len(rows))
        has = times > 0
        in_passage = np.logical_or.reduceat(has, begins, axis=0)
        most = math.log1p(len(self._counts))

        is_new = same.column < 0
        is_head = np.zeros(len(words), np.bool_)
        is_head[(np.cumsum(lengths) - lengths)[lengths > 0]] = True

        def any_of(is_it: Flags) -> Flags:
            return np.bincount(row_of[is_it], minlength=len(rows)) > 0

        return Overlap(
            begins=begins,
            bm25=self._bm25(
                same.times(row_of, len(rows)),
                same.rarity * np.bincount(same.asked, minlength=len(same.rarity)),
                lengths,
            ),
            meaning_bm25=self._bm25(times, content, lengths),
            words=_share(has, content),
            window_words=_share(with_neighbours(has, begins), content),
            passage_words=_share(in_passage, content),
            passage_pairs=_pairs(same, row_of, begins, len(rows)),
            new_date=any_of(self._is_date[words] & is_new),
            new_number=any_of(self._is_number[words] & is_new),
            new_name=any_of(self._is_capital[words] & is_new & ~is_head),
            length=np.log1p(lengths),
            names=_share(in_passage, named) if named.any() else np.ones(len(counts)),
            found=in_passage @ content / most,
            missing=np.max(~in_passage * content, axis=1, initial=0.0) / most,
            likeness=_share(self._alike(spelled, words, np.add.reduceat(lengths, begins)), content),
            peculiar=np.max(in_passage * (content > 0) * akin.peculiarity, axis=1, initial=0.0),
        )

    def _alike(self, asked: Sequence[str], words: NDArray[np.int32], lengths: Rows) -> Numbers:
        """Return the likeness of each word of `asked` to the most alike word of each passage, shape
        (passages, asked).

        `lengths` says how many of `words`, in a row, each passage has.
        """
        there, place = np.unique(words, return_inverse=True)
        letters = self._letters[there]
        alike = np.zeros((len(there), len(asked)))
        for column, letters_asked in enumerate(_letters(asked)):
            rows = np.flatnonzero((letters[:, 0] == letters_asked[0]) & (letters[:, 0] > 0))
            begun = letters[rows]
            is_same = (begun == letters_asked) & (begun > 0)
            common = np.logical_and.accumulate(is_same, axis=1).sum(axis=1)
            longer = np.maximum(np.count_nonzero(begun, axis=1), np.count_nonzero(letters_asked))
            alike[rows, column] = common / longer
        best = np.zeros((len(lengths), len(asked)))
        is_any = lengths > 0
        if is_any.any():
            starts = (np.cumsum(lengths) - lengths)[is_any]
            best[is_any] = np.maximum.reduceat(alike[place], starts, axis=0)
        return best

    def _bm25(self, times: Rows, weights: Numbers, lengths: Rows) -> Numbers:
        """Return BM25 as a share of its bound for the question, as `LexicalIndex.scores` does."""
        if not weights.any():
            return np.zeros(len(lengths))
        norm = K1 * (1 - B + B * lengths[:, None] / self._mean)
        scores: Numbers = (times / (times + norm)) @ weights / weights.sum()
        return scores


def places_of(first: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """Return the places of all `rows`, one row after the other, and how many places each row has.

    Row i has the places from first[i] to first[i + 1], exclusive.
    """
    counts: Rows = first[rows + 1] - first[rows]
    starts = np.cumsum(counts) - counts
    places: Rows = np.repeat(first[rows] - starts, counts) + np.arange(counts.sum())
    return places, counts


@dataclass(frozen=True, slots=True)
class _Asked:
    """The kinds of the words of a question, numbered as columns, and where they stand in a text.

    `asked` are the columns of the question's words in order, `column` those of the text's words, -1
    for words of other kinds.
    """

    asked: Rows
    rarity: Numbers
    peculiarity: Numbers
    column: NDArray[np.int32]

    def times(self, row_of: Rows, count: int) -> Rows:
        """Return how often each kind stands in each of `count` rows, shape (count, columns)."""
        width = len(self.rarity)
        is_asked = self.column >= 0
        cells = row_of[is_asked] * width + self.column[is_asked]
        times: Rows = np.bincount(cells, minlength=count * width).reshape(count, width)
        return times


class _Kinds:
    """Words by kind, such as stem or root, and in how many sentences each kind stands."""

    def __init__(
        self,
        kinds: Sequence[str],
        words: NDArray[np.int32],
        row_of: Rows,
        passage_of: Rows,
        passages: int,
    ) -> None:
        """Take the kind of each word of the vocabulary, and the words of all rows in order.

        `row_of` and `passage_of` are the row and the passage of each of these words; there are
        `passages` passages.
        """
        self._numbers: dict[str, int] = {}
        of_words = [self._numbers.setdefault(kind, len(self._numbers)) for kind in kinds]
        self._of_words = np.array(of_words, np.int32)
        self._rows = int(row_of[-1]) + 1 if len(row_of) else 1
        width = max(len(self._numbers), 1)
        once = np.unique(row_of * width + self._of_words[words]) if len(words) else row_of
        self._frequency = np.bincount(once % width, minlength=width)
        of_text = self._of_words[words]
        times = np.bincount(of_text, minlength=width)
        in_passages = np.bincount(np.unique(passage_of * width + of_text) % width, minlength=width)
        # Residual inverse document frequency: how many fewer passages hold the word than would if
        # it fell anywhere (Church and Gale, Inverse Document Frequency, 1995).
        expected = passages * -np.expm1(-times / passages)
        self._peculiarity = np.log(np.maximum(expected / np.maximum(in_passages, 1), 1.0))

    def holds(self, kind: str) -> bool:
        """Return whether a word of this kind stands in any row."""
        return kind in self._numbers

    def among(self, kinds: Sequence[str], words: NDArray[np.int32]) -> _Asked:
        """Return the `kinds` of a question's words, and where they stand among `words`."""
        columns = {kind: column for column, kind in enumerate(dict.fromkeys(kinds))}
        column_of = np.full(max(len(self._numbers), 1), -1, np.int32)
        rarity, peculiarity = np.empty(len(columns)), np.zeros(len(columns))
        for kind, column in columns.items():
            number = self._numbers.get(kind)
            frequency = 0 if number is None else int(self._frequency[number])
            # Lucene's inverse document frequency, which is never negative.
            rarity[column] = math.log1p((self._rows - frequency + 0.5) / (frequency + 0.5))
            if number is not None:
                column_of[number] = column
                peculiarity[column] = self._peculiarity[number]
        asked = np.array([columns[kind] for kind in kinds], np.intp)
        return _Asked(asked, rarity, peculiarity, column_of[self._of_words[words]])


def _letters(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the first letters of `words` as numbers, 0 after the end, shape (words, _LETTERS)."""
    return np.array(words, f"<U{_LETTERS}").view(np.uint32).reshape(len(words), _LETTERS)


def _pairs(same: _Asked, row_of: Rows, begins: Rows, count: int) -> Numbers:
    """Return, by passage, the share of the question's pairs of neighbouring words that are
    neighbours there too.
    """
    wanted = list(dict.fromkeys(itertools.pairwise(same.asked.tolist())))
    if not wanted:
        return np.zeros(len(begins))
    width = len(same.rarity)
    place_of = np.full(width * width, -1, np.int32)
    for place, (left, right) in enumerate(wanted):
        place_of[left * width + right] = place
    first, second = same.column[:-1], same.column[1:]
    is_pair = (first >= 0) & (second >= 0) & (row_of[:-1] == row_of[1:])
    place = place_of[first[is_pair].astype(np.intp) * width + second[is_pair]]
    rows = row_of[:-1][is_pair]
    has = np.zeros((count, len(wanted)), np.bool_)
    has[rows[place >= 0], place[place >= 0]] = True
    weights = np.array([same.rarity[left] * same.rarity[right] for left, right in wanted])
    return _share(np.logical_or.reduceat(has, begins, axis=0), weights)


def with_neighbours(values: Table, begins: Rows) -> Table:
    """Return, for each sentence, the highest `values` of it and of the sentences before and after
    it in its passage. The shape is (sentences, words).
    """
    goes_on = np.flatnonzero(~np.isin(np.arange(len(values)), begins))
    joined = values.copy()
    joined[goes_on] = np.maximum(joined[goes_on], values[goes_on - 1])
    joined[goes_on - 1] = np.maximum(joined[goes_on - 1], values[goes_on])
    return joined


def _share(has: Flags | Numbers, weights: Numbers) -> Numbers:
    """Return, for each row, the share of `weights` that it `has`; 0 if they are all 0."""
    total = weights.sum()
    shares: Numbers = has @ weights / total if total else np.zeros(len(has))
    return shares
