"""Train the ranking of sentences and the decision to answer: `python -m benchmarks.train en=FILE …`

Reads questions in SQuAD's JSON and writes ranking.yaml and decision.yaml in knowledge/search.
English comes first: its weights of the encoder's vectors are kept for the other languages, in which
the vectors count by how well the model knows the language (knowledge/search/trust.py). A question
that is carried over into another language has weights of its own, from `carried=FILE:FILE`. The
second file has the questions of the first in another language, in the same order, and the
multilingual encoder reads these; of the first file's own words some are left out at random, as the
glossary leaves out what it does not know.

The ranking is trained on whole files, by a softmax over all sentences of the candidates that makes
those which hold an answer likely. The decision is trained on halves of the articles and on single
articles. Each is asked its own questions; those of other articles; its own after the paragraph that
answers is taken out; its own with other names and numbers in place of theirs; and what no article
says of a name ("How tall is …?"). The confidence that keeps false answers to a rate is measured on
articles left out (six folds), by the questions of other articles asked of a half: asked of one
article alone, fewer of them are answered. Prints the figures of the articles left out.
"""

import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.squad import Article, Asked, read
from bot.settings import Settings, state_folder
from embeddings.encoder import Encoder
from embeddings.multilingual import multilingual_encoder
from knowledge.question.questions import Question, holds, understand
from knowledge.question.word_vectors import encode
from knowledge.reading.passages import split
from knowledge.search.decision import Evidence, weigh
from knowledge.search.ranking import CARRIED, DENSE, FEATURES
from knowledge.search.retrieval import Compared, Match, Query, Shelf
from knowledge.search.shelving import shelve

