"""Train the classifier of messages: `python -m benchmarks.train_kinds`

Learns from `benchmarks/kinds.txt` (kind, language and message, with ` | ` between them), from the
questions of the train part of the corpus, where those for an overview are marked as such, and from
words of its documents, which are questions when they stand alone. Writes
`knowledge/question/kinds.npz`. Prints how it classifies the messages of `kinds_held.txt`, which
were written separately, and questions and words of the tune part.
"""

import itertools
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.train_languages import matrix
from embeddings.multilingual import MultilingualEncoder
from knowledge.evaluation.corpus import read_corpus
from knowledge.languages import SPOKEN
from knowledge.question.kinds import KINDS, Kind, kind_of_shares

FOLDER = Path(__file__).parent
_WRITTEN = FOLDER.parent / "knowledge" / "question" / "kinds.npz"
_FROM_CORPUS = 4000  # questions of any length, in addition to all that are as short as messages
_SHORT = 6  # words
_LONG = 5  # letters of a word that says what it is about
_SCALE = 20.0  # vectors lie near each other, so their differences are scaled up
_SCALE_OF_PIECES = 16.0
_INTRODUCED = 400  # questions of the corpus that are taught once more, after an introduction
_BEFORE_QUESTIONS = """\
For my thesis:
For an article I'm writing:
Quick question -
I'm a student, please help me.
Hi, I read about this yesterday.
Для диплома:
Для статьи нужно знать:
Вопрос такой:
Я журналист, помогите разобраться.
Добрый день, прочитал вчера новость.
Курстық жұмысқа керек еді:
Мақалам үшін сұрайын:
Сәлеметсіз бе, бір сұрағым бар:
Мен студентпін, көмектесіңізші.
Кеше жаңалықтан оқыдым."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_C = 0.5  # inverse of the strength of regularisation
_AS_THEY_ARE = frozenset(["greeting", "thanks", "farewell", "about", "people", "demands"])
_WISHES = frozenset(["full_text", "more", "language", "language_en", "language_ru", "language_kk"])
_EVENED, _OF_QUESTIONS = 0.3, 2.0  # how far kinds weigh the same (1: fully); weight of a question

Message = tuple[Kind, str]


def messages(file: str) -> list[Message]:
    """Return the messages of `file`. Raises ValueError for a line without a known kind and
    language.
    """
    found: list[Message] = []
    for line in (FOLDER / file).read_text("utf-8").splitlines():
        kind, language, text = line.split(" | ", 2)
        if kind not in get_args(Kind) or language not in SPOKEN:
            raise ValueError(f"{file}: not a kind and a language: {line}")
        found.append((kind, text))
    return found


def as_on_a_phone(found: Sequence[Message]) -> list[Message]:
    """Return those of `found` that begin with a small letter and end without a mark, with a capital
    and a mark, as a phone writes them.
    """
    return [
        (kind, f"{text[0].upper()}{text[1:]}{'.' if kind in _WISHES else '?'}")
        for kind, text in found
        if text[0].islower() and text[-1].isalnum()
    ]


def of_corpus(part: str) -> list[Message]:
    """Return the questions of a part of the corpus, each with its kind."""
    kinds: dict[str, Kind] = {"overview": "overview"}
    return [
        (kinds.get(question.kind, "question"), question.text)
        for one in read_corpus(FOLDER / "reading" / part)
        for question in one.questions
    ]


def introduced(found: Sequence[Message]) -> list[Message]:
    """Return `found` after what people write before a question."""
    return [
        (kind, f"{before} {text}")
        for (kind, text), before in zip(
            found, itertools.cycle(_BEFORE_QUESTIONS.splitlines()), strict=False
        )
    ]


def keywords(part: str) -> list[Message]:
    """Return two words of each document of a part of the corpus, one of them with a capital: who
    types no more asks what is said of it.
    """
    rng, found = random.Random(4), []
    for one in read_corpus(FOLDER / "reading" / part):
        names = {word for person in one.people for word in person.split()}
        text = " ".join(p.sentence_text(s) for p in one.passages for s in p.sentences)
        words = sorted({word for word in _WORD.findall(text) if len(word) >= _LONG} - names)
        capital = [word for word in words if word[0].isupper()]
        small = [word for word in words if word[0].islower()]
        found += [word for own in (capital, small) for word in rng.sample(own, min(len(own), 1))]
    return [("question", word) for word in found]


def pieces(found: Sequence[Message]) -> csr_matrix:
    """Return the pieces of words of `found`, shape (messages, BUCKETS)."""
    return matrix([text for _, text in found])


def fit(x: NDArray[np.float32], found: Sequence[Message]) -> tuple[NDArray[np.float64], ...]:
    """Return the weights of a softmax regression on `found`, whose vectors are `x`.

    They are those of vectors, shape (kinds, dimensions), those of pieces, shape (kinds, BUCKETS),
    and the intercepts, shape (kinds,).
    """
    y = np.array([KINDS.index(kind) for kind, _ in found])
    # Large kinds must not drown small ones, and to take a question for another kind costs most.
    weight = (1 / np.bincount(y) ** _EVENED)[y]
    weight[y == KINDS.index("question")] *= _OF_QUESTIONS
    mean = x.mean(axis=0)
    both = hstack([csr_matrix((x - mean) * _SCALE), pieces(found) * _SCALE_OF_PIECES]).tocsr()
    model = LogisticRegression(C=_C, max_iter=1000)
    model.fit(both, y, sample_weight=weight / weight.mean())
    weights = model.coef_[:, : x.shape[1]] * _SCALE
    of_pieces = model.coef_[:, x.shape[1] :] * _SCALE_OF_PIECES
    return weights, of_pieces, model.intercept_ - weights @ mean


def main() -> None:
    rng = random.Random(20)
    others = of_corpus("train")
    rng.shuffle(others)
    rest = [one for one in others[_FROM_CORPUS:] if len(one[1].split()) <= _SHORT]
    own = [one for one in messages("kinds.txt") if one[0] not in _AS_THEY_ARE]
    taught = messages("kinds.txt") + as_on_a_phone(own) + others[:_FROM_CORPUS] + rest
    taught += keywords("train") + introduced(others[:_INTRODUCED])
    held = messages("kinds_held.txt")
    tune = of_corpus("tune")
    encoder = MultilingualEncoder()

    def vectors(found: Sequence[Message]) -> NDArray[np.float32]:
        return encoder.encode_queries([text for _, text in found])

    weights, of_pieces, intercepts = fit(vectors(taught), taught)
    asked = (
        ("messages held out", held),
        ("questions of tune documents", tune),
        ("words of tune documents", keywords("tune")),
    )
    for name, found in asked:
        logits = vectors(found) @ weights.T + pieces(found) @ of_pieces.T + intercepts
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        said = [kind_of_shares(own) for own in p]
        pairs = Counter((kind, other) for (kind, _), other in zip(found, said, strict=True))
        table = Table(name, *KINDS)
        for kind in KINDS:
            if any(one == kind for one, _ in found):
                table.add_row(kind, *(str(pairs[kind, other] or "") for other in KINDS))
        Console().print(table)
        right = sum(count for (kind, other), count in pairs.items() if kind == other)
        print(f"{name}: {right} of {len(found)} right")
    np.savez_compressed(
        _WRITTEN,
        weights=weights.astype(np.float32),
        of_pieces=of_pieces.astype(np.float16),
        intercepts=intercepts.astype(np.float32),
    )


if __name__ == "__main__":
    main()
