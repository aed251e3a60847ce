"""Why an answer, or a "no", was given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature with its value for a sentence and its trained weight."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What the feature adds to the weighted sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the best sentence found was chosen, and why it was given or withheld.

    `ranking` are its features (`ranking.FEATURES`), whose contributions add up to its score among
    other sentences. `decision` is the evidence for it (`decision.Evidence`), whose contributions
    and `intercept` add up to the log-odds of `confidence`; an answer needs `least_confidence`.
    `trust` in [0, 1] says how well the encoder knows `language`; its cosines are multiplied by it.
    A sentence that the reader chose has no `ranking`.
    """

    sentence: str
    language: str
    trust: float
    ranking: tuple[Weighed, ...]
    decision: tuple[Weighed, ...]
    intercept: float
    confidence: float
    least_confidence: float