_FOLDS = 6
_SPLITS = 2  # into halves, at random
_RIDGE = 2e-3
_LEEWAY = 0.02  # inverse of the decision's ridge; with ten times as much, more false answers pass
# The only weights that may be negative. `sentence_meaning` comes off the BM25 of all words: small
# words tell something, too.
_FREE = ("length", "first", "sentence_meaning")
_WITHHELD = {CARRIED: 1.0, "kk": 0.035}  # the largest share of right answers that may be withheld
_USUALLY_WITHHELD = 0.028  # the same in other languages
_WITHHELD_FROM = 0.02  # the rate of false answers from which on this holds
_RATES = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5)
_MOST_LOST = 0.5  # share of the words of a carried question; without half of them none is answered
_LACKING = {
    "en": ("How tall is {}?", "What is the phone number of {}?", "Who is the dentist of {}?"),
    "ru": ("Какого роста {}?", "Какой номер телефона у {}?", "Кто стоматолог у {}?"),
    "kk": ("{} бойы қандай?", "{} телефон нөмірі қандай?", "{} тіс дәрігері кім?"),
}
_RUN_OF_NAMES = re.compile(r"(?<!^)(?<=\s)[^\W\d_a-zа-яё]\w+(?:\s[^\W\d_a-zа-яё]\w+)*|\d[\d.,]*")
_FOLDER = Path(__file__).parent.parent / "knowledge" / "search"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bench:
    """What cases are made with: the encoder, the file `cache` of vectors, and `said`: each question
    in another language, if questions are to be carried over.
    """

    encoder: Encoder
    cache: Path
    said: Mapping[str, str]
    asked: dict[tuple[str, str, str], Query] = field(default_factory=dict)
    """Queries made before, since the same question is put to many shelves."""

    def query(self, text: str, shelf: Shelf) -> Query:
        """Return the question `text` as it is put to `shelf`."""
        key = text, shelf.language, shelf.encoded.encoder.fingerprint
        if key not in self.asked:
            question = replace(understand(self.heard(text)), language=shelf.language)
            said = self.said.get(text, text) if self.said else None
            self.asked[key] = Query(
                question,
                encode(question, shelf.encoded.encoder),
                None if said is None else shelf.across.encoder.encode_query(said).vector,
            )
        return self.asked[key]

    def heard(self, text: str) -> str:
        """Return what of `text` is compared with the passages: if it is to be carried over, some of
        its words.

        For one text they are always the same; the share left out is between 0 and _MOST_LOST.
        """
        if not self.said:
            return text
        rng = random.Random(text)
        lost = rng.uniform(0, _MOST_LOST)
        words = text.split()
        return " ".join([word for word in words if rng.random() >= lost] or words)


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a shelf of passages. `document` is the id of what answers, if anything."""

    kind: str
    article: int
    question: Question
    shelf: Shelf
    compared: Compared
    document: str | None
    answers: tuple[str, ...]

    def best(self, weights: Floats) -> Match:
        return self.shelf.best(self.compared, self.compared.features @ weights, 1)[0]


def main(arguments: Sequence[str]) -> None:
    ranking: dict[str, dict[str, float]] = {}
    decision: dict[str, object] = {}
    fixed: dict[str, float] = {}
    cache = state_folder(Settings()) / "benchmarks.sqlite"
    encoder = Encoder()

    for argument in arguments:
        name, names = argument.split("=", 1)
        files = [Path(file) for file in names.split(":")]
        articles = read(files[0], "en" if name == CARRIED else name)
        bench = Bench(encoder, cache, _said(articles, files[1:]))
        whole = list(_whole(articles, bench))
        parts = list(_parts(articles, bench))
        shelf = whole[0].shelf
        known, across = shelf.encoded.trust, shelf.across.trust
        print(f"{name}: vectors count {known:.2f}, across {across:.2f}")
        scored = _left_out(whole, parts, fixed)
        weights = _rank([_taught(case) for case in whole], fixed)
        ranking[name] = _named(FEATURES, weights)
        fixed = fixed or {one: ranking[name][one] for one in DENSE}
        model = _decide(parts, weights)
        levels = _levels(scored, _WITHHELD.get(name, _USUALLY_WITHHELD))
        evidence = [field.name for field in fields(Evidence)]
        decision[name] = {
            "intercept": round(model.intercept, 2),
            "weights": _named(evidence, model.weights),
            "least_confidence": levels,
        }
        _report(scored, levels)
    head = "# Weights of knowledge/{}.py, written by benchmarks/train.py.\n"
    for module, table in (("ranking", ranking), ("decision", decision)):
        text = yaml.safe_dump(table, sort_keys=False)
        (_FOLDER / f"{module}.yaml").write_text(head.format(module) + text, "utf-8")


def _said(articles: Sequence[Article], files: Sequence[Path]) -> dict[str, str]:
    """Return the questions of `articles` as they stand in the first of `files`, if there is one."""
    return {
        asked.text: same.text
        for file in files[:1]
        for article, other in zip(articles, read(file, "en"), strict=True)
        for asked, same in zip(article.questions, other.questions, strict=True)
    }


# --- Cases ----------------------------------------------------------------------------------------


def _shelf(articles: Sequence[Article], bench: Bench, without: str | None = None) -> Shelf:
    passages = [p for a in articles for d in a.documents if d.id != without for p in split(d)]
    (shelf,) = shelve(passages, bench.encoder, multilingual_encoder(), bench.cache)
    return shelf


def _ask(
    kind: str,
    shelf: Shelf,
    asked: Sequence[tuple[int, str, Asked | None]],
    bench: Bench,
) -> Iterator[Case]:
    """Yield a case for each of `asked`: (article, text, what answers it or None)."""
    for article, text, answer in asked:
        query = bench.query(text, shelf)
        compared = shelf.compare(query)
        assert compared is not None
        document = answer.document if answer else None
        answers = answer.answers if answer else ()
        yield Case(kind, article, query.question, shelf, compared, document, answers)


def _whole(articles: Sequence[Article], bench: Bench) -> Iterator[Case]:
    asked = [(i, q.text, q) for i, a in enumerate(articles) for q in a.questions]
    yield from _ask("whole", _shelf(articles, bench), asked, bench)


def _parts(articles: Sequence[Article], bench: Bench) -> Iterator[Case]:
    rng = random.Random(0)
    count = len(articles)
    runs = [
        (i, run.group())
        for i, a in enumerate(articles)
        for q in a.questions
        for run in _RUN_OF_NAMES.finditer(q.text)
    ]
    for _ in range(_SPLITS):
        shuffled = rng.sample(range(count), count)
        for half in (shuffled[: count // 2], shuffled[count // 2 :]):
            others = sorted(set(range(count)) - set(half))
            shelf = _shelf([articles[i] for i in half], bench)
            own = [(i, q.text, q) for i in half for q in articles[i].questions]
            yield from _ask("own", shelf, own, bench)
            known = {text for _, text, _ in own}
            strange = [
                (i, q.text, None)
                for i in others
                for q in articles[i].questions
                if q.text not in known
            ]
            yield from _ask("other", shelf, strange, bench)
            yield from _ask("swapped", shelf, _swapped(own, runs, rng), bench)
            language = shelf.language
            names = [(i, run) for i, run in runs if i in set(half) and not run[0].isdigit()]
            lacking = [
                (i, rng.choice(_LACKING[language]).format(run), None)
                for i, run in rng.sample(names, min(len(names), 100))
            ]
            yield from _ask("lacking", shelf, lacking, bench)
    for i, article in enumerate(articles):
        if len(article.documents) < 2:
            continue
        stranger = (i + 1) % count
        shelf = _shelf([article], bench)
        own = [(i, q.text, q) for q in article.questions]
        yield from _ask("own, one article", shelf, own, bench)
        strange = [(stranger, q.text, None) for q in articles[stranger].questions]
        yield from _ask("other, one article", shelf, strange, bench)
        for document in article.documents:
            left = [(i, q.text, None) for q in article.questions if q.document == document.id]
            shelf = _shelf([article, articles[stranger]], bench, without=document.id)
            yield from _ask("paragraph taken out", shelf, left, bench)


def _swapped(
    asked: Sequence[tuple[int, str, Asked]],
    runs: Sequence[tuple[int, str]],
    rng: random.Random,
) -> list[tuple[int, str, Asked | None]]:
    """Return the questions with names or numbers, with those of other articles in their place."""
    swapped: list[tuple[int, str, Asked | None]] = []
    for article, text, _ in asked:

        def other(match: re.Match[str], article: int = article) -> str:
            is_number = match.group()[0].isdigit()
            fits = [r for i, r in runs if i != article and r[0].isdigit() == is_number]
            return rng.choice(fits) if fits else match.group()

        changed, count = _RUN_OF_NAMES.subn(other, text)
        if count and changed != text:
            swapped.append((article, changed, None))
    return swapped


# --- Ranking --------------------------------------------------------------------------------------


def _taught(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the features of all sentences, one a row, and which sentences hold an answer."""
    sentences = [case.shelf.sentences[row] for row in case.compared.sentences]
    is_right = np.array(
        [
            p.document.id == case.document and any(a in p.sentence_text(s) for a in case.answers)
            for p, s in sentences
        ]
    )
    return case.compared.features, is_right


