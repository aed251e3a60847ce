"""What stood behind an answer, or behind a "no": each feature, its weight and what it made."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from knowledge import decision, ranking, reading_confidence
from knowledge.passages import Passage, Sentence
from knowledge.retrieval import Match


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature with its value for a sentence and its trained weight."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What the feature adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the best sentence found was chosen, and why it was given or withheld.

    `ranking` are its features (`ranking.FEATURES`), whose contributions add up to its score beside
    other sentences; `decision` the evidence for it (`decision.Evidence`), whose contributions add
    up with `intercept` to the log-odds of `confidence`. An answer needs `least_confidence`.
    `trust` in [0, 1] is what the encoder knows of `language`: its cosines are multiplied by it.
    What the reader chose has no `ranking`. `gate` is what declined it though it was sure, if so.
    """

    sentence: str
    language: str
    trust: float
    ranking: tuple[Weighed, ...]
    decision: tuple[Weighed, ...]
    intercept: float
    confidence: float
    least_confidence: float
    gate: str | None = None


def explain_reading(
    passage: Passage,
    sentence: Sentence,
    odds: float,
    *,
    least_confidence: float,
    gate: str | None,
) -> Explanation:
    """Return what stands behind `sentence`, the best that the reader found, with its log-odds."""
    return Explanation(
        passage.sentence_text(sentence),
        passage.document.language,
        1.0,
        (),
        (Weighed("odds", odds, reading_confidence.weight()),),
        reading_confidence.intercept(),
        reading_confidence.confidence(odds),
        least_confidence,
        gate,
    )


def explain(
    match: Match, language: str, *, trust: float, confidence: float, least_confidence: float
) -> Explanation:
    """Return what stands behind `match`, the best one, of a text in `language`."""
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
