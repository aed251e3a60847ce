"""How well names are matched, and how fast: `python -m benchmarks.names`

Prints, for the pairs of `name_pairs.yaml` in the tests, how many spellings of one name each matcher
finds equal ("right") and how many look-alikes it takes for one name ("wrong"); then the time to
resolve the names in a question among 10,000 people with made-up names.
"""

import itertools
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import yaml
from anyascii import anyascii
from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from knowledge.people.names import fold, keys, readings
from knowledge.people.naming import People
from knowledge.people.person import Person

_PAIRS = Path(__file__).parent.parent / "tests" / "knowledge" / "people" / "name_pairs.yaml"
_NEAR = 85
_PEOPLE = 10_000
_ROUNDS = 20
_QUESTIONS = [
    "What does the resolution say about {}?",
    "Who is Serik {}?",
    "was {} arrested",
    "Что сказано о деле {}?",
    "What did the European Parliament demand of the EEAS in Kazakhstan?",
    "Is Bokaeyv still in prison, and what of Alexei Navalny and Iskandar Erimbetof?",
]

Matcher = Callable[[str, str], bool]


def _ascii(word: str) -> str:
    return anyascii(word).lower()


def same_key(one: str, other: str) -> bool:
    """Return whether two words share a key, as `People.resolve` requires."""
    return not set(keys(one)).isdisjoint(keys(other))


MATCHERS: dict[str, Matcher] = {
    "fold key, exact": same_key,
    f"fold key, ratio ≥ {_NEAR}": lambda a, b: any(
        fuzz.ratio(x, y) >= _NEAR for x, y in itertools.product(keys(a), keys(b))
    ),
    "fold alone, exact": lambda a, b: fold(a) == fold(b),
    "anyascii, exact": lambda a, b: _ascii(a) == _ascii(b),
    f"anyascii, ratio ≥ {_NEAR}": lambda a, b: fuzz.ratio(_ascii(a), _ascii(b)) >= _NEAR,
}


def matches(matcher: Matcher, one: str, other: str) -> bool:
    """Return whether two names have equally many words, which match one by one in order."""
    first, second = one.split(), other.split()
    return len(first) == len(second) and all(map(matcher, first, second))


def read_pairs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs of spellings of one name, and the pairs of look-alikes."""
    pairs = yaml.safe_load(_PAIRS.read_text("utf-8"))
    same = [pair for forms in pairs["same"] for pair in itertools.pairwise(forms)]
    return same, [(one, other) for one, other in pairs["different"]]


def main() -> None:
    same, different = read_pairs()
    table = Table("matcher", f"right of {len(same)}", f"wrong of {len(different)}")
    for name, matcher in MATCHERS.items():
        right = sum(matches(matcher, *pair) for pair in same)
        wrong = sum(matches(matcher, *pair) for pair in different)
        table.add_row(
            name,
            f"{right} ({100 * right / len(same):.1f} %)",
            f"{wrong} ({100 * wrong / len(different):.1f} %)",
        )
    console = Console()
    console.print(table)
    people = made_up(_PEOPLE)
    begin = time.perf_counter()
    known = People(people)
    console.print(f"{_PEOPLE} people prepared in {time.perf_counter() - begin:.1f} s")
    times = resolve_times(known, people)
    console.print(
        f"resolve: {median(times):.3f} ms at the median, "
        f"{quantiles(times, n=20)[-1]:.3f} ms at the 95th percentile"
    )


def made_up(count: int) -> list[Person]:
    """Return people with names of random syllables; about thirty share each given name."""
    choose = random.Random(0)
    syllables = [c + v for c in "bdgklmnrstzh" for v in "aeiou"] + ["zhan", "bek", "kha", "yer"]

    def name(least: int, most: int) -> str:
        return "".join(choose.choices(syllables, k=choose.randint(least, most))).capitalize()

    given = [name(2, 3) for _ in range(count // 30)]
    return [
        Person(f"p_{i}", f"{choose.choice(given)} {name(2, 4)}ev", (), None, False, ())
        for i in range(count)
    ]


def resolve_times(known: People, people: list[Person]) -> list[float]:
    """Return the milliseconds of each question, about a random person and with empty caches."""
    choose = random.Random(1)
    times = []
    for question in _QUESTIONS * _ROUNDS:
        text = question.format(choose.choice(people).name)
        keys.cache_clear()
        readings.cache_clear()
        begin = time.perf_counter()
        known.resolve(text)
        times.append(1000 * (time.perf_counter() - begin))
    return times


if __name__ == "__main__":
    main()
