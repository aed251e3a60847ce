"""The terms of the glossary: what one thing is called in each language, and tables of them."""

from collections.abc import Iterator, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from knowledge.words.detection import CYRILLIC, LATIN
from knowledge.words.lexical import terms, words

LANGUAGES = ("en", "ru", "kk")

_SHORTEST_LOAN = 6  # letters


class Term(BaseModel):
    """What one thing is called in each language: dictionary forms, the usual one first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    kk: tuple[str, ...] = ()

    @field_validator("en", "ru", "kk")
    @classmethod
    def _are_words(cls, equivalents: tuple[str, ...]) -> tuple[str, ...]:
        for place, text in enumerate(equivalents):
            if not words(text):
                raise ValueError(f"'{text}' holds no word; write one, or take it out")
            if text in equivalents[:place]:
                raise ValueError(f"'{text}' stands there twice; take one out")
            mixed = (w for w in words(text) if LATIN.search(w) and CYRILLIC.search(w))
            for word in mixed:
                raise ValueError(
                    f"'{word}' mixes Latin and Cyrillic letters that look alike; type it again"
                )
        return equivalents

    @model_validator(mode="after")
    def _joins_languages(self) -> Self:
        if sum(bool(self.equivalents(language)) for language in LANGUAGES) < 2:
            raise ValueError("expected words in two or more of en, ru and kk")
        return self

    def equivalents(self, language: str) -> tuple[str, ...]:
        """Return what the thing is called in `language`, "en", "ru" or "kk"."""
        return {"en": self.en, "ru": self.ru, "kk": self.kk}[language]


def loans_in(terms: Sequence[Term]) -> Iterator[tuple[Term, str]]:
    """Yield the Russian words of `terms`, to which Kazakh adds endings of its own.

    Short ones are left out: too many Kazakh words begin with them.
    """
    for term in terms:
        for text in term.ru:
            if len(words(text)) == 1 and len(text) >= _SHORTEST_LOAN:
                yield term, text


def same_in(entries: Sequence[Term]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return, for a language and the stems of a word or phrase, those it shares entries with."""
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in entries:
        for language in LANGUAGES:
            texts = entry.equivalents(language)
            for text in texts if len(texts) > 1 else ():
                key = (language, *terms(text, language))
                others = (other for other in texts if other != text)
                same[key] = tuple(dict.fromkeys((*same.get(key, ()), *others)))
    return same
