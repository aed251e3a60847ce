"""What a question looks for in a text: each of its words, and what would do for it."""

from collections.abc import Iterable, Sequence

from knowledge.question.glossary import Glossary, carries
from knowledge.words.lexical import content_terms, terms, words

SHORTEST_STEM = 6  # letters that two words must share at the head: Kazakhstan, Kazakhstani

# Who is asked for by a relative is named by another: the husband of somebody's wife.
_RELATIVES = (
    "husband wife spouse married marry",
    "children child kids son sons daughter daughters mother father parent parents",
)


def sought(text: str, language: str, target: str, glossary: Glossary) -> tuple[frozenset[str], ...]:
    """Return, for each word of meaning in `text`, the terms of `target` any of which would do.

    `language` is that of `text`, `target` that of the text to look in. Where they differ
    `glossary` carries the words over, and one that it does not know stays as it is: nothing does.
    """
    if not carries(language, target):
        return tuple(
            _equals(term, target).union(glossary.alike(term, target))
            for term in content_terms(text, language)
        )
    carried = glossary.translate(text, language, target)
    wanted = [
        one.union(*(glossary.alike(term, target) for term in one))
        for alternatives in carried.terms
        for one in _any_of(alternatives, target)
    ]
    return (*wanted, *(frozenset([word.lower()]) for word in carried.unknown))


def sought_in(
    text: str, language: str, targets: Iterable[str], glossary: Glossary
) -> dict[str, tuple[frozenset[str], ...]]:
    """Return what `text` looks for in each of the languages `targets`."""
    return {target: sought(text, language, target, glossary) for target in set(targets)}


def _any_of(alternatives: Sequence[str], target: str) -> list[frozenset[str]]:
    """Return the words of which any will do; of a term that is only phrases, those of the first, or
    in their places those of others as long: freedom, and either of speech and expression.
    """
    single = [text for text in alternatives if len(words(text)) == 1]
    if any_of := [_equals(term, target) for text in single for term in content_terms(text, target)]:
        return [frozenset().union(*any_of)]
    found = [own for text in alternatives if (own := content_terms(text, target))]
    as_long = [one for one in found if len(one) == len(found[0])]
    return [frozenset(alike) for alike in zip(*as_long, strict=True)]


def holds_all(held: Iterable[str], wanted: Sequence[frozenset[str]]) -> bool:
    """Return whether the terms `held` have everything `wanted`, of which there is something."""
    return bool(wanted) and share_held(held, wanted) == 1.0


def share_held(held: Iterable[str], wanted: Sequence[frozenset[str]]) -> float:
    """Return which share of `wanted` the terms `held` have; all of it where nothing is wanted."""
    if not wanted:
        return 1.0
    own = set(held)
    return sum(any(is_held(term, own) for term in one) for one in wanted) / len(wanted)


def is_held(term: str, held: set[str]) -> bool:
    """Return whether `held` has `term`, or a word that one of them begins with the other."""
    return term in held or (
        len(term) >= SHORTEST_STEM
        and any(
            len(word) >= SHORTEST_STEM and (word.startswith(term) or term.startswith(word))
            for word in held
        )
    )


def _equals(term: str, language: str) -> frozenset[str]:
    for group in _RELATIVES:
        stems = frozenset(terms(group, language))
        if language == "en" and term in stems:
            return stems
    return frozenset([term])
