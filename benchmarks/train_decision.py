"""How much to trust the reader: `python -m benchmarks.train_decision [SQUAD ...]`

Puts the questions of the corpus that the reader did not learn from (`benchmarks/reading/tune`) to
their documents, each alone, and fits the confidence in the best sentence to its log-odds. The rates
of false answers are those of questions of SQuAD files put to other articles together (of every
fourth article, as in `train_reader`): what the corpus asks of one document ("What is demanded?")
another one answers too. Writes `knowledge/reading_confidence.yaml`.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from embeddings.encoder import Encoder
from knowledge.evaluation.corpus import read_corpus
from knowledge.evaluation.squad import read_squad
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import understand
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence

FOLDER = Path(__file__).with_name("reading")
_WRITTEN = Path(__file__).parent.parent / "knowledge" / "search" / "reading_confidence.yaml"
_RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some documents: the log-odds of the best sentence, whether it is right,
    whether any in the documents is, and whether the question is one to other documents.
    """

    odds: float
    is_right: bool
    has_answer: bool
    is_far: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a document, and the places in it that answer."""

    text: str
    document: str
    places: tuple[tuple[int, int], ...]
    is_far: bool = False


def cases(groups: Sequence[tuple[Sequence[Document], Sequence[Asked]]]) -> Iterator[Case]:
    """Yield what comes of the questions of each group, put to its documents."""
    encoder = Encoder()
    with TemporaryDirectory() as folder:
        for number, (documents, asked) in enumerate(groups, start=1):
            base = KnowledgeBase.build(
                documents, encoder, cache=Path(folder) / "vectors", false_answer_rate=1.0
            )
            for one in asked:
                question = understand(one.text)
                namings = base.people.resolve(question.text)
                if any(naming.outcome != "exact" for naming in namings):
                    continue  # not for the reader to decide
                people = [person for naming in namings for person in naming.people]
                if judged := base.reading.judged(question, people):
                    best = max(judged, key=lambda found: found.odds)
                    right = is_right(one, best.passage, best.sentence)
                    yield Case(best.odds, right, bool(one.places), one.is_far)
            print(f"{number} of {len(groups)} knowledge bases", file=sys.stderr, flush=True)


def is_right(asked: Asked, passage: Passage, sentence: Sentence) -> bool:
    """Return whether `sentence` is one that answers."""
    return passage.document.id == asked.document and any(
        sentence.start < end and start < sentence.end for start, end in asked.places
    )


def of_corpus(part: str) -> list[tuple[list[Document], list[Asked]]]:
    """Return the documents of a part of the corpus with every second of their questions."""
    return [
        (
            [one.document],
            [
                Asked(
                    question.text,
                    one.document.id,
                    tuple((one.sentences[r].start, one.sentences[r].end) for r in question.answers),
                )
                for question in one.questions[::2]
            ],
        )
        for one in read_corpus(FOLDER / part)
    ]


def of_squad(file: Path) -> tuple[list[Document], list[Asked]]:
    """Return half of every fourth article of a SQuAD file, as one knowledge base, with the
    questions of the other half. The more documents, the nearer to any question is the nearest.
    """
    articles = read_squad(file)[::4]
    return (
        [article.document for article in articles[::2]],
        [
            Asked(question.text, article.document.id, (), is_far=True)
            for article in articles[1::2]
            for question in article.questions
        ],
    )


def main() -> None:
    groups = of_corpus("tune")
    for name in sys.argv[1:]:
        groups.append(of_squad(Path(name)))
    found = list(cases(groups))
    odds = np.array([case.odds for case in found])
    is_right_best = np.array([case.is_right for case in found])
    has = np.array([case.has_answer for case in found])
    is_far = np.array([case.is_far for case in found])
    is_near = ~has & ~is_far
    model = LogisticRegression(C=np.inf).fit(odds[~is_far, None], is_right_best[~is_far])
    p = model.predict_proba(odds[:, None])[:, 1]
    right = np.where(p[:, None] >= np.sort(p), is_right_best[:, None], ~has[:, None])
    best = right[~is_far].mean(axis=0).max()
    print(f"{(~is_far).sum()} questions of the corpus: right at the best threshold {best:.3f}")
    levels = {rate: float(np.quantile(p[is_far], 1 - rate)) for rate in _RATES} | {1.0: 0.0}
    table = {
        "intercept": round(float(model.intercept_[0]), 4),
        "weight": round(float(model.coef_[0, 0]), 4),
        "least_confidence": {rate: round(level, 4) for rate, level in levels.items()},
    }
    _WRITTEN.write_text(yaml.safe_dump(table, sort_keys=False), "utf-8")
    for rate, level in levels.items():
        given = p >= level
        print(
            f"rate {rate}: at {level:.3f} answered right"
            f" {(given & is_right_best).sum() / has.sum():.3f} of those with an answer, and"
            f" {given[is_near].mean():.3f} of {is_near.sum()} near misses and"
            f" {given[is_far].mean():.3f} of {is_far.sum()} far ones"
        )


if __name__ == "__main__":
    main()
