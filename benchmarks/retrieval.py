"""How often the right passage and sentence come first: `python -m benchmarks.retrieval en=FILE …`

Reads questions in SQuAD's JSON. P@1 and S@1 are shares of all questions where the first quote lies
in the right passage, and where its sentence holds an answer, with nothing declined; "answered" is
the share that the settings' decision lets through.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.squad import read
from bot.settings import Settings, state_folder
from embeddings.encoder import Encoder
from knowledge.decision import least_confidence
from knowledge.knowledge_base import KnowledgeBase


def main(arguments: Sequence[str]) -> None:
    encoder = Encoder()
    settings = Settings()
    table = Table("file", "questions", "P@1", "S@1", "answered")
    for argument in arguments:
        language, file = argument.split("=", 1)
        articles = read(Path(file), language)
        base = KnowledgeBase.build(
            [document for article in articles for document in article.documents],
            encoder,
            cache=state_folder(settings) / "benchmarks.sqlite",
            false_answer_rate=1.0,
        )
        least = least_confidence(language, settings.answers.false_answer_rate)
        right_passages = right_sentences = answered = 0
        questions = [question for article in articles for question in article.questions]
        for question in questions:
            answer = base.ask(question.text)
            if not answer.quotes:
                continue  # a name in doubt, or a date asked for that the passage does not hold
            answered += answer.confidence >= least
            first = answer.quotes[0]
            if first.passage.document.id == question.document:
                right_passages += 1
                right_sentences += any(text in first.highlight for text in question.answers)
        shares = (right_passages, right_sentences, answered)
        table.add_row(
            Path(file).name,
            str(len(questions)),
            *(f"{share / len(questions):.3f}" for share in shares),
        )
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
