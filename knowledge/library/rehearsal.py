"""Golden questions put to a knowledge base before anybody else asks it."""

from collections.abc import Callable, Sequence

from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import Golden
from knowledge.library.progress import tell_nobody
from knowledge.quotes.answers import Answer


def rehearse(
    golden: Sequence[Golden], base: KnowledgeBase, report: Callable[[int], None] = tell_nobody
) -> frozenset[str]:
    """Return the questions in `golden` that `base` answers right.

    `report` is told after each question how many have been asked.
    """
    passed = []
    for number, asked in enumerate(golden, start=1):
        if is_right(asked, base.ask(asked.question)):
            passed.append(asked.question)
        report(number)
    return frozenset(passed)


def is_right(golden: Golden, answer: Answer) -> bool:
    """Return whether `answer` quotes what `golden` shows, or declines where that is right."""
    if golden.shows is None:
        return answer.status == "not_found"
    return any(golden.shows in quote.highlight for quote in answer.quotes)
