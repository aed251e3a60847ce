"""Train the detector of a message's language: `python -m benchmarks.train_languages`

Learns from the questions of the train and tune parts of the corpus and from the messages of
`kinds.txt`: each whole, in pieces of one to three words, and in such pieces with a name of the
corpus put in; Kazakh ones also as they are typed with Russian letters. Names alone are a class of
their own. Writes `knowledge/words/languages.npz`, and prints how it classifies the questions of the
test part.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from knowledge.evaluation.corpus import read_corpus
from knowledge.languages import SPOKEN
from knowledge.words.detection import BUCKETS, CLASSES, buckets, message_language

FOLDER = Path(__file__).parent
_WRITTEN = FOLDER.parent / "knowledge" / "words" / "languages.npz"
_C = 30.0  # inverse of the strength of regularisation
RUSSIAN_KEYS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_NAMES = 12_000  # taught as such, and as many pairs

Message = tuple[str, str]  # language or "names", and text


def questions(*parts: str) -> list[Message]:
    """Return the questions of `parts` of the corpus, each with the language it is marked with."""
    return [
        (question.language, question.text)
        for part in parts
        for one in read_corpus(FOLDER / "reading" / part)
        for question in one.questions
    ]


def small_talk() -> list[Message]:
    """Return the messages of kinds.txt."""
    lines = (FOLDER / "kinds.txt").read_text("utf-8").splitlines()
    return [(language, text) for _, language, text in (line.split(" | ", 2) for line in lines)]


def names(*parts: str) -> list[str]:
    """Return the names in `parts` of the corpus: the people listed, and the words with a capital
    that do not begin a sentence.
    """
    found: dict[str, None] = {}
    for part in parts:
        for one in read_corpus(FOLDER / "reading" / part):
            for person in one.people:
                found |= dict.fromkeys([person, *person.split()])
            for passage in one.passages:
                for sentence in passage.sentences:
                    for word in passage.sentence_text(sentence).split()[1:]:
                        bare = word.strip("«»“”\"'().,;:!?–—")
                        if bare[:1].isupper() and bare.isalpha():
                            found[bare] = None
    return list(found)


def taught(messages: Sequence[Message], called: Sequence[str], rng: random.Random) -> list[Message]:
    """Return `messages` in all the forms in which they are to be recognised, and names alone."""
    found = [message for one in messages for message in _variants(*one, called, rng)]
    for name in rng.sample(called, min(_NAMES, len(called))):
        found.append(("names", name))
        found.append(("names", f"{name} {rng.choice(called)}"))
    return found


def _variants(
    language: str, text: str, called: Sequence[str], rng: random.Random
) -> Iterator[Message]:
    ways = [text]
    if language == "kk" and text.translate(RUSSIAN_KEYS) != text:
        ways.append(text.translate(RUSSIAN_KEYS))
    for way in ways:
        # A name says nothing of the language, so pieces are made of the other words.
        plain = [w for n, w in enumerate(way.split()) if not (n and w[:1].isupper())]
        yield language, way
        for size in (1, 2, 3):
            if len(plain) > size:
                place = rng.randrange(len(plain) - size + 1)
                piece = plain[place : place + size]
                if size > 1 or len(piece[0]) > 2:
                    yield language, " ".join(piece)
                piece.insert(rng.randint(0, size), rng.choice(called))
                yield language, " ".join(piece)


def matrix(texts: Sequence[str]) -> csr_matrix:
    """Return the pieces of words in `texts`, counted by bucket, shape (texts, buckets)."""
    counted = [buckets(text) for text in texts]
    ends = np.cumsum([0, *map(len, counted)])
    columns = [column for one in counted for column in one]
    values = [value for one in counted for value in one.values()]
    return csr_matrix((values, columns, ends), shape=(len(texts), BUCKETS))


def main() -> None:
    rng = random.Random(23)
    parts = ("train", "tune")
    learned = taught([*questions(*parts), *small_talk()], names(*parts), rng)
    print(len(learned), Counter(language for language, _ in learned))
    model = LogisticRegression(C=_C, max_iter=200, class_weight="balanced")
    model.fit(matrix([t for _, t in learned]), [CLASSES.index(language) for language, _ in learned])
    np.savez_compressed(
        _WRITTEN,
        weights=model.coef_.astype(np.float16),
        intercepts=model.intercept_.astype(np.float32),
    )
    table = Table("questions for testing", "marked", *SPOKEN)
    asked = questions("test")
    plain = [("kk", text.translate(RUSSIAN_KEYS)) for language, text in asked if language == "kk"]
    for title, found in (("as written", asked), ("with Russian letters", plain)):
        for language in SPOKEN:
            said = Counter(message_language(text) for marked, text in found if marked == language)
            table.add_row(title, language, *(str(said[other] or "") for other in SPOKEN))
    Console().print(table)


if __name__ == "__main__":
    main()
