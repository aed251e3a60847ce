"""Finds the rows and columns of a table that a question can mean.

The rows of a table are so alike that the row of another village looks like an answer too; and so
does the right row if the table has no column for what is asked.
"""

import functools
from collections.abc import Collection

from knowledge.reading.passages import Passage, Sentence, rows_of
from knowledge.words.lexical import content_terms, terms

_ROOT = 5  # letters with which two words that are akin begin, as in `overlap`


def rows_meant(question: str, passage: Passage) -> tuple[Sentence, ...]:
    """Return the sentences of `passage` that `question` can mean.

    Of a table these are the rows that hold as many of its words as any row of the whole table. In
    a passage that is only a part of the table there may be none.
    """
    if passage.columns is None:
        return passage.sentences
    language = passage.document.language
    header = terms(passage.header, language)
    asked = {one for one in content_terms(question, language) if not _is_in(one, header)}

    def held(row: str) -> int:
        own = _terms(row, language)
        return sum(_is_in(one, own) for one in asked)

    most = max(map(held, rows_of(passage)), default=0)
    return tuple(s for s in passage.sentences if held(passage.sentence_text(s)) >= most)


def names_column(question: str, passage: Passage, row: Sentence) -> bool:
    """Return whether `question` asks for a column of the table that `passage` is.

    It does if a word of it that `row` does not hold is in the name of a column; the first column
    does not count, as it says what the rows are. True if `passage` is no table, and if `row` holds
    all words.
    """
    if passage.columns is None:
        return True
    language = passage.document.language
    own = _terms(passage.sentence_text(row), language)
    left = [one for one in content_terms(question, language) if not _is_in(one, own)]
    names = " ".join(line.partition("|")[2] for line in passage.header.split("\n"))
    return not left or any(_is_in(one, terms(names, language)) for one in left)


@functools.lru_cache(maxsize=20_000)
def _terms(row: str, language: str) -> tuple[str, ...]:
    return tuple(terms(row, language))


def _is_in(one: str, others: Collection[str]) -> bool:
    """Return whether the term `one`, or one that is akin, is among `others`."""
    return any(
        one == other or (len(one) >= _ROOT and one[:_ROOT] == other[:_ROOT]) for other in others
    )
