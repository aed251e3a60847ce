"""The words that documents write with a capital besides names of people, and those in lower case.

The first are no stranger's name, the second no name at all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.people.name_parts import WORD
from knowledge.people.names import keys, readings
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans_form, surname_keys
from knowledge.reading.documents import Document
from knowledge.words.lexical import terms

_OF_MANY_FORMS = ("ru", "kk")  # languages in which a word has many forms, told by their endings


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """The words of documents: the keys of those with a capital that name nobody, the words in lower
    case, and the stems of these by language.
    """

    capitalised: frozenset[str]
    small: frozenset[str]
    small_stems: dict[str, frozenset[str]]

    def has_with_capital(self, word_keys: Sequence[str]) -> bool:
        """Return whether a document writes a word of one of these keys with a capital."""
        return not self.capitalised.isdisjoint(word_keys)

    def has_form_of(self, word: str) -> bool:
        """Return whether a document has `word` in lower case, in any form.

        Only the languages of `small_stems` count.
        """
        return any(
            not stems.isdisjoint(terms(word, language))
            for language, stems in self.small_stems.items()
        )


def words_written(documents: Sequence[Document], people: Sequence[Person]) -> WrittenWords:
    """Return the words of `documents`, which name `people`."""
    small: dict[str, set[str]] = {}  # by language
    for document in documents:
        written = WORD.findall(document.text)
        small.setdefault(document.language, set()).update(filter(str.islower, written))
    # Only in these languages has a word many forms.
    stems = {
        language: frozenset(terms(" ".join(small[language]), language))
        for language in _OF_MANY_FORMS
        if language in small
    }
    return WrittenWords(_capitalised(documents, people), frozenset().union(*small.values()), stems)


def _capitalised(documents: Sequence[Document], people: Sequence[Person]) -> frozenset[str]:
    """Return the keys of the words that `documents` capitalise and that name none of `people`.

    A surname that several of them bear in one document counts as naming one of them there.
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
        # A Karimova whom no full name explains does not make Karimov a word of the documents.
        for key in (readings(word) if is_womans_form(word, "") else keys(word))
    )


def _shared_surnames(people: Sequence[Person]) -> dict[str, frozenset[str]]:
    """Return, by document, the keys of surnames that several of `people` whom it names bear."""
    bearers: dict[str, Counter[str]] = {}
    for person in people:
        borne = {key for name in (person.name, *person.aliases) for key in surname_keys(name)}
        for document in {mention.document for mention in person.mentions}:
            bearers.setdefault(document, Counter()).update(borne)
    return {
        document: frozenset(key for key, count in counts.items() if count > 1)
        for document, counts in bearers.items()
    }
