"""A question in other words: misspelled ones put right, and those of the documents for others."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from knowledge.elsewhere import Vocabulary
from knowledge.glossary import LANGUAGES, Glossary
from knowledge.lexical import content_terms, words
from knowledge.spelling import Spelling

_LONGEST_PHRASE = 4  # words that a document may say in others


@dataclass(frozen=True, slots=True)
class Rewording:
    """What finds other words for a question, by those that documents and the glossary have.

    `languages` are those of the documents, `english` the words, in lower case, that are known to
    be English. `spelling` puts words of a language right.
    """

    glossary: Glossary
    vocabulary: Vocabulary
    languages: frozenset[str]
    english: Collection[str]
    spelling: Mapping[str, Spelling]

    @classmethod
    def of(
        cls,
        glossary: Glossary,
        vocabulary: Vocabulary,
        languages: Collection[str],
        english: Collection[str],
    ) -> "Rewording":
        """Return one that puts words right by those of `vocabulary` and `glossary`."""
        spelling = {
            language: Spelling(vocabulary.words(language), glossary, language)
            for language in LANGUAGES
        }
        return cls(glossary, vocabulary, frozenset(languages), english, spelling)

    def unknown(self, text: str, language: str) -> set[str]:
        """Return the words of `text`, in lower case, that neither the list of English nor the
        glossary knows; within a phrase the glossary knows words that it has not by themselves.
        """
        if language == "en":
            return set(words(text)).difference(self.english)
        carried = [
            self.glossary.translate(text, language, target).unknown
            for target in LANGUAGES
            if target != language
        ]
        return set.intersection(*({word.lower() for word in unknown} for unknown in carried))

    def mended(self, text: str, language: str) -> str:
        """Return `text` with what is misspelled put right, in one of the glossary's languages."""
        if language not in self.spelling:
            return text
        unknown = self.unknown(text, language)
        return self.spelling[language].mended(text, lambda word: word not in unknown)

    def spoken(self, text: str, language: str, *, with_idioms: bool = False) -> str:
        """Return `text` with what documents call otherwise in their words: a few in a row at most.

        "Who worked together?" asks for a joint effort. `with_idioms` takes phrases too of which
        they have the one word that carries meaning, which may mean another thing: "whose work".
        """
        if language not in self.languages:
            return text
        said = text.split()
        place = 0
        while place < len(said):
            for end in range(min(place + _LONGEST_PHRASE, len(said)), place, -1):
                own = " ".join(said[place:end])
                meaning = content_terms(own, language)
                is_idiom = with_idioms and len(meaning) == 1 and end - place > 1
                if not meaning or (self.vocabulary.holds(own, language) and not is_idiom):
                    continue
                if place and said[end - 1][0].isupper() and not own.isupper():
                    continue  # a name: Human Rights Watch
                same = self.glossary.same_as(own, language)
                spoken = next((t for t in same if self.vocabulary.holds(t, language)), None)
                if spoken is not None:
                    said[place:end] = [spoken + own[len(own.rstrip("?!.,;:")) :]]
                    break
            place += 1
        return " ".join(said)
