"""The misspelled words of a question, corrected once, before anything else reads it.

A word is corrected if neither its language nor the documents have it, it is like no name of theirs,
and one word that is a mistake away is clearly likelier than all others. In a language without a
dictionary no word is certainly wrong: there, only letters that a keyboard lacks are put back.
"""

import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.languages import SPOKEN, by_language, words_of_all
from knowledge.people.names import keys
from knowledge.question.glossary import Glossary
from knowledge.reading.passages import Passage
from knowledge.words.detection import detect
from knowledge.words.dictionaries import Dictionary, dictionary, has_word, letters
from knowledge.words.lexical import YO, stems, stop_words, words
from knowledge.words.typed_letters import is_kazakh, meant, typed

_SHORTEST = 4  # letters; a shorter word is near too many
_LONGEST = 40  # letters; no word is longer, and looking for one takes a second
_LONG = 8  # letters of a word that may have two mistakes, if a known word is meant
_ALIKE = 80.0  # per cent of letters that a name and a word like it have in common
# Letters alone: what stands beside figures, hyphens and apostrophes is a name or a form.
_WORD = re.compile(r"(?<![\w@/.'’-])[^\W\d_]+(?![\w@/'’-])")
_OPENING = "\"'«“„(¿¡ "
_MARKS = "'-"
_COURTESY = ("greeting", "thanks")
_VOWELS = frozenset("".join(words_of_all("letters", "vowels")))
# Natural logarithms of how many times less likely each of these makes a word.
_NOT_IN_DOCUMENTS, _OTHER_BEGINNING = 3.0, 2.0
_OTHER_LETTER, _ONE_TOO_MANY, _ONE_LEFT_OUT = 3.0, 1.5, 0.5
_CLEARLY = 0.5  # the same, of the next best word beside the best


