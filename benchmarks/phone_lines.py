"""How long answers are on a phone: `python -m benchmarks.phone_lines`

Asks the golden questions of the founding document, and prints how many lines of 40 characters the
median and the longest answer take. A folded quotation counts as three lines.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.messages import answer_blocks, phone_lines
from bot.opening import open_folder
from bot.settings import Settings, Storage
from embeddings.encoder import Encoder
from embeddings.models import with_bundled


def main() -> None:
    with TemporaryDirectory() as folder:
        opened = open_folder(Settings(storage=Storage(path=Path(folder))), with_bundled(Encoder()))
        base = opened.knowledge_base
        answers = [base.ask(golden.question) for golden in opened.golden if golden.shows]
        taken = [phone_lines(answer_blocks(one, base)) for one in answers if one.quotes]
    short = sum(lines <= 12 for lines in taken) / len(taken)
    print(f"{len(taken)} answers: median {median(taken):.0f} lines, longest {max(taken)}")
    print(f"{short:.2f} in at most 12")


if __name__ == "__main__":
    main()
