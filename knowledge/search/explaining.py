"""Explains why a sentence was chosen and given or withheld: each feature and its weight."""

from collections.abc import Sequence
from dataclasses import astuple, fields

from knowledge.quotes.explanation import Explanation, Weighed
from knowledge.reading.passages import Passage, Sentence
from knowledge.search import decision, ranking, reading_confidence
from knowledge.search.retrieval import Match


def explain_reading(
    passage: Passage,
    sentence: Sentence,
    odds: float,
    *,
    is_unnamed: bool,
    least_confidence: float,
) -> Explanation:
    """Return the explanation of `sentence`, the best that the reader found, with its log-odds."""
    return Explanation(
        passage.sentence_text(sentence),
        passage.document.language,
        1.0,
        (),
        (
            Weighed("odds", odds, reading_confidence.weight()),
            Weighed("unnamed", float(is_unnamed), reading_confidence.UNNAMED),
        ),
        reading_confidence.intercept(),
        reading_confidence.confidence(odds, is_unnamed=is_unnamed),
        least_confidence,
    )


def explain(
    match: Match, language: str, *, trust: float, confidence: float, least_confidence: float
) -> Explanation:
    """Return the explanation of `match`, the best one, in a document in `language`."""
    names = [field.name for field in fields(decision.Evidence)]
    evidence = astuple(decision.weigh(match))
    return Explanation(
        match.passage.sentence_text(match.sentence),
        language,
        trust,
        _weighed(ranking.FEATURES, match.features, ranking.weights(match.weighed_by)),
        _weighed(names, evidence, decision.weights(match.weighed_by)),
        decision.intercept(match.weighed_by),
        confidence,
        least_confidence,
    )


def _weighed(
    names: Sequence[str], values: Sequence[float], weights: Sequence[float]
) -> tuple[Weighed, ...]:
    return tuple(Weighed(*one) for one in zip(names, values, weights, strict=True))
