"""What a question looks for in a text: each of its words, and the terms that will do for it."""

from collections.abc import Iterable, Sequence

from knowledge.question.glossary import Glossary, carries
from knowledge.words.lexical import content_terms, terms, words

SHORTEST_STEM = 6  # letters of a word that another may begin with: Kazakhstan, Kazakhstani

# A text may name people by the other side of a relation: the husband of somebody's wife.
_RELATIVES = (
    "husband wife spouse married marry",
    "children child kids son sons daughter daughters mother father parent parents",
)


def sought(text: str, language: str, target: str, glossary: Glossary) -> tuple[frozenset[str], ...]:
    """Return, for each meaningful word of `text`, the terms of `target` any of which will do.

    `language` is that of `text`, `target` that of the text to look in. If they differ, `glossary`
    carries the words over; one that it does not know stays as it is, and is not likely to be found.
    """
    if not carries(language, target):
        return tuple(_with_relatives(term, target) for term in content_terms(text, language))
    carried = glossary.translate(text, language, target)
    wanted = [any_of for alternatives in carried.terms for any_of in _any_of(alternatives, target)]
    return (*wanted, *(frozenset([word.lower()]) for word in carried.unknown))


def sought_in(
    text: str, language: str, targets: Iterable[str], glossary: Glossary
) -> dict[str, tuple[frozenset[str], ...]]:
    """Return what `text` looks for in each of the languages `targets`."""
    return {target: sought(text, language, target, glossary) for target in set(targets)}


def _any_of(alternatives: Sequence[str], target: str) -> list[frozenset[str]]:
    """Return what to look for if a word has these `alternatives`: sets of terms any of which do.

    If some are single words, any of these will do. If all are phrases, each word of the first is
    looked for, or the one in its place in a phrase as long: freedom, and either speech or
    expression.
    """
    single = [text for text in alternatives if len(words(text)) == 1]
    if stems := [stem for text in single for stem in content_terms(text, target)]:
        return [frozenset().union(*(_with_relatives(stem, target) for stem in stems))]
    phrases = [phrase for text in alternatives if (phrase := content_terms(text, target))]
    as_long = [phrase for phrase in phrases if len(phrase) == len(phrases[0])]
    return [frozenset(in_place) for in_place in zip(*as_long, strict=True)]


def holds_all(held: Iterable[str], wanted: Sequence[frozenset[str]]) -> bool:
    """Return whether the terms `held` have everything `wanted`; False if nothing is wanted."""
    return bool(wanted) and share_held(held, wanted) == 1.0


def share_held(held: Iterable[str], wanted: Sequence[frozenset[str]]) -> float:
    """Return the share of `wanted` that the terms `held` have; 1 if nothing is wanted."""
    if not wanted:
        return 1.0
    terms_held = set(held)
    has = [any(is_held(term, terms_held) for term in any_of) for any_of in wanted]
    return sum(has) / len(wanted)


def is_held(term: str, held: set[str]) -> bool:
    """Return whether `held` has `term`, or a word such that one of the two begins with the other.

    Both must then have SHORTEST_STEM letters.
    """
    return term in held or (
        len(term) >= SHORTEST_STEM
        and any(
            len(word) >= SHORTEST_STEM and (word.startswith(term) or term.startswith(word))
            for word in held
        )
    )


def _with_relatives(term: str, language: str) -> frozenset[str]:
    """Return `term`, with the terms for other relatives in English if it is one of these."""
    for group in _RELATIVES:
        stems = frozenset(terms(group, language))
        if language == "en" and term in stems:
            return stems
    return frozenset([term])
