"""Train the decision to answer: `python -m benchmarks.train_decision en=FILE ru=FILE …`

Reads questions in SQuAD's JSON and writes knowledge/decision.yaml. Each question is put to corpora
of two sizes, its own article and every second article, where its answer is (and the right passage
is found) and where it is not: to another article, to the other half, and to its own article less
the paragraph that answers. Prints how well articles left out are told apart (four folds).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.squad import Article, Asked, read
from bot.settings import Settings
from embeddings.encoder import Encoder
from knowledge.decision import Evidence, weigh
from knowledge.documents import Document
from knowledge.knowledge_base import KnowledgeBase
from knowledge.questions import understand

_FOLDS = 4
_TARGET = Path(__file__).parent.parent / "knowledge" / "decision.yaml"
Case = tuple[str, int, Evidence, bool]
"""(kind of corpus, article of the question, evidence, whether the right passage was found)."""


def main(arguments: Sequence[str]) -> None:
    encoder = Encoder()
    table = {}
    with TemporaryDirectory() as folder:
        for argument in arguments:
            language, file = argument.split("=", 1)
            articles = read(Path(file), language)
            cases = list(_cases(articles, encoder, Path(folder) / "vectors.sqlite"))
            _report(language, cases)
            model = _fit([case for case in cases if _is_taught(case)])
            names = ["intercept", *(field.name for field in fields(Evidence))]
            values = [*model.intercept_, *model.coef_[0]]
            table[language] = {
                name: round(float(value), 2) for name, value in zip(names, values, strict=True)
            }
    head = "# Weights of knowledge/decision.py, written by benchmarks/train_decision.py.\n"
    _TARGET.write_text(head + yaml.safe_dump(table, sort_keys=False), "utf-8")


def _cases(articles: Sequence[Article], encoder: Encoder, cache: Path) -> Iterator[Case]:
    def ask(
        kind: str, documents: Sequence[Document], asked: Sequence[tuple[int, Asked]]
    ) -> Iterator[Case]:
        base = KnowledgeBase.build(
            documents,
            encoder,
            cache=cache,
            dense_weight=Settings().retrieval.dense_weight,
            min_confidence=0.0,
        )
        for article, question in asked:
            understood = understand(question.text)
            matches = base.shelves[0].closest(
                understood.text, encoder.encode_query(understood.text), 2
            )
            is_right = matches[0].passage.document.id == question.document
            yield kind, article, weigh(understood, matches, base.shelves[0]), is_right

    def of(chosen: Iterator[int] | range) -> tuple[list[Document], list[tuple[int, Asked]]]:
        rows = list(chosen)
        return (
            [document for i in rows for document in articles[i].documents],
            [(i, question) for i in rows for question in articles[i].questions],
        )

    count = len(articles)
    for i, article in enumerate(articles):
        own, questions = of(range(i, i + 1))
        yield from ask("article: answer", own, questions)
        stranger = (i + 1) % count
        yield from ask("article: another's", own, of(range(stranger, stranger + 1))[1])
        if len(own) > 1:
            for left_out in article.documents:
                rest = [document for document in own if document is not left_out]
                asked = [(i, q) for q in article.questions if q.document == left_out.id]
                yield from ask("article: paragraph taken out", rest, asked)
    for half in range(2):
        documents, questions = of(range(half, count, 2))
        yield from ask("half: answer", documents, questions)
        yield from ask("half: the other's", documents, of(range(1 - half, count, 2))[1])


def _is_taught(case: Case) -> bool:
    kind, _, _, is_right = case
    return is_right or not kind.endswith("answer")


def _fit(cases: Sequence[Case]) -> LogisticRegression:
    x = np.array([astuple(evidence) for _, _, evidence, _ in cases])
    y = [kind.endswith("answer") for kind, _, _, _ in cases]
    return LogisticRegression(C=10, max_iter=1000, class_weight="balanced").fit(x, y)


def _report(language: str, cases: Sequence[Case]) -> None:
    scored: dict[str, list[float]] = {}
    for fold in range(_FOLDS):
        model = _fit([case for case in cases if case[1] % _FOLDS != fold and _is_taught(case)])
        for kind, article, evidence, _ in cases:
            if article % _FOLDS == fold:
                probability = model.predict_proba([astuple(evidence)])[0, 1]
                scored.setdefault(kind, []).append(float(probability))
    threshold = Settings().answers.min_confidence
    print(f"{language}: at or above {threshold}")
    for kind, values in scored.items():
        print(f"  {kind:30} {np.mean(np.array(values) >= threshold):.3f} of {len(values)}")
    for size in ("article", "half"):
        yes = scored[f"{size}: answer"]
        for kind, no in scored.items():
            if kind.startswith(size) and not kind.endswith("answer"):
                auroc = roc_auc_score([1] * len(yes) + [0] * len(no), yes + no)
                print(f"  AUROC, answer or {kind:30} {auroc:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
