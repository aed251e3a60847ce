"""Verdicts on golden questions. They hold for an edition, which is asked each question once.

An edition that only corrects another, and says other things of documents than their text, takes
over its verdicts, except on the questions that the correction may touch.

Any other edition is asked all questions: one more document makes every word rarer or more common,
so no question is certain to be untouched. But what the models say of a question, or of a question
with a passage, depends on nothing else, and is remembered from one edition to the next.
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
    """Which golden questions the editions pass that were asked them; of the last _KEPT editions."""

    def __init__(self) -> None:
        """Start with none."""
        self._passed: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._memory = Memory()

    def passed(self, edition: Edition) -> frozenset[str] | None:
        """Return which golden questions `edition` passes; None if that is not known."""
        return self._passed.get(edition.digest)

    def note(self, digest: str, passed: frozenset[str] | None) -> None:
        """Keep which golden questions the edition `digest` passes; None says that is not known."""
        if passed is None:
            return
        self._passed[digest] = passed
        self._passed.move_to_end(digest)
        while len(self._passed) > _KEPT:
            self._passed.popitem(last=False)

    def ask(
        self, snapshot: Snapshot, before: Snapshot | None, report: Callable[[int, int], None]
    ) -> None:
        """Ask `snapshot` its golden questions, unless that was done.

        If it corrects `before`, whose verdicts are known, only those are asked that this may touch.
        `report` is told how many have been asked, and of how many.
        """
        if self.passed(snapshot.edition) is not None:
            return
        base, golden, kept = snapshot.knowledge_base, snapshot.golden, frozenset[str]()
        known = None if before is None else self.passed(before.edition)
        if (
            before is not None
            and known is not None
            and are_corrections(before.knowledge_base.documents, base.documents)
        ):
            all_questions = len(golden)
            golden = touched(golden, before.knowledge_base, base, lambda: report(0, all_questions))
            kept = known - {asked.question for asked in golden}
        count = len(golden)
        with remembering(self._memory):
            passed = rehearse(golden, base, lambda done: report(done, count))
        self.note(snapshot.edition.digest, kept | passed)

    def lost(
        self, snapshot: Snapshot, served: Snapshot | None, *, is_asked: bool
    ) -> tuple[Golden, ...]:
        """Return the golden questions that `snapshot` fails and `served` passes, as far as known.

        With `is_asked`, `served` is asked those that `snapshot` fails, if its verdicts are unknown.
        """
        passed = self.passed(snapshot.edition)
        if served is None or passed is None or served.edition == snapshot.edition:
            return ()
        asked = {golden.question for golden in served.golden}
        failing = [g for g in snapshot.golden if g.question in asked and g.question not in passed]
        passed_before = self.passed(served.edition)
        if passed_before is None:
            with remembering(self._memory):
                base = served.knowledge_base
                passed_before = rehearse(failing, base) if is_asked else frozenset()
        return tuple(golden for golden in failing if golden.question in passed_before)


def are_corrections(before: Sequence[Document], after: Sequence[Document]) -> bool:
    """Return whether `after` are the documents `before`, but for title, date, publisher and link.

    A document in another language is another one: it has other sentences and is searched by other
    words.
    """
    return [_text(one) for one in before] == [_text(one) for one in after]


def touched(
    golden: Sequence[Golden],
    before: KnowledgeBase,
    after: KnowledgeBase,
    tell: Callable[[], None],
) -> tuple[Golden, ...]:
    """Return those of `golden` on which `after` may have another verdict than `before`, whose
    documents it corrects; `tell` is called now and then.

    A title and a publisher are words of their document: a question is touched if it has a word that
    came or went with them. (The reader reads a passage under its title, too; of 362 questions, two
    other titles changed no verdict.) Only the numbers of a date are read, and nothing of a link.
    All four also tell which documents are editions of one text, and a date tells which are of one
    day. Where that changes, a question is touched if a passage of such a document is near to it.
    (Documents that are no longer of one day are quoted beside each other, which makes no answer
    wrong.)
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

    return tuple(asked for asked in golden if is_touched(asked.question))


def _text(document: Document) -> tuple[object, ...]:
    """Return what no correction of `document` changes."""
    return document.id, document.text, document.blocks, document.language


def _names_what_changed(question: str, old: Document, new: Document) -> bool:
    """Return whether `question` has a word that came or went with the title or the publisher."""
    was, now = (
        set(content_terms(f"{one.title} {one.publisher or ''}", one.language)) for one in (old, new)
    )
    return not (was ^ now).isdisjoint(content_terms(question, new.language))


def _moved(before: KnowledgeBase, after: KnowledgeBase) -> set[str]:
    """Return the ids of the documents whose other editions have changed, or that now share a date
    with documents with which they did not.
    """
    pairs = zip(before.documents, after.documents, strict=True)
    return {
        was.id
        for was, now in pairs
        if _editions(was, before) != _editions(now, after)
        or not _of_its_day(now, after) <= _of_its_day(was, before)
    }


def _editions(document: Document, base: KnowledgeBase) -> list[str]:
    """Return the ids of the earlier and the later editions of `document` in `base`."""
    earlier = base.versions.earlier(document)
    others = [*([earlier] if earlier is not None else []), *base.versions.later(document)]
    return [other.id for other in others]


def _of_its_day(document: Document, base: KnowledgeBase) -> set[str]:
    return {other.id for other in base.documents if other.date == document.date}
