"""Archives of any size for measuring: the corpus in `reading/`, and copies of it in which other
people bear the names and other numbers stand.
"""

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from knowledge import FOUNDING
from knowledge.evaluation.corpus import Asked, Labelled, read_corpus

FOLDER = Path(__file__).with_name("reading")
_OF_A_DOCUMENT = 2  # questions
_NOT_ASKED = {"list", "overview", "demand", "person"}  # whose answer is no single sentence
_NAME = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_ENDING = r"(?=[^\W\d_]{0,3}\b)"  # of a case, which the new name keeps


def labelled() -> list[Labelled]:
    """Return the documents of the corpus, in an order that mixes their languages and kinds."""
    parts = (read_corpus(FOLDER / part) for part in ("train", "tune", "test"))
    documents = list(itertools.chain.from_iterable(parts))
    random.Random(0).shuffle(documents)
    return documents


def write_archive(documents: Sequence[Labelled], sentences: int, folder: Path) -> None:
    """Write the packaged document and as many of `documents` into `folder` as hold `sentences`,
    with as many copies as that takes.
    """
    for file in FOUNDING.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    names = _names(documents)
    written = 0
    for copy in itertools.count():
        for one in documents:
            if written >= sentences:
                return
            (folder / f"{one.document.id}-{copy}.txt").write_text(_file(one, copy, names), "utf-8")
            written += len(one.sentences)


def asked_of(documents: Sequence[Labelled], count: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return `count` questions to the first of `documents`, each with the sentences that answer."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in documents:
        answered = [q for q in one.questions if q.answers and q.kind not in _NOT_ASKED]
        chosen = random.Random(one.document.id).sample(answered, min(_OF_A_DOCUMENT, len(answered)))
        found += [(question.text, tuple(_answers(one, question))) for question in chosen]
        if len(found) >= count:
            break
    return found[:count]


def _answers(one: Labelled, question: Asked) -> Iterator[str]:
    for row in question.answers:
        sentence = one.sentences[row]
        yield one.document.text[sentence.start : sentence.end]


def name_words(documents: Sequence[Labelled]) -> frozenset[str]:
    """Return the words of the names of everybody in `documents`."""
    return frozenset(w for one in documents for name in one.people for w in _NAME.findall(name))


def _names(documents: Sequence[Labelled]) -> Mapping[str, list[str]]:
    """Return the words of the names of everybody in `documents`, by the language of the text."""
    names: dict[str, list[str]] = {}
    for one in documents:
        words = (word for name in one.people for word in _NAME.findall(name))
        names.setdefault(one.document.language, []).extend(words)
    return names


def _file(one: Labelled, copy: int, names: Mapping[str, list[str]]) -> str:
    """Return `one` as a text file; the `copy` 0 is as it was written."""
    document = one.document
    title, text = document.title, document.text
    if copy:
        chance = random.Random(f"{document.id} {copy}")
        title, text = _changed(f"{title}\n{text}", one, names, chance).split("\n", 1)
        title = f"{title} ({chance.choice(names[document.language])}, {copy})"
    head = yaml.safe_dump(
        {
            "title": title,
            "publisher": document.publisher,
            "date": document.date,
            "language": document.language,
        },
        allow_unicode=True,
    )
    return f"---\n{head}---\n{text}\n"


def _changed(
    text: str, one: Labelled, names: Mapping[str, list[str]], chance: random.Random
) -> str:
    """Return `text` of `one` with other names and numbers: one word of a name becomes the same
    other word everywhere.
    """
    words = sorted({word for name in one.people for word in _NAME.findall(name)})
    if words:
        others = {word: chance.choice(names[one.document.language]) for word in words}
        found = re.compile(rf"\b({'|'.join(map(re.escape, words))}){_ENDING}")
        text = found.sub(lambda match: others[match.group()], text)
    return _NUMBER.sub(lambda match: _other_number(match.group(), chance), text)


def _other_number(digits: str, chance: random.Random) -> str:
    """Return another number of as many digits; a day or a year stays one."""
    if len(digits) < 3:
        return str(chance.randint(1, 28))
    if len(digits) == 4 and digits[:2] in {"19", "20"}:
        return str(chance.randint(1960, 2025))
    return "".join(chance.choice("123456789") for _ in digits)
