"""Golden questions put to a knowledge base, before anybody else asks it."""

from collections.abc import Callable, Sequence

from knowledge.answers import Answer
from knowledge.golden import Golden
from knowledge.knowledge_base import KnowledgeBase


def _nobody(_asked: int) -> None:
    pass


def rehearse(
    golden: Sequence[Golden], base: KnowledgeBase, report: Callable[[int], None] = _nobody
) -> tuple[KnowledgeBase, frozenset[str]]:
    """Return `base` with a reader that is silent where `golden` says so, and those of `golden` that
    it answers right.

    `report` is told how many have been asked, after each.
    """
    answers = []
    for number, one in enumerate(golden, start=1):
        answers.append(base.ask(one.question))
        report(number)
    asked = list(zip(golden, answers, strict=True))
    taught = base.declining(answer for one, answer in asked if one.declined)
    if taught is not base:  # what the reader said, it may not say any more
        asked = [(one, taught.ask(one.question) if a.is_read else a) for one, a in asked]
    return taught, frozenset(one.question for one, answer in asked if is_right(one, answer))


def is_right(golden: Golden, answer: Answer) -> bool:
    """Return whether `answer` quotes what `golden` shows, or declines where that is right."""
    if golden.shows is None:
        return answer.status == "not_found"
    return any(golden.shows in found.highlight for found in answer.quotes)
