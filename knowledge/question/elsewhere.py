"""Whether a question asks about a place, body, people or year that no document mentions.

"How many citizens of Kyrgyzstan signed?" is near to a sentence about those of Kazakhstan by any
measure of similarity, and asks for something else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz, process

from knowledge.people.name_words import is_a, is_stop_word
from knowledge.people.names import keys
from knowledge.question.glossary import Glossary, carries
from knowledge.question.sought import SHORTEST_STEM
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage
from knowledge.words.lexical import content_terms, terms
from knowledge.words.numbers import plainly
from knowledge.words.shared import SharedWords, WordsOfEach

_WORD = re.compile(r"\d+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_YEARS = re.compile(r"\b(\d\d)\d\d ?[-–—/] ?(\d\d)\b(?![-–—/\d])")  # 1620–21
_OPENS_TITLE = re.compile(r"[«“„\"]$")
_SHORTEST_HALF = 4  # letters of each of two names written as one: Superbowl
_SHORTEST_ROOT = 4  # letters that a people shares with its country: Chin-a, Chin-ese
_ALIKE = 80.0  # per cent of letters in common
_SHORTEST_PLACE = 4  # letters of a place in lower case: "us" and "may" are other words too
# Places, months and days that in lower case are other words too, or have a form that is one.
_ALSO_WORDS = frozenset(
    ["march", "august", "oral", "turkey", "jordan", "georgia", "china", "среди"]
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of documents, which tell what documents speak of: their terms by language, and the
    keys of the words that they write with a capital.
    """

    _terms: Mapping[str, SharedWords]
    _keys: SharedWords

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> "Vocabulary":
        """Return the words of `passages`."""
        held: dict[str, WordsOfEach] = {}
        capitals = WordsOfEach()
        for document, own in groupby(passages, lambda passage: passage.document):
            of_language = held.setdefault(document.language, WordsOfEach())
            # Title and publisher, which a source line shows, are spoken of too.
            read = (passage.read_text for passage in own)
            for text in (*read, document.title, document.publisher or ""):
                of_language.add(document.id, terms(text, document.language))
                years = (century + year for century, year in _YEARS.findall(text))  # 1621
                of_language.add(document.id, years)
                for word in _WORD.findall(text):
                    if word[0].isupper():
                        capitals.add(document.id, keys(word))
        return cls({language: own.shared() for language, own in held.items()}, capitals.shared())

    def within(self, document: Document) -> "Vocabulary":
        """Return the words of `document` alone, one of those that these words are of."""
        own = {document.language: self._terms[document.language].within(document.id)}
        return Vocabulary(own, self._keys.within(document.id))

    def holds(self, text: str, language: str) -> bool:
        """Return whether documents in `language` hold every meaningful word of `text`, and one is
        there.
        """
        wanted = content_terms(text, language)
        return bool(wanted) and all(self._is_held(term, language) for term in wanted)

    def _is_held(self, term: str, language: str) -> bool:
        """Return whether the documents hold `term`, as `sought.is_held` says of any words."""
        held = self._terms.get(language)
        if held is None:
            return False
        if term in held or (len(term) >= SHORTEST_STEM and held.has_beginning(term)):
            return True
        return any(term[:end] in held for end in range(SHORTEST_STEM, len(term)))

    def names(self, word: str) -> bool:
        """Return whether a document writes `word`, in any script, with a capital letter."""
        return any(key in self._keys for key in keys(word))

    def names_parts(self, word: str) -> bool:
        """Return whether a document writes both halves of `word` with a capital: Super, Bowl."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        return not is_a(word, "places") and any(
            self.names(word[:cut]) and self.names(word[cut:]) for cut in cuts
        )

    def names_alike(self, word: str) -> bool:
        """Return whether a document writes a word like `word` with a capital: India for Indian,
        Gandhi for Ghandi.

        A listed place is like no other: Uzbekistan is no misspelled Kazakhstan.
        """
        if is_a(word, "places"):
            return False
        least = _SHORTEST_ROOT if is_a(word, "peoples") else None
        for key in keys(word):
            if least and self._keys.has_beginning(key[:least]):
                return True
            if process.extractOne(key, self._keys, scorer=fuzz.ratio, score_cutoff=_ALIKE):
                return True
        return False


def speaks_of_elsewhere(
    text: str, language: str, vocabulary: Vocabulary, target: str, glossary: Glossary
) -> bool:
    """Return whether `text`, in `language`, names something that no document in `target` mentions.

    A name is a word with a capital letter within a sentence, a place or a people, or a number of
    three or more digits.
    """
    text = plainly(text)
    matches = list(_WORD.finditer(text))
    written = [match.group() for match in matches]
    has_case = any(word[0].islower() for word in written)
    is_carried = carries(language, target)
    carried = glossary.translate(text, language, target) if is_carried else None
    if carried is not None and any(_is_name_of_none(t, target, vocabulary) for t in carried.terms):
        return True
    for place, word in enumerate(written):
        begins = (
            place == 0
            or text[matches[place - 1].end() : matches[place].start()].strip()[:1] in {*".!?…"}
            or _begins_title(text, matches[place])
        )
        if not _is_name(word, is_capital_telling=has_case and not begins):
            continue
        if vocabulary.names(word) or vocabulary.holds(word, target):
            continue
        if vocabulary.names_alike(word) or vocabulary.names_parts(word):
            continue
        same = glossary.same_as(word, language) if word.rstrip("s").isupper() else ()
        if any(vocabulary.holds(other, target) for other in same):
            continue  # NGOs, which they call civil society organisations
        # The glossary passes over "US" as if it were "us", a word without meaning.
        is_passed_over = carried is not None and word.isupper() and word not in carried.carried
        if carried is None or word in carried.unknown or is_passed_over:
            return True
    return False


def _begins_title(text: str, word: re.Match[str]) -> bool:
    """Return whether `word` is the first of several in quotation marks, and so has a capital."""
    return _OPENS_TITLE.search(text[: word.start()]) is not None and text[word.end() :][:1] == " "


def _is_name(word: str, *, is_capital_telling: bool) -> bool:
    """Return whether `word` is a name; `is_capital_telling` says that its capital would show it."""
    if word[0].isdigit():
        return len(word) > 2
    if word.isupper() and is_capital_telling and is_a(word, "places"):
        return True  # the US, not us
    if is_stop_word(word) or word.startswith(("I'", "I’")):
        return False
    if word[0].isupper():
        return is_capital_telling or is_a(word, "places") or is_a(word, "peoples")
    return (
        len(word) >= _SHORTEST_PLACE
        and word not in _ALSO_WORDS
        and (is_a(word, "places") or is_a(word, "peoples"))
    )


def _is_name_of_none(alternatives: Sequence[str], target: str, vocabulary: Vocabulary) -> bool:
    """Return whether all `alternatives` of a term are names, and no document has any of them."""
    return all(alternative[0].isupper() for alternative in alternatives) and not any(
        vocabulary.holds(alternative, target) for alternative in alternatives
    )
