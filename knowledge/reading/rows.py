"""Which rows and columns of a table a question can mean.

Rows are alike but for what tells them apart, so that the one of another village looks as if it
answered too; and so does the right one where the table does not have what is asked.
"""

import functools
from collections.abc import Collection

from knowledge.reading.passages import Passage, Sentence, rows_of
from knowledge.words.lexical import content_terms, terms

_ROOT = 5  # letters that make two words akin, as in `overlap`


def rows_meant(question: str, passage: Passage) -> tuple[Sentence, ...]:
    """Return the sentences of `passage` that `question` can mean; of a table those rows that hold
    as much of it as any row of the whole table, which may be none.
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
    """Return whether `question` asks for a column of the table: of its words that `row` does not
    hold, one is in what a column is called, but for the first, which says what the rows are.

    True of what is no table, and where no such words are left.
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
    return any(
        one == other or (len(one) >= _ROOT and one[:_ROOT] == other[:_ROOT]) for other in others
    )
