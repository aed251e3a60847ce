"""The cost of reading small files of each format: `python -m benchmarks.formats [FILES]`

For each format, reads a folder of FILES small files (1,000 by default; a fifth as many PDFs) as the
bot does. Prints the seconds, and for how many of them a core was busy: on a machine with other work
only the latter can be compared. `PYTHONPATH=WORKTREE python benchmarks/formats.py` measures the
code of another commit.
"""

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as Grid
from rich.console import Console
from rich.table import Table

from knowledge.reading.documents import read_documents

_ROUNDS = 3
_SENTENCE = "Paragraph {} of {} says that the court of Kostal ruled on the case in March 2021."
_ITEMS = ("the release of the teacher;", "an inquiry into the fire;", "a visit of her doctor.")
_ROWS = (("Village", "Houses flooded"), ("Kokpek", "37"), ("Zhana", "12"))


def main(files: int) -> None:
    table = Table("format", "files", "s", "of a core", "ms of a core a file")
    for ending, written in _FORMATS.items():
        count = files // 5 if ending == "pdf" else files
        with TemporaryDirectory() as folder:
            for number in range(count):
                said = [_SENTENCE.format(line, number) for line in range(8)]
                Path(folder, f"{number}.{ending}").write_bytes(written(f"Report {number}", said))
            rounds = [_cost(Path(folder), count) for _ in range(_ROUNDS)]
        seconds, busy = map(median, zip(*rounds, strict=True))
        figures = f"{seconds:.2f}", f"{busy:.2f}", f"{1000 * busy / count:.2f}"
        table.add_row(ending, str(count), *figures)
    Console().print(table)


def _cost(folder: Path, count: int) -> tuple[float, float]:
    """Return the seconds that reading `folder` takes, and for how many of them a core is busy."""
    begin, before = time.perf_counter(), os.times()
    found = read_documents(folder, 10_000_000)
    spent, after = time.perf_counter() - begin, os.times()
    assert len(found.readable) == count
    return spent, sum(after[:4]) - sum(before[:4])


def _text(title: str, said: list[str]) -> bytes:
    items = "\n".join(f"- {item}" for item in _ITEMS)
    return "\n\n".join([title, *said, items, *map(" | ".join, _ROWS)]).encode()


def _markdown(title: str, said: list[str]) -> bytes:
    head, *rows = (f"| {' | '.join(row)} |" for row in _ROWS)
    rows = "\n".join([head, "|---|---|", *rows])
    items = "\n".join(f"- {item}" for item in _ITEMS)
    return "\n\n".join([f"# {title}", *said, items, rows]).encode()


def _page(title: str, said: list[str]) -> bytes:
    head, *rows = (f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in _ROWS)
    parts = [f"<title>{title}</title><h1>{title}</h1>", *(f"<p>{one}</p>" for one in said)]
    parts.append(f"<ul>{''.join(f'<li>{item}</li>' for item in _ITEMS)}</ul>")
    parts.append(f"<table>{head.replace('td>', 'th>')}{''.join(rows)}</table>")
    return "\n".join(parts).encode()


def _word(title: str, said: list[str]) -> bytes:
    document = docx.Document()
    document.add_heading(title)
    for one in said:
        document.add_paragraph(one)
    for item in _ITEMS:
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(0, 2)
    for row in _ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(title: str, said: list[str]) -> bytes:
    style = ParagraphStyle("body", spaceAfter=8)
    items = ListFlowable([Paragraph(item, style) for item in _ITEMS], bulletType="bullet")
    grid = Grid(_ROWS, style=[("GRID", (0, 0), (-1, -1), 1, "black")])
    stream = io.BytesIO()
    paragraphs = [Paragraph(one, style) for one in (title, *said)]
    SimpleDocTemplate(stream).build([*paragraphs, items, grid])
    return stream.getvalue()


_FORMATS: dict[str, Callable[[str, list[str]], bytes]] = {
    "txt": _text,
    "md": _markdown,
    "html": _page,
    "docx": _word,
    "pdf": _pdf,
}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
