"""How well people are found in documents: `python -m benchmarks.people [PART]`

Finds the people in each document of a part of the corpus (test by default), each document alone,
and compares them with those whom its writer lists. Two names are one person if one has all the
words of the other, in any spelling and case.
"""

import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import person_tagger
from knowledge.evaluation.corpus import read_corpus
from knowledge.people.name_parts import WORD
from knowledge.people.names import keys
from knowledge.people.people import find_named

FOLDER = Path(__file__).with_name("reading")


def is_same(one: str, other: str) -> bool:
    """Return whether one of two names has all the words of the other."""
    first, second = (
        [frozenset(keys(word)) for word in WORD.findall(name)] for name in (one, other)
    )
    fewer, more = sorted((first, second), key=len)
    return all(any(word & word_ for word_ in more) for word in fewer)


def main(part: str) -> None:
    counts: dict[str, Counter[str]] = {}
    missed: list[str] = []
    invented: list[str] = []
    tagger = person_tagger(multilingual_encoder())
    for labelled in read_corpus(FOLDER / part):
        language = labelled.document.language
        named = [name for name in labelled.people if len(WORD.findall(name)) > 1]
        found = [person.name for person in find_named([labelled.document], tagger).people]
        own = counts.setdefault(language, Counter())
        hits = [name for name in named if any(is_same(name, other) for other in found)]
        true = [name for name in found if any(is_same(name, other) for other in labelled.people)]
        own.update(named=len(named), hits=len(hits), found=len(found), true=len(true))
        missed += [f"{labelled.document.id}: {name}" for name in named if name not in hits]
        invented += [f"{labelled.document.id}: {name}" for name in found if name not in true]
    table = Table("documents in", "named in full", "found", "recall", "precision")
    for language, own in counts.items():
        table.add_row(
            language,
            str(own["named"]),
            str(own["found"]),
            f"{own['hits'] / own['named']:.3f}",
            f"{own['true'] / own['found']:.3f}",
        )
    Console().print(table)
    print("missed:", *missed, sep="\n  ")
    print("no people:", *invented, sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test")
