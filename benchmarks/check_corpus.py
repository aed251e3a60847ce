"""Check the corpus: `python -m benchmarks.check_corpus [FOLDER]`

Reads FOLDER (`benchmarks/reading/` by default) with its parts train, tune and test, prints what
they hold, and lists the faults: a document in two parts, a question asked twice, a person whom the
text does not name, too few questions to be declined, and shares that are off. The exit status is 1
if there are any. An answer that is no sentence, or what else cannot be read, raises KnowledgeError.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from knowledge.evaluation.corpus import Labelled, read_corpus
from knowledge.people.names import fold

FOLDER = Path(__file__).with_name("reading")
PARTS = {"train": 0.7, "tune": 0.1, "test": 0.2}
_LANGUAGES = {"en": 0.5, "ru": 0.25, "kk": 0.25}  # of documents
_LEAST_DECLINED = 0.4
_LEAST_NEAR = 0.8  # of what is declined
_TOLERANCE = 0.06  # by which a share may differ from what it should be
_LEAST_IN_LANGUAGE = 0.1  # of the questions to the documents of a language


def main(folder: Path) -> int:
    parts = {part: read_corpus(folder / part) for part in PARTS}
    table = Table("part", "documents", "questions", "declined", "near", "people")
    for part, documents in parts.items():
        asked = [one for document in documents for one in document.questions]
        declined = [one for one in asked if one.miss]
        table.add_row(
            part,
            str(len(documents)),
            str(len(asked)),
            f"{len(declined) / len(asked):.3f}",
            f"{sum(one.miss != 'elsewhere' for one in declined) / len(declined):.3f}",
            str(sum(len(document.people) for document in documents)),
        )
    Console().print(table)
    wrong = [*_of_each(parts), *_of_all(parts)]
    for line in wrong:
        print(line)
    print(f"{len(wrong)} faults")
    return bool(wrong)


def _of_each(parts: Mapping[str, Sequence[Labelled]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for part, documents in parts.items():
        for one in documents:
            where = f"{part}/{one.document.id}"
            if one.document.id in seen:
                yield f"{where}: the document stands in {seen[one.document.id]} too"
            seen[one.document.id] = part
            asked = Counter(question.text.casefold() for question in one.questions)
            yield from (f"{where}: asked twice: {text}" for text, n in asked.items() if n > 1)
            # A name may be in another case in the text, so only beginnings of words are compared.
            text = fold(f"{one.document.title} {one.document.text}")
            for name in one.people:
                if not any(fold(word)[:4] in text for word in name.split()):
                    yield f"{where}: {name} is not in the text"


def _of_all(parts: Mapping[str, Sequence[Labelled]]) -> Iterator[str]:
    documents = [one for of_part in parts.values() for one in of_part]
    for part, share in PARTS.items():
        yield from _off(f"documents in {part}", len(parts[part]) / len(documents), share)
    languages = Counter(one.document.language for one in documents)
    for language, share in _LANGUAGES.items():
        yield from _off(f"documents in {language}", languages[language] / len(documents), share)
        own = [
            q.language for d in documents if d.document.language == language for q in d.questions
        ]
        for other in _LANGUAGES:
            if own.count(other) < _LEAST_IN_LANGUAGE * len(own):
                yield f"too few questions in {other} to documents in {language}"
    declined = [q for d in documents for q in d.questions if q.miss]
    asked = sum(len(document.questions) for document in documents)
    if len(declined) < _LEAST_DECLINED * asked:
        yield f"{len(declined)} of {asked} questions are to be declined, fewer than there should be"
    if sum(q.miss != "elsewhere" for q in declined) < _LEAST_NEAR * len(declined):
        yield "too few of the questions to be declined are near misses"
    if len(documents) < 200 or asked < 8000:
        yield f"{len(documents)} documents and {asked} questions, fewer than 200 and 8,000"


def _off(name: str, share: float, wanted: float) -> Iterable[str]:
    if abs(share - wanted) > _TOLERANCE:
        yield f"{name}: {share:.2f} of all, {wanted:.2f} wanted"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