class Spelling:
    """Corrects questions to some documents; safe to use from several threads."""

    def __init__(
        self,
        passages: Iterable[Passage],
        people: Iterable[str],
        glossary: Glossary,
        commonness: Callable[[str], float],
    ) -> None:
        """Take the words of `passages` and `glossary` as likely, and names of `people` as right.

        `commonness` returns the natural logarithm of the relative frequency of a word.
        """
        written: dict[str, set[str]] = {language: set() for language in SPOKEN}
        for passage in passages:
            in_language = written.setdefault(passage.document.language, set())
            for text in (passage.text, passage.document.title):
                in_language.update(_WORD.findall(text))
        self._capitalised = {w for ws in written.values() for w in ws if w[0].isupper()}
        self._people = tuple(people)
        self._written = {language: frozenset(map(_plain, ws)) for language, ws in written.items()}
        self._known = {
            language: self._written[language] | _of_field(glossary, language) for language in SPOKEN
        }
        self._commonness = commonness

    def corrected(self, text: str) -> str:
        """Return `text` with its misspelled words corrected; the same if there are none."""
        language = "kk" if is_kazakh(text) else detect(text)
        return _WORD.sub(lambda match: self._corrected_word(match, language), text)

    def _corrected_word(self, match: re.Match[str], language: str) -> str:
        written = match.group()
        word = _plain(written)
        opens = not match.string[: match.start()].strip(_OPENING)
        if not (written.islower() or (opens and written.istitle())) or self._is_word(
            word, language
        ):
            return written
        known = dictionary(language)
        if known is None:
            best = self._with_letters(word, language, is_plain=typed(match.string) == match.string)
        else:
            # A capital at the beginning may be that of a name: there, only a slight slip counts.
            most = math.inf if written.islower() else _ONE_TOO_MANY
            best = self._meant(word, language, known, most)
        if best == word or self._is_like_name(word):
            return written
        if written.islower():
            return best
        sure = stop_words(language) if known else self._known[language]
        return best.capitalize() if best in sure else written

    def _is_word(self, word: str, language: str) -> bool:
        """Return whether the dictionary of `language`, a document or the glossary has `word`."""
        known = dictionary(language)
        if known is not None and known.has(word):
            return True
        if any(word in held for held in (*self._written.values(), *self._known.values())):
            return True
        return stems([word], language)[0] in self._stems[language]

    def _with_letters(self, word: str, language: str, *, is_plain: bool) -> str:
        """Return `word` with the letters of `language` that are typed as others put back.

        A `word` that has any stays as it is. `is_plain` says that no word of the question has any.
        """
        if typed(word) != word:
            return word
        if word in self._by_typed[language]:
            return self._by_typed[language][word]
        # If other words are typed with these letters, one of another language is not Kazakh.
        return word if has_word(word) and not is_plain else meant(word)

    def _meant(self, word: str, language: str, known: Dictionary, most: float) -> str:
        """Return the one word that is clearly meant by `word`; `word` itself if there is none.

        `most` is the highest cost that a single mistake may have.
        """
        if not _SHORTEST <= len(word) <= _LONGEST or not set(word) <= set(letters(language)):
            return word
        parted = (word[:i] + mark + word[i:] for i in range(1, len(word)) for mark in _MARKS)
        if with_mark := next(filter(known.has, parted), None):
            return with_mark
        likely = self._likely(word, language, known, most)
        if not likely:
            return word
        stem_of = {near: stems([near], language)[0] for near in likely}
        best = max(likely, key=lambda near: (likely[near][0], near))
        others = [likely[near][0] for near in likely if stem_of[near] != stem_of[best]]
        if others and likely[best][0] - max(others) < _CLEARLY:
            return word
        # Of the forms of one word the nearest: servd is served, though serve is commoner.
        forms = (near for near in likely if stem_of[near] == stem_of[best])
        return min(forms, key=lambda near: (likely[near][1], -likely[near][0], near))

    def _likely(
        self, word: str, language: str, known: Dictionary, most: float
    ) -> dict[str, tuple[float, float]]:
        """Return the words that may be meant by `word`, each with the logarithm of its likelihood
        and the cost of the mistake.

        A single mistake costs `most` at most. In a long word two are looked for if there is none.
        """
        usual = self._known[language]
        costs: dict[str, float] = {}
        for cost, near in _near(word, letters(language)):
            if cost <= most and len(near) >= _SHORTEST and (near in usual or known.has(near)):
                costs[near] = min(cost, costs.get(near, cost))
        if not costs and len(word) >= _LONG:
            two_away = process.extract(word, usual, scorer=OSA.distance, score_cutoff=2, limit=3)
            costs = {near: float(distance) for near, distance, _ in two_away}
        likely: dict[str, tuple[float, float]] = {}
        for near, cost in costs.items():
            is_usual = near in usual or stems([near], language)[0] in self._known_stems[language]
            common = known.commonness.get(near) or self._commonness(near)
            likely[near] = common - cost - _NOT_IN_DOCUMENTS * (not is_usual), cost
        return likely

    def _is_like_name(self, word: str) -> bool:
        """Return whether `word` is like a name in the documents: a person's, or a word with a
        capital letter that is in no dictionary.
        """
        return any(
            process.extractOne(key, self._names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            for key in keys(word)
        )

    @functools.cached_property
    def _names(self) -> frozenset[str]:
        strange = (word for word in self._capitalised if not has_word(_plain(word)))
        of_people = (word for name in self._people for word in _WORD.findall(name))
        return frozenset(key for word in (*strange, *of_people) for key in keys(word))

    @functools.cached_property
    def _stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of the words that documents have and dictionaries have not, by language."""
        by_language = {}
        for language, written in self._written.items():
            known = dictionary(language)
            strange = [word for word in sorted(written) if known is None or not known.has(word)]
            by_language[language] = frozenset(stems(strange, language))
        return by_language

    @functools.cached_property
    def _known_stems(self) -> Mapping[str, frozenset[str]]:
        return {
            language: frozenset(stems(sorted(known), language))
            for language, known in self._known.items()
        }

    @functools.cached_property
    def _by_typed(self) -> Mapping[str, Mapping[str, str]]:
        """The likely words of each language, by how they are typed on a Russian keyboard."""
        return {
            language: {typed(word): word for word in sorted(known) if typed(word) != word}
            for language, known in self._known.items()
        }


def _plain(word: str) -> str:
    return word.lower().translate(YO)


@functools.lru_cache(maxsize=12)
def _of_field(glossary: Glossary, language: str) -> frozenset[str]:
    """Return the words of `glossary` in `language`, those of greetings and thanks, and the words
    without meaning.
    """
    texts = [text for term in glossary.terms for text in term.equivalents(language)]
    courtesy = by_language("courtesy").get(language, {})
    texts += (text for key in _COURTESY for text in courtesy.get(key, ()))
    held = (word for text in texts for word in words(text))
    return frozenset(w for w in (*held, *stop_words(language)) if w.isalpha())


def _near(word: str, alphabet: str) -> Iterator[tuple[float, str]]:
    """Yield what is one mistake away from `word`, each after the cost of the mistake."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        first = _OTHER_BEGINNING * (place == 0)
        is_double = letter in {before[-1:], after[:1]}
        yield first + _ONE_TOO_MANY * (not is_double), before + after
        if after:
            yield first, before + after[0] + letter + after[1:]
        for other in alphabet:
            is_vowel = letter in _VOWELS and other in _VOWELS
            yield first + _OTHER_LETTER * (not is_vowel), before + other + after
            yield first + _ONE_LEFT_OUT * (other != letter), before + other + letter + after
    for other in alphabet:
        yield _ONE_LEFT_OUT, word + other
