"""What a later edition says in place of a row of a table, or of a sentence, of an earlier one.

A row is found by what it is of, so that its figures may be others; a sentence by its words, but for
its figures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.reading.passages import Passage, Sentence, rows_of
from knowledge.words.lexical import terms

_FIGURE = "0"
_ALIKE = 0.7  # share of words that the headers of one table have in common

Place = tuple[Passage, Sentence]
Key = tuple[str, ...]


def worded(text: str, language: str) -> list[str]:
    """Return the terms of `text` in `language`, in order, all figures alike.

    >>> worded("In 2021 there were 41.", "en") == worded("In 2022 there were 67.", "en")
    True
    """
    return [_FIGURE if term[0].isdigit() else term for term in terms(text, language)]


def share_in_common(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of terms that `one` and `other` have in common, in [0, 1]."""
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / max(len(one) + len(other), 1)


def row_in_place_of(
    row: Sentence, passage: Passage, own: Sequence[Passage], later: Sequence[Passage]
) -> Place | None:
    """Return the row that the edition of the passages `later` has in place of `row` of `passage`, a
    table of the edition of the passages `own`; None if there is none, or which it is is not sure.
    """
    before, after = (list(_tables_like(passage, passages)) for passages in (own, later))
    if len(before) == len(after):
        place = next(n for n, table in enumerate(before) if passage in table)
        after = after[place : place + 1]
    rows = rows_of(passage)
    found = [(part, sentence) for table in after for part in table for sentence in part.sentences]
    names = _names(passage.sentence_text(row))
    for count in range(1, len(names) + 1):
        key = names[:count]
        same = [one for one in found if _names(one[0].sentence_text(one[1]))[:count] == key]
        if not same:
            return None
        if len(same) == sum(_names(other)[:count] == key for other in rows) == 1:
            return same[0]
    return None


def _tables_like(passage: Passage, passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the tables among `passages`, each as its passages, whose columns are called as those of
    `passage` are.
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


def _names(row: str) -> Key:
    """Return what may tell of what `row` is: its cells with letters, or the first if none has."""
    cells = [" ".join(cell.split()).casefold() for cell in row.split("|")]
    return tuple(cell for cell in cells if any(map(str.isalpha, cell))) or tuple(cells[:1])
