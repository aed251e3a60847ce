"""Matches sentences and table rows of an earlier edition with those of a later one.

A row is found by its labels and a sentence by its words, so that the figures in them may differ.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.reading.passages import Passage, Sentence, rows_of
from knowledge.words.lexical import terms

_FIGURE = "0"  # stands for every figure
_ALIKE = 0.7  # least share of words that the headers of one table have in common

Place = tuple[Passage, Sentence]
Key = tuple[str, ...]


def worded(text: str, language: str) -> list[str]:
    """Return the terms of `text` in `language`, in order, with the same term for every figure.

    >>> worded("In 2021 there were 41.", "en") == worded("In 2022 there were 67.", "en")
    True
    """
    return [_FIGURE if term[0].isdigit() else term for term in terms(text, language)]


def share_in_common(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share in [0, 1] of their terms that `one` and `other` have in common (Dice), each
    counted as often as it occurs; 0 if both are empty.
    """
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / max(len(one) + len(other), 1)


def row_in_place_of(
    row: Sentence, passage: Passage, own: Sequence[Passage], later: Sequence[Passage]
) -> Place | None:
    """Return the row of a later edition that takes the place of `row` of the table `passage`.

    `own` are the passages of the edition of `passage`, `later` those of the later edition. The two
    rows begin with the same labels, as many as single out one row in each edition. None if there is
    no such row, or it is not certain which it is.
    """
    before, after = (list(_tables_like(passage, passages)) for passages in (own, later))
    if len(before) == len(after):
        place = next(n for n, table in enumerate(before) if passage in table)
        after = after[place : place + 1]
    rows = rows_of(passage)
    found = [(part, sentence) for table in after for part in table for sentence in part.sentences]
    labels = _labels(passage.sentence_text(row))
    for count in range(1, len(labels) + 1):
        key = labels[:count]
        same = [one for one in found if _labels(one[0].sentence_text(one[1]))[:count] == key]
        if not same:
            return None
        if len(same) == sum(_labels(other)[:count] == key for other in rows) == 1:
            return same[0]
    return None


def _tables_like(passage: Passage, passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the tables among `passages`, each as its passages, whose header is like that of
    `passage`.
    """
    language = passage.document.language
    header = worded(passage.header, language)
    tables: dict[int, list[Passage]] = {}
    for one in passages:
        if one.columns is not None:
            tables.setdefault(one.paragraph, []).append(one)
    for table in tables.values():
        if share_in_common(header, worded(table[0].header, language)) >= _ALIKE:
            yield table


def _labels(row: str) -> Key:
    """Return the cells that may say what `row` is about: those with letters, or the first if none
    has any.
    """
    cells = [" ".join(cell.split()).casefold() for cell in row.split("|")]
    return tuple(cell for cell in cells if any(map(str.isalpha, cell))) or tuple(cells[:1])
