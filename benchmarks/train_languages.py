"""Train the detector of a message's language: `python -m benchmarks.train_languages`

Learns from the questions of the train and tune parts of the corpus and from the messages of
`kinds.txt`: each whole, in pieces of one to three words, and in such pieces with a name of the
corpus put in; Kazakh ones also as they are typed with Russian letters. Names alone are a class of
their own. Russian and Kazakh are taught in Latin letters too, spelled in one way or another. Writes
`knowledge/words/languages.npz`, and prints how it classifies the questions of the test part.
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
from knowledge.words.detection import BUCKETS, CLASSES, buckets, message_language, typed_in_latin

FOLDER = Path(__file__).parent
_WRITTEN = FOLDER.parent / "knowledge" / "words" / "languages.npz"
_C = 30.0  # inverse of the strength of regularisation
RUSSIAN_KEYS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_NAMES = 12_000  # taught as such, and as many pairs
_LATIN = dict(
    line.split(" ", 1)
    for line in """\
а a
б b
в v w
г g
д d
е e ye
ё yo e
ж zh j
з z
и i
й y i j
к k
л l
м m
н n
о o
п p
р r
с s
т t
у u
ф f
х h kh x
ц ts c
ч ch
ш sh
щ shch sh sch
ъ _
ы y i
ь _ '
э e
ю yu iu ju
я ya ia ja
ә a ä
ғ g gh ğ
қ q k
ң n ng ñ
ө o ö
ұ u ū
ү u ü
һ h
і i""".splitlines()
)
"""How each letter may be spelled in Latin ones."""

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
    ways = [text, *([in_latin(text, rng)] if language != "en" else [])]
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


def in_latin(text: str, rng: random.Random) -> str:
    """Return `text` in Latin letters, every letter spelled in one way throughout."""
    spelled = {letter: rng.choice(ways.split()).replace("_", "") for letter, ways in _LATIN.items()}
    capitals = {letter.upper(): latin.capitalize() for letter, latin in spelled.items()}
    return text.translate(str.maketrans(spelled | capitals))


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
    for language in SPOKEN:
        own = [
            text if language == "en" else in_latin(text, rng)
            for own, text in asked
            if own == language
        ]
        said = Counter(typed_in_latin(text) or "en" for text in own)
        table.add_row("in Latin letters", language, *(str(said[other] or "") for other in SPOKEN))
    Console().print(table)


if __name__ == "__main__":
    main()
