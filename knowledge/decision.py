"""Whether what was found answers the question: a logistic model over six measures.

The weights are trained by `benchmarks/train_decision.py`, which says on what, and lie in
`decision.yaml`. A language without weights of its own uses those of English.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from importlib.resources import files

import yaml

from knowledge.lexical import content_terms, terms, words
from knowledge.questions import Question, holds
from knowledge.retrieval import Match, Shelf


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best match. Shares lie in [0, 1], and are 1 of nothing asked for."""

    cosine: float
    """Of question and match, the mean of passage and sentence."""
    bm25: float
    """The same in words, as a share of the most the question allows."""
    passage_coverage: float
    """Share of the question's meaningful words that the passage holds."""
    sentence_coverage: float
    """Share of them that the sentence holds."""
    names_found: float
    """Share of the question's names and numbers that the passage holds."""
    margin: float
    """Closeness of the match less that of the next passage; all of it where there is none."""


def weigh(question: Question, matches: Sequence[Match], shelf: Shelf) -> Evidence:
    """Return the evidence for the first of `matches` (at least one), a passage of `shelf`."""
    language = shelf.language
    best = matches[0]
    passage_terms = set(terms(best.passage.text, language))
    sentence_terms = set(terms(best.passage.sentence_text(best.sentence), language))
    asked = content_terms(question.text, language)
    names = [terms(word, language)[0] for name in question.names for word in words(name)]
    return Evidence(
        cosine=best.cosine,
        bm25=best.bm25,
        passage_coverage=_share(asked, passage_terms, shelf) if asked else 0.0,
        sentence_coverage=_share(asked, sentence_terms, shelf) if asked else 0.0,
        names_found=_share(names, passage_terms, shelf) if names else 1.0,
        margin=best.closeness - (matches[1].closeness if len(matches) > 1 else 0.0),
    )


def confidence(question: Question, matches: Sequence[Match], shelf: Shelf) -> float:
    """Return the probability in [0, 1] that the first of `matches` answers the question.

    A passage without a date or a number cannot answer a question that asks for one: 0.
    """
    if question.asks_for is not None and not holds(question.asks_for, matches[0].passage.text):
        return 0.0
    intercept, *weights = _weights(shelf.language)
    evidence = astuple(weigh(question, matches, shelf))
    logit = intercept + sum(w * value for w, value in zip(weights, evidence, strict=True))
    return 1 / (1 + math.exp(-logit))


def _share(wanted: Sequence[str], found: set[str], shelf: Shelf) -> float:
    weights = {term: shelf.lexical.weight(term) for term in wanted}
    return sum(weight for term, weight in weights.items() if term in found) / sum(weights.values())


@functools.cache
def _weights(language: str) -> tuple[float, ...]:
    table = yaml.safe_load(files("knowledge").joinpath("decision.yaml").read_text("utf-8"))
    of_language = table.get(language, table["en"])
    return tuple(of_language[name] for name in ("intercept", *(f.name for f in fields(Evidence))))
