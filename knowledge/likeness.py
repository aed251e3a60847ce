"""Words of names that are like others but for a letter or two."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

_SHORTEST_NEAR = 5  # letters of a key; a shorter word is near too many


class Likeness:
    """Keys by their first letters and length, so that few are compared."""

    def __init__(self, known: Sequence[str]) -> None:
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for key in dict.fromkeys(known):
            if len(key) >= _SHORTEST_NEAR - 1:
                for head in {key[0], key[1:3]}:
                    self._buckets.setdefault((head, len(key)), []).append(key)

    def to(self, wanted: Sequence[str], least: float) -> list[tuple[str, float]]:
        """Return the known keys of at least `least` per cent likeness to one of `wanted`."""
        found: dict[str, float] = {}
        for key in wanted:
            if len(key) < _SHORTEST_NEAR:
                continue
            # A wrong first letter is looked for in words of nearly the same length only.
            for head, spread in ((key[0], 2), (key[1:3], 1)):
                for length in range(len(key) - spread, len(key) + spread + 1):
                    bucket = self._buckets.get((head, length))
                    if bucket is None:
                        continue
                    for other, ratio, _ in process.extract(
                        key,
                        bucket,
                        scorer=fuzz.ratio,
                        score_cutoff=least,
                        limit=None,
                        processor=_as_heard,
                    ):
                        found[other] = max(ratio, found.get(other, 0.0))
        return list(found.items())


def _as_heard(key: str) -> str:
    """Return `key` with one letter for the one sound of қ, lest two letters alike count twice."""
    return key.replace("kh", "k")
