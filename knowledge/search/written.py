"""The names and numbers in each document, to tell whether it has those of a question."""

from collections.abc import Sequence

from knowledge.question.elsewhere import Vocabulary, speaks_of_elsewhere
from knowledge.question.glossary import Glossary
from knowledge.question.questions import Question
from knowledge.reading.documents import Document
from knowledge.words.numbers import Value, are_in, numbers_in


class Written:
    """The names and numbers in documents, with those in their titles, dates and publishers."""

    def __init__(
        self, documents: Sequence[Document], vocabulary: Vocabulary, glossary: Glossary
    ) -> None:
        """Read `documents`, whose words are those of `vocabulary`. `glossary` translates names."""
        self._glossary = glossary
        self._vocabulary = vocabulary
        # What a single document does not name, none does, and that is found before (`of_nobody`).
        self._is_asked = len(documents) > 1
        self._numbers: dict[str, frozenset[Value]] = {}
        for one in documents:
            text = f"{one.title} {one.text} {one.date or ''} {one.publisher or ''}"
            self._numbers[one.id] = numbers_in(text)

    def names(self, question: Question, document: Document) -> bool:
        """Return whether `document` names all that `question` does, in the sense of
        `speaks_of_elsewhere`; True if it is the only document.
        """
        return not self._is_asked or not speaks_of_elsewhere(
            question.text,
            question.language,
            self._vocabulary.within(document),
            document.language,
            self._glossary,
        )

    def has_numbers(self, question: Question, document: Document) -> bool:
        """Return whether `document` holds every number of `question`, by value.

        Of 422 questions with numbers about the corpus's train and tune documents, 168 have one that
        the document lacks: 166 of these must be declined.
        """
        return are_in(question.text, self._numbers[document.id])
