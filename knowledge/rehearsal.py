"""Golden questions put to a knowledge base, before anybody else asks it."""

from collections.abc import Iterator, Sequence

from knowledge.answers import Answer
from knowledge.golden import Golden
from knowledge.knowledge_base import KnowledgeBase


def rehearse(golden: Sequence[Golden], base: KnowledgeBase) -> Iterator[tuple[Golden, bool]]:
    """Yield each of `golden` in order, as it is asked, with whether `base` answers it right."""
    for one in golden:
        yield one, is_right(one, base.ask(one.question))


def is_right(golden: Golden, answer: Answer) -> bool:
    """Return whether `answer` quotes what `golden` shows, or declines where that is right."""
    if golden.shows is None:
        return answer.status == "not_found"
    return any(golden.shows in found.highlight for found in answer.quotes)
