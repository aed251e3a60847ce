"""The misspelled words of a question, put right once, before anything else reads it.

A word is put right where neither its language nor the documents know it, it is like no name of
theirs, and one word a mistake away is clearly likelier than all others. Of a language without a
dictionary no word is wrong for certain: there, letters that a keyboard lacks are put back alone.
"""

import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.languages import SPOKEN, words_of_all
from knowledge.people.names import keys
from knowledge.question.glossary import Glossary
from knowledge.reading.passages import Passage
from knowledge.words.detection import detect
from knowledge.words.dictionaries import Dictionary, dictionary, has_word, letters
from knowledge.words.lexical import YO, stems, stop_words, words
from knowledge.words.typed_letters import is_kazakh, meant, typed

_SHORTEST = 4  # letters; a shorter word is near too many
_LONGEST = 40  # letters: no word is longer, and to look for one costs a second
_LONG = 8  # letters from which two mistakes are forgiven, towards words of the documents
_ALIKE = 80.0  # per cent of letters that a name and a word like it have in common
# Letters alone: what stands beside figures, hyphens and apostrophes is a name or a form.
_WORD = re.compile(r"(?<![\w@/.'’-])[^\W\d_]+(?![\w@/'’-])")
_OPENING = "\"'«“„(¿¡ "
_MARKS = "'-"
_VOWELS = frozenset("".join(words_of_all("letters", "vowels")))
# Natural logarithms of how much less likely one thing is meant than another.
_NOT_IN_DOCUMENTS, _OTHER_BEGINNING = 3.0, 2.0
_OTHER_LETTER, _ONE_TOO_MANY, _ONE_LEFT_OUT = 3.0, 1.5, 0.5
_CLEARLY = 0.5  # the next best word than the best


class Spelling:
    """What puts questions to some documents right; safe to use from several threads."""

    def __init__(
        self,
        passages: Iterable[Passage],
        people: Iterable[str],
        glossary: Glossary,
        commonness: Callable[[str], float],
    ) -> None:
        """Take the words of `passages` and those of their field in `glossary` as likely ones, and
        those of the names of `people` as right.

        `commonness` returns the natural logarithm of a word's share of all that is written.
        """
        written: dict[str, set[str]] = {language: set() for language in SPOKEN}
        for passage in passages:
            found = written.setdefault(passage.document.language, set())
            for text in (passage.text, passage.document.title):
                found.update(_WORD.findall(text))
        self._capitalised = {w for own in written.values() for w in own if w[0].isupper()}
        self._people = tuple(people)
        self._written = {language: frozenset(map(_plain, own)) for language, own in written.items()}
        self._known = {
            language: self._written[language] | _of_field(glossary, language) for language in SPOKEN
        }
        self._commonness = commonness

    def corrected(self, text: str) -> str:
        """Return `text` with what is misspelled put right; the same if nothing is."""
        language = "kk" if is_kazakh(text) else detect(text)
        return _WORD.sub(lambda found: self._corrected_word(found, language), text)

    def _corrected_word(self, found: re.Match[str], language: str) -> str:
        written = found.group()
        word = _plain(written)
        opens = not found.string[: found.start()].strip(_OPENING)
        if not (written.islower() or (opens and written.istitle())) or self._is_word(
            word, language
        ):
            return written
        known = dictionary(language)
        if known is None:
            best = self._with_letters(word, language, is_plain=typed(found.string) == found.string)
        else:
            # Who begins with a name writes it so as well: there, a little slip alone is one.
            most = math.inf if written.islower() else _ONE_TOO_MANY
            best = self._meant(word, language, known, most)
        if best == word or self._is_like_name(word):
            return written
        if written.islower():
            return best
        sure = stop_words(language) if known else self._known[language]
        return best.capitalize() if best in sure else written

    def _is_word(self, word: str, language: str) -> bool:
        known = dictionary(language)
        if known is not None and known.has(word):
            return True
        if any(word in own for own in (*self._written.values(), *self._known.values())):
            return True
        return stems([word], language)[0] in self._stems[language]

    def _with_letters(self, word: str, language: str, *, is_plain: bool) -> str:
        """Return `word` with the letters of `language` that are typed as others, if it has none.

        `is_plain` says that nothing beside it has any.
        """
        if typed(word) != word:
            return word
        if word in self._by_typed[language]:
            return self._by_typed[language][word]
        # Where letters are typed as they should be, a word of another language is one.
        return word if has_word(word) and not is_plain else meant(word)

    def _meant(self, word: str, language: str, known: Dictionary, most: float) -> str:
        """Return the one word that `word` is clearly meant for; itself if there is none.

        `most` is how much less likely than others the mistake may be.
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
        """Return words that `word` may be meant for, with how likely each is and what the mistake
        takes from that, which is `most` or less.
        """
        own = self._known[language]
        costs: dict[str, float] = {}
        for cost, near in _near(word, letters(language)):
            if cost <= most and len(near) >= _SHORTEST and (near in own or known.has(near)):
                costs[near] = min(cost, costs.get(near, cost))
        if not costs and len(word) >= _LONG:
            two_away = process.extract(word, own, scorer=OSA.distance, score_cutoff=2, limit=3)
            costs = {near: float(distance) for near, distance, _ in two_away}
        likely: dict[str, tuple[float, float]] = {}
        for near, cost in costs.items():
            is_own = near in own or stems([near], language)[0] in self._known_stems[language]
            common = known.commonness.get(near) or self._commonness(near)
            likely[near] = common - cost - _NOT_IN_DOCUMENTS * (not is_own), cost
        return likely

    def _is_like_name(self, word: str) -> bool:
        """Return whether `word` is like a name of the documents: that of a person, or a word with a
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
        """The stems of what the documents in each language say and its dictionary has not."""
        found = {}
        for language, own in self._written.items():
            known = dictionary(language)
            strange = [word for word in sorted(own) if known is None or not known.has(word)]
            found[language] = frozenset(stems(strange, language))
        return found

    @functools.cached_property
    def _known_stems(self) -> Mapping[str, frozenset[str]]:
        return {one: frozenset(stems(sorted(own), one)) for one, own in self._known.items()}

    @functools.cached_property
    def _by_typed(self) -> Mapping[str, Mapping[str, str]]:
        """What is known in each language by how it is typed without the letters in question."""
        return {
            one: {typed(word): word for word in sorted(own) if typed(word) != word}
            for one, own in self._known.items()
        }


def _plain(word: str) -> str:
    return word.lower().translate(YO)


@functools.lru_cache(maxsize=12)
def _of_field(glossary: Glossary, language: str) -> frozenset[str]:
    """Return the words of `glossary` in `language`, and those without meaning."""
    of_glossary = (text for term in glossary.terms for text in term.equivalents(language))
    found = (word for text in of_glossary for word in words(text))
    return frozenset(w for w in (*found, *stop_words(language)) if w.isalpha())


def _near(word: str, alphabet: str) -> Iterator[tuple[float, str]]:
    """Yield what is one mistake away from `word`, with how much less likely than others it is."""
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
