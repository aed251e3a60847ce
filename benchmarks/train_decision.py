"""The weights of the decision: `python -m benchmarks.train_decision [SQUAD ...]`

Puts the questions of the corpus that the reader did not learn from (`benchmarks/reading/tune`), and
those of SQuAD files (of every fourth article, as in `train_reader`), to knowledge bases of a few
documents each, weighs the evidence for their sentences by logistic regression, writes
`knowledge/reading_confidence.yaml`, and prints what each term is worth: the loss without it.
"""

import random
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
from knowledge.questions import understand
from knowledge.squad import read_squad

FOLDER = Path(__file__).with_name("reading")
_WRITTEN = Path(__file__).parent.parent / "knowledge" / "reading_confidence.yaml"
_TOGETHER = 4  # documents of a knowledge base
_RIDGE = 1e-3
_RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_TERMS = [field.name for field in fields(Evidence)]


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some documents: the evidence for each sentence read, shape (sentences,
    terms), which of them are right, and whether any in the documents is.
    """

    evidence: NDArray[np.float64]
    is_right: NDArray[np.bool_]
    has_answer: bool


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    document: str
    places: tuple[tuple[int, int], ...]


def cases(groups: Sequence[tuple[Sequence[Document], Sequence[Asked]]]) -> Iterator[Case]:
    """Yield what comes of the questions of each group, put to its documents."""
    encoder = Encoder()
    with TemporaryDirectory() as folder:
        for number, (documents, asked) in enumerate(groups, start=1):
            base = KnowledgeBase.build(
                documents, encoder, cache=Path(folder) / "vectors", false_answer_rate=1.0
            )
            for one in asked:
                if base.people.resolve(one.text):
                    continue  # not for the reader to decide
                judged = base.reading.judged(understand(one.text))
                if judged:
                    yield Case(
                        np.array([astuple(j.evidence) for j in judged]),
                        np.array(
                            [
                                j.passage.document.id == one.document
                                and any(
                                    j.sentence.start < end and start < j.sentence.end
                                    for start, end in one.places
                                )
                                for j in judged
                            ]
                        ),
                        bool(one.places),
                    )
            print(f"{number} of {len(groups)} knowledge bases", file=sys.stderr, flush=True)


def of_corpus(part: str) -> list[tuple[list[Document], list[Asked]]]:
    """Return the documents of a part of the corpus by chance in groups, with their questions."""
    documents = list(read_corpus(FOLDER / part))
    random.Random(20).shuffle(documents)
    return [
        (
            [one.document for one in group],
            [
                Asked(
                    question.text,
                    one.document.id,
                    tuple(
                        (one.sentences[row].start, one.sentences[row].end)
                        for row in question.answers
                    ),
                )
                for one in group
                for question in one.questions
            ],
        )
        for group in (documents[i : i + _TOGETHER] for i in range(0, len(documents), _TOGETHER))
    ]


def of_squad(file: Path) -> list[tuple[list[Document], list[Asked]]]:
    """Return every fourth article of a SQuAD file with its questions and those of the next."""
    articles = read_squad(file)
    groups = []
    for number in range(0, len(articles), 4):
        own, other = articles[number], articles[(number + 1) % len(articles)]
        asked = []
        for question in own.questions:
            block = own.document.blocks[question.paragraph - 1]
            text = own.document.text[block.start : block.end]
            found = [(text.find(a), a) for a in question.answers if a in text]
            places = tuple((block.start + at, block.start + at + len(a)) for at, a in found)
            if places:
                asked.append(Asked(question.text, own.document.id, places))
        asked += [Asked(question.text, own.document.id, ()) for question in other.questions]
        groups.append(([own.document], asked))
    return groups


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
) -> tuple[NDArray, NDArray]:
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
    found = list(cases(groups))
    columns = list(range(len(_TERMS)))
    w, entropy, share = loss(found, columns)
    print(f"{len(found)} questions; all terms: loss {entropy:.4f}, right {share:.3f}")
    for left_out in columns:
        rest = [column for column in columns if column != left_out]
        _, other, right = loss(found, rest)
        print(f"without {_TERMS[left_out]}: loss {other - entropy:+.4f}, right {right:.3f}")
    logit, _ = bests(found, w, columns)
    has = np.array([case.has_answer for case in found])
    p = 1 / (1 + np.exp(-logit))
    levels = {rate: float(np.quantile(p[~has], 1 - rate)) for rate in _RATES}
    levels[1.0] = 0.0
    table = {
        "intercept": round(float(w[0]), 4),
        "weights": {name: round(float(v), 4) for name, v in zip(_TERMS, w[1:], strict=True)},
        "least_confidence": {rate: round(level, 4) for rate, level in levels.items()},
    }
    _WRITTEN.write_text(yaml.safe_dump(table, sort_keys=False), "utf-8")
    for rate, level in levels.items():
        given = p >= level
        right = bests(found, w, columns)[1]
        print(
            f"rate {rate}: at {level:.3f} answered right"
            f" {(given & right).sum() / has.sum():.3f} of those with an answer"
        )


if __name__ == "__main__":
    main()
