"""The numbers and names that each document holds, to tell what a question names and it does not."""

import re
from collections.abc import Sequence

from knowledge.documents import Document
from knowledge.lexical import terms
from knowledge.names import keys
from knowledge.numbers import Value, are_in, numbers_in
from knowledge.questions import Question

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Written:
    """What documents write, with their titles, dates and publishers."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Read `documents`."""
        self._numbers: dict[str, frozenset[Value]] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._terms: dict[str, frozenset[str]] = {}
        for one in documents:
            text = f"{one.title} {one.text} {one.date or ''} {one.publisher or ''}"
            self._numbers[one.id] = numbers_in(text)
            names = {word for word in _WORD.findall(text) if word[0].isupper()}
            self._keys[one.id] = frozenset(key for word in names for key in keys(word))
            self._terms[one.id] = frozenset(terms(text, one.language))

    def has_numbers(self, question: Question, document: Document) -> bool:
        """Return whether `document` holds every number of `question`, by value.

        Of 422 questions with numbers to the corpus' train and tune documents, 168 ask for one that
        is not there: 166 of these are to be declined.
        """
        return are_in(question.text, self._numbers[document.id])

    def share_of_names(self, question: Question, document: Document) -> float:
        """Return the share of the names in `question` that `document` writes; 1 if it has none.

        Less than 1 is no certain sign: a country has another name in another language.
        """
        names = [name for name in question.names if _WORD.fullmatch(name)]
        if not names:
            return 1.0
        return sum(self._has(name, document) for name in names) / len(names)

    def _has(self, name: str, document: Document) -> bool:
        return not self._keys[document.id].isdisjoint(keys(name)) or (
            not self._terms[document.id].isdisjoint(terms(name, document.language))
        )
