"""What stood behind an answer, or behind a "no": each term of the sum, its weight and its value."""

from dataclasses import astuple, dataclass, fields

from knowledge import decision
from knowledge.evidence import Evidence, Judged


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term with its value for a sentence and its trained weight."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What the term adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the best sentence found was given or withheld.

    The contributions of `terms` (`evidence.Evidence`) add up with `intercept` to the log-odds of
    `confidence`. An answer needs `least_confidence`. `gate` names what declined the sentence
    whatever its confidence, if anything did.
    """

    sentence: str
    terms: tuple[Weighed, ...]
    intercept: float
    confidence: float
    least_confidence: float
    gate: str | None = None


def explain(
    judged: Judged, confidence: float, least_confidence: float, gate: str | None = None
) -> Explanation:
    """Return what stands behind `judged`, the best sentence found."""
    names = [field.name for field in fields(Evidence)]
    values = astuple(judged.evidence)
    return Explanation(
        judged.passage.sentence_text(judged.sentence),
        tuple(Weighed(*one) for one in zip(names, values, decision.weights(), strict=True)),
        decision.intercept(),
        confidence,
        least_confidence,
        gate,
    )
