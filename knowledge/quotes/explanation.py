"""What stands behind an answer, or behind a "no"."""

from dataclasses import dataclass


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
    What the reader chose has no `ranking`.
    """

    sentence: str
    language: str
    trust: float
    ranking: tuple[Weighed, ...]
    decision: tuple[Weighed, ...]
    intercept: float
    confidence: float
    least_confidence: float
