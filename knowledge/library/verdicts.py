"""Verdicts of golden questions, which hold for an edition: what was asked once is not asked again.

An edition that corrects another, saying other things of documents beside their text, takes over its
verdicts, but for the questions that the correction may touch.

Of any other edition all are asked: one more document makes each word of all of them rarer or more
common, so no question is known to be beyond its reach. But what the models say of a question, or of
a question and a passage, depends on nothing else, and is remembered from one edition to the next.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from embeddings.memory import Memory, remembering
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.editions import Edition
from knowledge.library.golden import Golden
from knowledge.library.rehearsal import rehearse
from knowledge.library.snapshots import Snapshot
from knowledge.question.questions import understand
from knowledge.reading.documents import Document
from knowledge.words.lexical import content_terms

_KEPT = 50  # editions
_NEAR = 6  # passages: as many are read for a question


class Verdicts:
    """Which golden questions are passed by the editions that were asked them, the last _KEPT."""

    def __init__(self) -> None:
        """Start with none."""
        self._passed: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._memory = Memory()

    def passed(self, edition: Edition) -> frozenset[str] | None:
        """Return which golden questions `edition` passes; None if that is not known."""
        return self._passed.get(edition.digest)

    def note(self, digest: str, passed: frozenset[str] | None) -> None:
        """Keep which golden questions the edition of that name passes, if that is known."""
        if passed is None:
            return
        self._passed[digest] = passed
        self._passed.move_to_end(digest)
        while len(self._passed) > _KEPT:
            self._passed.popitem(last=False)

    def ask(
        self, one: Snapshot, before: Snapshot | None, report: Callable[[int, int], None]
    ) -> None:
        """Ask `one` its golden questions, unless that was done; if it corrects `before`, whose
        verdicts are known, those alone that this may touch.

        `report` is told how many have been asked, and of how many.
        """
        if self.passed(one.edition) is not None:
            return
        base, golden, kept = one.knowledge_base, one.golden, frozenset[str]()
        known = None if before is None else self.passed(before.edition)
        if (
            before is not None
            and known is not None
            and are_corrections(before.knowledge_base.documents, base.documents)
        ):
            told = len(golden)
            golden = touched(golden, before.knowledge_base, base, lambda: report(0, told))
            kept = known - {asked.question for asked in golden}
        count = len(golden)
        with remembering(self._memory):
            passed = rehearse(golden, base, lambda done: report(done, count))
        self.note(one.edition.digest, kept | passed)

    def lost(self, one: Snapshot, served: Snapshot | None, *, is_asked: bool) -> tuple[Golden, ...]:
        """Return the golden questions that `one` does not pass and `served` does, as far as that is
        known; with `is_asked`, `served` is asked those, if it never was asked all.
        """
        passed = self.passed(one.edition)
        if served is None or passed is None or served.edition == one.edition:
            return ()
        asked = {golden.question for golden in served.golden}
        failing = [g for g in one.golden if g.question in asked and g.question not in passed]
        before = self.passed(served.edition)
        if before is None:
            with remembering(self._memory):
                before = rehearse(failing, served.knowledge_base) if is_asked else frozenset()
        return tuple(golden for golden in failing if golden.question in before)


def are_corrections(before: Sequence[Document], after: Sequence[Document]) -> bool:
    """Return whether `after` are the documents `before`, but for title, date, publisher and link.

    In another language a text falls into other sentences and is searched by other words.
    """
    return [_text(one) for one in before] == [_text(one) for one in after]


def touched(
    golden: Sequence[Golden],
    before: KnowledgeBase,
    after: KnowledgeBase,
    tell: Callable[[], None],
) -> tuple[Golden, ...]:
    """Return those of `golden` to which `after` may have another verdict than `before`, whose
    documents it corrects; `tell` is called now and then.

    Title and publisher are words of their document: a question is touched that has a word which
    came or went with them. (The reader reads a passage under its title, too; of 362 questions two
    other titles gave none another verdict.) Of a date only the numbers are read, of a link nothing.
    All of them say besides which documents are editions of one text, and a date which speak of one
    day: where that is otherwise, questions are touched to which a passage of such a document is
    near. (Documents that are not of one day any more are quoted beside each other, which makes
    nothing wrong.)
    """
    pairs = zip(before.documents, after.documents, strict=True)
    corrected = [(old, new) for old, new in pairs if old != new]
    moved = _moved(before, after)

    def is_touched(question: str) -> bool:
        if any(_names_what_changed(question, old, new) for old, new in corrected):
            return True
        asked, numbers = understand(question), (before.reading.written, after.reading.written)
        if any(len({w.has_numbers(asked, new) for w in numbers}) > 1 for _, new in corrected):
            return True
        if not moved:
            return False
        tell()
        return not moved.isdisjoint(after.reading.candidates.documents_near(asked, _NEAR))

    return tuple(one for one in golden if is_touched(one.question))


def _text(document: Document) -> tuple[object, ...]:
    return document.id, document.text, document.blocks, document.language


def _names_what_changed(question: str, old: Document, new: Document) -> bool:
    was, now = (
        set(content_terms(f"{one.title} {one.publisher or ''}", one.language)) for one in (old, new)
    )
    return not (was ^ now).isdisjoint(content_terms(question, new.language))


def _moved(before: KnowledgeBase, after: KnowledgeBase) -> set[str]:
    """Return the ids of the documents that are no editions of the same ones as they were, or of the
    same day as others that they were not of the day of.
    """
    pairs = zip(before.documents, after.documents, strict=True)
    return {
        was.id
        for was, now in pairs
        if _editions(was, before) != _editions(now, after)
        or not _of_its_day(now, after) <= _of_its_day(was, before)
    }


def _editions(document: Document, base: KnowledgeBase) -> list[str]:
    earlier = base.versions.earlier(document)
    others = [*([earlier] if earlier is not None else []), *base.versions.later(document)]
    return [other.id for other in others]


def _of_its_day(document: Document, base: KnowledgeBase) -> set[str]:
    return {other.id for other in base.documents if other.date == document.date}
