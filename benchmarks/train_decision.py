"""How much to trust the reader: `python -m benchmarks.train_decision [SQUAD ...]`

Puts the questions of the corpus that the reader did not learn from (`benchmarks/reading/tune`) to
their documents, each alone, and fits the confidence in the best sentence to its log-odds. The rates
of false answers are those of questions of SQuAD files (of every fourth article, as in
`train_reader`) put to other articles, one or several together: what the corpus asks of one document
("What is demanded?") another one answers too. Writes `knowledge/search/reading_confidence.yaml`.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from embeddings.encoder import Encoder
from embeddings.models import with_bundled
from knowledge.evaluation.corpus import read_corpus
from knowledge.evaluation.squad import read_squad
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import understand
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.search.reading_confidence import UNNAMED

FOLDER = Path(__file__).with_name("reading")
_WRITTEN = Path(__file__).parent.parent / "knowledge" / "search" / "reading_confidence.yaml"
_RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_SIZES = (4, 12, 23)  # articles that a far question is put to
# Where there are few passages near misses are what can go wrong, so there this many times as many
# of them may be answered as of the others.
_NEAR_MISSES = 15


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some documents: the log-odds of the best sentence, whether it is right,
    and whether any in the documents is. `size` counts the passages of those that a question to
    other documents was put to; 0 for a question to these.
    """

    odds: float
    is_unnamed: bool
    is_right: bool
    has_answer: bool
    size: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a document, and the places in it that answer."""

    text: str
    document: str
    places: tuple[tuple[int, int], ...]
    is_far: bool = False


def cases(groups: Sequence[tuple[Sequence[Document], Sequence[Asked]]]) -> Iterator[Case]:
    """Yield what comes of the questions of each group, put to its documents."""
    models = with_bundled(Encoder())
    with TemporaryDirectory() as folder:
        for number, (documents, asked) in enumerate(groups, start=1):
            base = KnowledgeBase.build(
                documents, models, cache=Path(folder) / "vectors", false_answer_rate=1.0
            )
            for one in asked:
                question = understand(one.text)
                namings = base.people.resolve(question.text)
                if any(naming.outcome != "exact" for naming in namings):
                    continue  # not for the reader to decide
                people = [person for naming in namings for person in naming.people]
                if judged := base.reading.judged(question, people):
                    best = max(judged, key=lambda found: found.confidence)
                    right = is_right(one, best.passage, best.sentence)
                    size = len(base.passages) if one.is_far else 0
                    yield Case(best.odds, best.is_unnamed, right, bool(one.places), size)
            print(f"{number} of {len(groups)} knowledge bases", file=sys.stderr, flush=True)


def is_right(asked: Asked, passage: Passage, sentence: Sentence) -> bool:
    """Return whether `sentence` is one that answers."""
    return passage.document.id == asked.document and any(
        sentence.start < end and start < sentence.end for start, end in asked.places
    )


def of_corpus(part: str) -> list[tuple[list[Document], list[Asked]]]:
    """Return the documents of a part of the corpus with every fifth of their questions."""
    return [
        (
            [one.document],
            [
                Asked(
                    question.text,
                    one.document.id,
                    tuple((one.sentences[r].start, one.sentences[r].end) for r in question.answers),
                )
                for question in one.questions[::5]
            ],
        )
        for one in read_corpus(FOLDER / part)
    ]


def of_squad(file: Path) -> Iterator[tuple[list[Document], list[Asked]]]:
    """Yield groups of articles of a SQuAD file, of each of _SIZES, with every second question of
    one more, which is one of every fourth.
    """
    articles = read_squad(file)
    rng = random.Random(20)
    for count in _SIZES:
        for article in articles[::4]:
            others = [one.document for one in articles if one is not article]
            asked = [
                Asked(question.text, article.document.id, (), is_far=True)
                for question in article.questions[::2]
            ]
            yield rng.sample(others, min(count, len(others))), asked


def main() -> None:
    groups = of_corpus("tune")
    for name in sys.argv[1:]:
        groups.extend(of_squad(Path(name)))
    found = list(cases(groups))
    odds = np.array([case.odds for case in found])
    is_right_best = np.array([case.is_right for case in found])
    has = np.array([case.has_answer for case in found])
    sizes = np.array([case.size for case in found])
    is_far = sizes > 0
    is_near = ~has & ~is_far
    model = LogisticRegression(C=np.inf).fit(odds[~is_far, None], is_right_best[~is_far])
    logits = model.decision_function(odds[:, None])
    p = 1 / (1 + np.exp(-logits - UNNAMED * np.array([case.is_unnamed for case in found])))
    right = np.where(p[:, None] >= np.sort(p), is_right_best[:, None], ~has[:, None])
    best = right[~is_far].mean(axis=0).max()
    print(f"{(~is_far).sum()} questions of the corpus: right at the best threshold {best:.3f}")
    levels = {
        size: {rate: _level(p[is_group], rate) for rate in _RATES}
        for size, is_group in _groups(sizes)
    }
    few = min(levels)
    levels[few] = {
        rate: max(level, _level(p[is_near], min(1.0, _NEAR_MISSES * rate)))
        for rate, level in levels[few].items()
    }
    table = {
        "intercept": round(float(model.intercept_[0]), 4),
        "weight": round(float(model.coef_[0, 0]), 4),
        "least_confidence": levels,
    }
    _WRITTEN.write_text(yaml.safe_dump(table, sort_keys=False), "utf-8")
    for size, of_rates in levels.items():
        for rate, level in of_rates.items():
            given = p >= level
            print(
                f"{size} passages, rate {rate}: at {level:.3f} answered right"
                f" {(given & is_right_best).sum() / has.sum():.3f} of those with an answer, and"
                f" {given[is_near].mean():.3f} of {is_near.sum()} near misses"
            )


def _groups(sizes: NDArray[np.int_]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield groups of far questions that were put to about as many passages, by the mean number."""
    far = np.sort(sizes[sizes > 0])
    for part in np.array_split(far, len(_SIZES)):
        yield round(float(part.mean())), (sizes >= part[0]) & (sizes <= part[-1])


def _level(p: NDArray[np.float64], rate: float) -> float:
    return round(float(np.quantile(p, 1 - rate)), 4) if rate < 1 else 0.0


if __name__ == "__main__":
    main()
