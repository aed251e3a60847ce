"""What documents write with a capital letter besides names of people, and what in small letters.

The first is no stranger's name, and the second no name at all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.people.name_parts import WORD
from knowledge.people.names import keys, readings
from knowledge.people.names_in_text import lower_case_words
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans_form, surname_keys
from knowledge.reading.documents import Document
from knowledge.words.lexical import terms

_OF_MANY_FORMS = ("ru", "kk")  # languages in which endings tell apart the forms of a word


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """The words of documents: the keys of those with a capital that name nobody, those in small
    letters, and the stems of these by language.
    """

    capitalised: frozenset[str]
    small: frozenset[str]
    small_stems: dict[str, frozenset[str]]

    def has_with_capital(self, word_keys: Sequence[str]) -> bool:
        """Return whether a document writes a word of one of these keys with a capital."""
        return not self.capitalised.isdisjoint(word_keys)

    def has_form_of(self, word: str) -> bool:
        """Return whether a document writes `word` in small letters, in whatever form."""
        return any(
            not stems.isdisjoint(terms(word, language))
            for language, stems in self.small_stems.items()
        )


def words_written(documents: Sequence[Document], people: Sequence[Person]) -> WrittenWords:
    """Return the words of `documents`, which name `people`."""
    return WrittenWords(
        _capitalised(documents, people), lower_case_words(documents), _small_stems(documents)
    )


def _capitalised(documents: Sequence[Document], people: Sequence[Person]) -> frozenset[str]:
    """Return the keys of words that `documents` capitalise and that name nobody of `people`.

    A surname that several of them bear in one document is one of theirs.
    """
    within = {
        (mention.document, place)
        for person in people
        for mention in person.mentions
        for place in range(mention.start, mention.end)
    }
    shared = _shared_surnames(people)
    words = {
        match.group()
        for document in documents
        for match in WORD.finditer(document.text)
        if match.group()[0].isupper()
        and (document.id, match.start()) not in within
        and shared.get(document.id, frozenset()).isdisjoint(keys(match.group()))
    }
    return frozenset(
        key
        for word in words
        # Karimova, left without a name, is no other Karimov.
        for key in (readings(word) if is_womans_form(word, "") else keys(word))
    )


def _shared_surnames(people: Sequence[Person]) -> dict[str, frozenset[str]]:
    """Return, by document, the keys of surnames that several of `people` named there bear."""
    bearers: dict[str, Counter[str]] = {}
    for person in people:
        borne = {key for name in (person.name, *person.aliases) for key in surname_keys(name)}
        for document in {mention.document for mention in person.mentions}:
            bearers.setdefault(document, Counter()).update(borne)
    return {
        document: frozenset(key for key, count in own.items() if count > 1)
        for document, own in bearers.items()
    }


def _small_stems(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """Return the stems of words that `documents` write in small letters, by language.

    Of Russian and Kazakh, in which a word has many forms.
    """
    texts: dict[str, list[Document]] = {}
    for document in documents:
        if document.language in _OF_MANY_FORMS:
            texts.setdefault(document.language, []).append(document)
    return {
        language: frozenset(terms(" ".join(lower_case_words(own)), language))
        for language, own in texts.items()
    }
