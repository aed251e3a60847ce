"""A question in other words: those of the documents in place of others that mean the same."""

from dataclasses import dataclass

from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import Glossary
from knowledge.words.lexical import content_terms

_LONGEST_PHRASE = 4  # words that are replaced together


@dataclass(frozen=True, slots=True)
class Rewording:
    """Finds other words for a question: those that the glossary gives and that documents have.

    `languages` are those of the documents.
    """

    glossary: Glossary
    vocabulary: Vocabulary
    languages: frozenset[str]

    def reworded(self, text: str, language: str, *, with_idioms: bool = False) -> str:
        """Return `text`, in `language`, with words that no document has replaced by their words.

        "Who worked together?" asks for a joint effort. `with_idioms` also replaces phrases whose
        only meaningful word documents have, perhaps in another meaning: "whose work".
        """
        if language not in self.languages:
            return text
        said = text.split()
        place = 0
        while place < len(said):
            for end in range(min(place + _LONGEST_PHRASE, len(said)), place, -1):
                phrase = " ".join(said[place:end])
                meaning = content_terms(phrase, language)
                is_idiom = with_idioms and len(meaning) == 1 and end - place > 1
                if not meaning or (self.vocabulary.holds(phrase, language) and not is_idiom):
                    continue
                if place and said[end - 1][0].isupper() and not phrase.isupper():
                    continue  # a name: Human Rights Watch
                same = self.glossary.same_as(phrase, language)
                other = next((t for t in same if self.vocabulary.holds(t, language)), None)
                if other is not None:
                    said[place:end] = [other + phrase[len(phrase.rstrip("?!.,;:")) :]]
                    break
            place += 1
        return " ".join(said)
