"""The weights of the decision: `python -m benchmarks.train_decision [SQUAD ...]`

Puts the questions of the corpus that the reader did not learn from (`benchmarks/reading/tune`) to
their documents, each alone, weighs the evidence for sentences by logistic regression, and prints
what each term is worth: the loss without it. The rates of false answers are those of questions of
SQuAD files put to another article (of every fourth article, as in `train_reader`): what the corpus
asks of one document ("What is demanded?") another one answers too. Writes
`knowledge/reading_confidence.yaml`.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from knowledge.corpus import read_corpus
from knowledge.documents import Document
from knowledge.evidence import Evidence
from knowledge.knowledge_base import KnowledgeBase
from knowledge.passages import Passage, Sentence
from knowledge.questions import understand
from knowledge.squad import read_squad

FOLDER = Path(__file__).with_name("reading")
_WRITTEN = Path(__file__).parent.parent / "knowledge" / "reading_confidence.yaml"
_RIDGE = 1e-3
_RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_TERMS = [field.name for field in fields(Evidence)]


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some documents: the evidence for each sentence read, shape (sentences,
    terms), which of them are right, whether any in the documents is, and whether the question is
    one to other documents.
    """

    evidence: NDArray[np.float64]
    is_right: NDArray[np.bool_]
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
                    right = [is_right(one, found.passage, found.sentence) for found in judged]
                    yield Case(
                        np.array([astuple(found.evidence) for found in judged]),
                        np.array(right),
                        bool(one.places),
                        one.is_far,
                    )
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


def of_squad(file: Path) -> list[tuple[list[Document], list[Asked]]]:
    """Return every fourth article of a SQuAD file with the questions of the next."""
    articles = read_squad(file)
    return [
        (
            [articles[number].document],
            [
                Asked(question.text, articles[number].document.id, (), is_far=True)
                for question in articles[(number + 1) % len(articles)].questions
            ],
        )
        for number in range(0, len(articles), 4)
    ]


def fit(evidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the intercept and weights of a logistic regression, by Newton's method."""
    x = np.hstack([np.ones((len(evidence), 1)), evidence])
    w = np.zeros(x.shape[1])
    ridge = np.eye(len(w)) * _RIDGE * len(x)
    ridge[0, 0] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -50, 50)))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (is_right - p) - ridge @ w
        )
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def bests(
    found: Sequence[Case], w: NDArray[np.float64], columns: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the highest logit of each case, and whether its sentence is right."""
    logits = [w[0] + case.evidence[:, columns] @ w[1:] for case in found]
    return (
        np.array([own.max() for own in logits]),
        np.array([case.is_right[own.argmax()] for case, own in zip(found, logits, strict=True)]),
    )


def loss(found: Sequence[Case], columns: Sequence[int]) -> tuple[NDArray[np.float64], float, float]:
    """Return the weights of `columns`, the loss of the best sentence's confidence, and how many are
    right at the best threshold: answered right, or declined where there is no answer.
    """
    w = fit(
        np.concatenate([case.evidence[:, columns] for case in found]),
        np.concatenate([case.is_right for case in found]),
    )
    # The weights are those of all sentences; the scale is that of the best of each question, which
    # is what is decided about.
    logit, right = bests(found, w, columns)
    scale = fit(logit[:, None], right)
    w = w * scale[1]
    w[0] += scale[0]
    logit, right = bests(found, w, columns)
    p = 1 / (1 + np.exp(-logit))
    entropy = -np.mean(np.where(right, np.log(p + 1e-12), np.log(1 - p + 1e-12)))
    has = np.array([case.has_answer for case in found])
    share = max(
        float(((logit >= t) & right).sum() + ((logit < t) & ~has).sum()) / len(found)
        for t in np.quantile(logit, np.linspace(0, 1, 200))
    )
    return w, float(entropy), share


def main() -> None:
    groups = of_corpus("tune")
    for name in sys.argv[1:]:
        groups += of_squad(Path(name))
    every = list(cases(groups))
    found = [case for case in every if not case.is_far]
    columns = list(range(len(_TERMS)))
    w, entropy, share = loss(found, columns)
    print(f"{len(found)} questions; all terms: loss {entropy:.4f}, right {share:.3f}")
    for left_out in columns:
        rest = [column for column in columns if column != left_out]
        _, other, right = loss(found, rest)
        print(f"without {_TERMS[left_out]}: loss {other - entropy:+.4f}, right {right:.3f}")
    logit, is_right_best = bests(every, w, columns)
    p = 1 / (1 + np.exp(-logit))
    has = np.array([case.has_answer for case in every])
    is_far = np.array([case.is_far for case in every])
    is_near = ~has & ~is_far
    levels = {rate: float(np.quantile(p[is_far], 1 - rate)) for rate in _RATES} | {1.0: 0.0}
    table = {
        "intercept": round(float(w[0]), 4),
        "weights": {name: round(float(v), 4) for name, v in zip(_TERMS, w[1:], strict=True)},
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
