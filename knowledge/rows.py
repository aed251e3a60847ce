"""Which rows of a table a question can mean: those with most of its words that no header has.

Rows are alike but for what tells them apart, so that the one of another village looks as if it
answered too.
"""

import functools
from collections.abc import Collection

from knowledge.lexical import content_terms, terms
from knowledge.passages import Passage, Sentence, rows_of

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


@functools.lru_cache(maxsize=20_000)
def _terms(row: str, language: str) -> tuple[str, ...]:
    return tuple(terms(row, language))


def _is_in(one: str, others: Collection[str]) -> bool:
    return any(
        one == other or (len(one) >= _ROOT and one[:_ROOT] == other[:_ROOT]) for other in others
    )