def _rank(taught: Sequence[tuple[Floats, NDArray[np.bool_]]], fixed: dict[str, float]) -> Floats:
    """Return the weights that make the right sentences likely; those `fixed` are kept."""
    taught = [(x, right) for x, right in taught if right.any() and not right.all()]
    x = np.concatenate([features for features, _ in taught])
    right = np.concatenate([is_right for _, is_right in taught])
    begins = np.cumsum([0, *(len(features) for features, _ in taught[:-1])])
    counts = np.array([len(features) for features, _ in taught])
    owner = np.repeat(np.arange(len(taught)), counts)
    known = np.array([fixed.get(name, 0.0) for name in FEATURES])
    is_open = np.array([name not in fixed for name in FEATURES])
    scale = x[:, is_open].std(0) + 1e-9
    offset, z = x @ known, x[:, is_open] / scale

    def loss(w: Floats) -> tuple[float, Floats]:
        scores = offset + z @ w
        scores -= np.maximum.reduceat(scores, begins)[owner]
        e = np.exp(scores)
        of_right = np.add.reduceat(e * right, begins) + 1e-30
        of_all = np.add.reduceat(e, begins)
        gradient = (e / of_all[owner] - e * right / of_right[owner]) @ z / len(taught)
        value = -np.log(of_right / of_all).mean() + _RIDGE * (w @ w)
        return float(value), gradient + 2 * _RIDGE * w

    bounds = [
        (None if name in _FREE else 0.0, None)
        for name, is_it in zip(FEATURES, is_open, strict=True)
        if is_it
    ]
    found = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    known[is_open] = found.x / scale
    return known


# --- Decision -------------------------------------------------------------------------------------

