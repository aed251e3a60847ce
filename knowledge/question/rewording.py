"""A question in other words: those of the documents for others that mean the same."""

from dataclasses import dataclass

from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import Glossary
from knowledge.words.lexical import content_terms

_LONGEST_PHRASE = 4  # words that a document may say in others


@dataclass(frozen=True, slots=True)
class Rewording:
    """What finds other words for a question, by those that documents and the glossary have.

    `languages` are those of the documents.
    """

    glossary: Glossary
    vocabulary: Vocabulary
    languages: frozenset[str]

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
