"""The cost of reading files in a separate process: `python -m benchmarks.files [FILES]`

Reads a folder of FILES small texts (1,000 by default) as the bot does and, as the baseline, the
same texts with the same reader within this process; then one file of each type with 247,500 words,
about as many as the documents may have.
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate
from rich.console import Console
from rich.table import Table

from knowledge.reading.documents import parse, read_documents
from knowledge.reading.formats import plain
from knowledge.reading.parsing import Limits, Parser
from knowledge.words.detection import detect

_ROUNDS = 5
_SENTENCE = "Paragraph {} says that the court ruled on the case of the teacher in March. "
_FRONT_MATTER = "---\ntitle: Report {}\ndate: 2024-05-17\n---\n"


def main(files: int) -> None:
    table = Table("small texts", "here s", "in a process s", "ratio", "more per file ms")
    for name, front_matter in (("without front matter", ""), ("with front matter", _FRONT_MATTER)):
        with TemporaryDirectory() as folder:
            for number in range(files):
                body = "\n".join(_SENTENCE.format(line) for line in range(10))
                text = front_matter.format(number) + body
                Path(folder, f"{number}.txt").write_text(text, "utf-8")
            here = _seconds(lambda folder=folder: _read_here(Path(folder)))
            there = _seconds(lambda folder=folder: read_documents(Path(folder), 10_000_000))
        more = 1000 * (there - here) / files
        table.add_row(name, f"{here:.2f}", f"{there:.2f}", f"{there / here:.1f}", f"{more:.2f}")
    Console().print(table)
    table = Table("large file", "MB", "s", "memory MB")
    for name, data in _large_files():
        table.add_row(name, f"{len(data) / 1e6:.1f}", *_cost(data, name))
    Console().print(table)


def _seconds(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begin)
    return median(spent)


def _read_here(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        detect("\n".join(text for _, text in plain.read(file.read_bytes()).blocks))


def _large_files() -> list[tuple[str, bytes]]:
    paragraphs = [_SENTENCE.format(number) * 3 for number in range(5_500)]
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    word, pdf = io.BytesIO(), io.BytesIO()
    document.save(word)
    style = ParagraphStyle("body", spaceAfter=8)
    SimpleDocTemplate(pdf).build([Paragraph(each, style) for each in paragraphs])
    text = "\n\n".join(paragraphs).encode()
    page = "".join(f"<p>{each}</p>" for each in paragraphs).encode()
    return [
        ("a.txt", text),
        ("a.md", text),
        ("a.html", page),
        ("a.docx", word.getvalue()),
        ("a.pdf", pdf.getvalue()),
    ]


def _cost(data: bytes, name: str) -> tuple[str, str]:
    """Return the seconds to read `data` in a fresh process, and the peak of its memory in MB."""
    before = _children()
    begin = time.perf_counter()
    with Parser(Limits(10_000_000)) as parser:
        parse(data, name, parser)
        spent = time.perf_counter() - begin
        (process,) = _children() - before
        status = Path(f"/proc/{process}/status").read_text()
    return f"{spent:.1f}", str(int(status.split("VmHWM:")[1].split()[0]) // 1000)


def _children() -> set[str]:
    tasks = Path("/proc/self/task").iterdir()
    return {pid for task in tasks for pid in (task / "children").read_text().split()}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
