"""How questions that go on from an answer fare: `python -m benchmarks.follow_ups [PART]`

Asks the questions of `follow_ups.txt` to documents of a part of the corpus (test by default), all
documents at once and each alone. The sentences that answer the first question count as shown, and
whom that question names as spoken of before. An answer is right if its first quote has a sentence
that answers; a question without one must not be answered.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from rich.console import Console
from rich.table import Table

from embeddings.encoder import Encoder
from embeddings.models import Models, with_bundled
from knowledge.answering.shown import Place, Shown
from knowledge.evaluation.corpus import Labelled, read_corpus
from knowledge.evaluation.evaluation import Case
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.person import Person
from knowledge.reading.passages import Sentence

FILE = Path(__file__).with_name("follow_ups.txt")
FOLDER = Path(__file__).with_name("reading")
_RATE = 0.02  # of false answers, as in config.yaml
Kind = Literal["plural", "thing", "ellipsis", "person", "none", "new"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question `text` of that `kind` and `language` after the question `first` to a document.

    `shown` and `answers` are the rows of the sentences that answer `first` and `text`.
    """

    document: str
    language: str
    first: str
    shown: tuple[int, ...]
    kind: Kind
    text: str
    answers: tuple[int, ...]


def read_follow_ups() -> tuple[FollowUp, ...]:
    """Return the questions of the file, in order. Raises ValueError, which names the line that is
    wrong.
    """
    return tuple(
        _read(line) for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")
    )


def _read(line: str) -> FollowUp:
    fields = line.split(" | ")
    kind = next((kind for kind in get_args(Kind) if fields[4:5] == [kind]), None)
    if len(fields) != 7 or kind is None:
        raise ValueError(f"{FILE}: expected seven fields, with a kind in the fifth, in {line!r}")
    document, language, shown, first, _, answers, text = fields
    return FollowUp(document, language, first, _rows(shown), kind, text, _rows(answers))


def _rows(numbers: str) -> tuple[int, ...]:
    return () if numbers == "-" else tuple(int(number) - 1 for number in numbers.split(","))


def place_of(base: KnowledgeBase, document: str, sentence: Sentence) -> Place:
    """Return where `base` has the first sentence that overlaps `sentence` of `document`."""
    return next(
        (row, number)
        for row, passage in enumerate(base.passages)
        if passage.document.id == document
        for number, own in enumerate(passage.sentences)
        if own.start < sentence.end and sentence.start < own.end
    )


def outcome(one: FollowUp, labelled: Labelled, base: KnowledgeBase) -> str:
    """Return what becomes of `one` in `base`: "right", "false", or "declined" though answered."""
    sentences = labelled.sentences
    shown = tuple(place_of(base, one.document, sentences[row]) for row in one.shown)
    answer = base.ask(one.text, spoken_of(base, one.first), shown=Shown(base.version, shown, ()))
    if answer.status != "answered":
        return "declined" if one.answers else "right"
    places = tuple((sentences[row].start, sentences[row].end) for row in one.answers)
    case = Case(one.text, one.language, (), one.document, places=places)
    return "right" if case.is_sentence(answer.quotes[0]) else "false"


def spoken_of(base: KnowledgeBase, question: str) -> Person | None:
    """Return the only person whom `question` names; None if it does not name one for certain."""
    namings = base.asking.people.resolve(question)
    is_one = len(namings) == 1 and namings[0].outcome == "exact" and len(namings[0].people) == 1
    return namings[0].people[0] if is_one else None


def outcomes(
    asked: Sequence[FollowUp], documents: Mapping[str, Labelled], models: Models
) -> list[tuple[Kind, str]]:
    """Return the kind and the outcome of each of `asked`, put to all of its `documents` at once."""
    with TemporaryDirectory() as folder:
        base = KnowledgeBase.build(
            [documents[name].document for name in dict.fromkeys(one.document for one in asked)],
            models,
            cache=Path(folder) / "vectors",
            false_answer_rate=_RATE,
        )
        return [(one.kind, outcome(one, documents[one.document], base)) for one in asked]


def by_document(asked: Iterable[FollowUp]) -> list[list[FollowUp]]:
    """Return `asked`, those to one document together."""
    found = defaultdict(list)
    for one in asked:
        found[one.document].append(one)
    return list(found.values())


def main(part: str) -> None:
    models = with_bundled(Encoder())
    documents = {one.document.id: one for one in read_corpus(FOLDER / part)}
    asked = [one for one in read_follow_ups() if one.document in documents]
    groups = by_document(asked)
    alone = [found for group in groups for found in outcomes(group, documents, models)]
    table = Table("kind", "questions", "right", "false", "right alone", "false alone")
    counts = [Counter(outcomes(asked, documents, models)), Counter(alone)]
    for kind in get_args(Kind):
        row = [str(own[kind, name]) for own in counts for name in ("right", "false")]
        table.add_row(kind, str(sum(one.kind == kind for one in asked)), *row)
    totals = [
        sum(n for (_, o), n in c.items() if o == x) for c in counts for x in ("right", "false")
    ]
    table.add_row("all", str(len(asked)), *map(str, totals))
    print(f"{part}, {len(groups)} documents, all at once and each alone:")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test")