_WEIGHT = {"own": 1.0, "other": 1.0, "swapped": 0.3, "lacking": 0.3, "own, one article": 0.5,
           "other, one article": 0.5, "paragraph taken out": 0.1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """A trained decision: an intercept, and the weights of the fields of Evidence."""

    intercept: float
    weights: Floats

    def confidence(self, match: Match) -> float:
        logit = self.intercept + np.array(astuple(weigh(match))) @ self.weights
        return float(1 / (1 + np.exp(-logit)))


def _decide(cases: Sequence[Case], weights: Floats) -> Decided:
    """Return the decision learnt from `cases`, with a ridge on features scaled to equal spread.

    The ridge makes it less confident than it should be; a slope fitted to the cases corrects that.
    """
    best = [case.best(weights) for case in cases]
    x = np.array([astuple(weigh(match)) for match in best])
    y = [m.passage.document.id == case.document for m, case in zip(best, cases, strict=True)]
    weight = [_WEIGHT[case.kind] for case in cases]
    scale = x.std(0) + 1e-9
    held = LogisticRegression(C=_LEEWAY, max_iter=5000).fit(x / scale, y, sample_weight=weight)
    logits = held.decision_function(x / scale)[:, None]
    model = LogisticRegression(C=np.inf).fit(logits, y, sample_weight=weight)
    slope = float(model.coef_[0, 0])
    intercept = float(model.intercept_[0]) + slope * float(held.intercept_[0])
    return Decided(intercept, slope * held.coef_[0] / scale)


@dataclass(frozen=True, slots=True)
class Scored:
    """A case of an article left out of training: its confidence, and whether passage and sentence
    are right.
    """

    kind: str
    confidence: float
    is_passage: bool
    is_sentence: bool


def _left_out(
    whole: Sequence[Case], parts: Sequence[Case], fixed: dict[str, float]
) -> list[Scored]:
    scored = []
    taught = [_taught(case) for case in whole]
    for fold in range(_FOLDS):
        weights = _rank(
            [t for t, case in zip(taught, whole, strict=True) if case.article % _FOLDS != fold],
            fixed,
        )
        model = _decide([case for case in parts if case.article % _FOLDS != fold], weights)
        for case in (*whole, *parts):
            if case.article % _FOLDS != fold:
                continue
            match = case.best(weights)
            sure = model.confidence(match)
            asks_for = case.question.asks_for
            if asks_for is not None and not holds(asks_for, match.passage.text):
                sure = 0.0
            is_right = match.passage.document.id == case.document
            shown = match.passage.sentence_text(match.sentence)
            has_answer = is_right and any(answer in shown for answer in case.answers)
            scored.append(Scored(case.kind, sure, is_right, has_answer))
    return scored


def _levels(scored: Sequence[Scored], withheld: float) -> dict[float, float]:
    """Return the confidence that each rate of false answers needs; a rate of 1 needs none.

    From the rate of 0.02 on, at most the share `withheld` of the right answers is withheld, even if
    that lets more false ones pass. In Russian a few more do; KazQAD cannot tell, since other
    articles answer its questions, too. For questions carried over there is no such limit.
    """
    false = np.array([s.confidence for s in scored if s.kind == "other"])
    right = np.array([s.confidence for s in scored if s.kind == "own" and s.is_passage])
    most = float(np.quantile(right, withheld))
    levels = {rate: float(np.quantile(false, 1 - rate)) for rate in _RATES}
    for rate in _RATES:
        if rate >= _WITHHELD_FROM:
            levels[rate] = min(levels[rate], most)
    return {rate: round(level, 3) for rate, level in levels.items()} | {1.0: 0.0}


def _area(scored: Sequence[Scored]) -> float:
    """Return the AUROC of the confidence, for a half's own questions against those of others."""
    pairs = [s for s in scored if s.kind in {"own", "other"}]
    return float(roc_auc_score([s.kind == "own" for s in pairs], [s.confidence for s in pairs]))


def _report(scored: Sequence[Scored], levels: dict[float, float]) -> None:
    for kind in dict.fromkeys(s.kind for s in scored):
        of_kind = [s for s in scored if s.kind == kind]
        confidences = np.array([s.confidence for s in of_kind])
        line = f"  {kind:22} {len(of_kind):5}"
        if kind.startswith(("own", "whole")):
            line += f"  P@1 {np.mean([s.is_passage for s in of_kind]):.3f}"
            line += f"  S@1 {np.mean([s.is_sentence for s in of_kind]):.3f}"
        shares = (f"{r:g}: {np.mean(confidences >= levels[r]):.3f}" for r in (0.01, 0.02, 0.05))
        print(f"{line}  answered at {'  '.join(shares)}")
    pairs = [s for s in scored if s.kind in {"own", "other"}]
    print(f"  AUROC, own or other {_area(scored):.4f}")
    for low in np.arange(0, 1, 0.2):
        inside = [s for s in pairs if low <= s.confidence < low + 0.2 + 1e-9]
        if inside:
            right = np.mean([s.is_passage for s in inside])
            sure = np.mean([s.confidence for s in inside])
            print(
                f"  {low:.1f}-{low + 0.2:.1f}: {len(inside):5}, sure {sure:.2f}, right {right:.2f}"
            )


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {name: round(float(v), 2) for name, v in zip(names, values, strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
