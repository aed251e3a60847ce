"""What nobody sends on purpose: updates and files of any form, and what may come of them.

Shared by a short run in the suite and by `python -m benchmarks.fuzz`.
"""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy


def fuzz(
    case: Callable[..., None],
    drawn: SearchStrategy[object],
    cases: int,
    from_seed: int | None = None,
) -> None:
    """Put `cases` values of `drawn` to `case`; the same ones each time, or those of `from_seed`.

    Raises what `case` raises, for the simplest value found that makes it do so.
    """

    @settings(
        max_examples=cases,
        derandomize=from_seed is None,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def run(value: object) -> None:
        case(value)

    (run if from_seed is None else seed(from_seed)(run))()
