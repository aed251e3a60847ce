"""Knowledge bases that can serve, assembled from documents and the files beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from embeddings.cache import Progress
from knowledge.answering.overview import overview_answer
from knowledge.answering.shown import Shown
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.editions import COMPANIONS, Edition
from knowledge.library.golden import Golden, read_golden
from knowledge.library.offers import Offers
from knowledge.people.curated import Curated, check_roles, read_curated
from knowledge.people.person import Person
from knowledge.problems import problem
from knowledge.question.glossary import Glossary, read_glossary
from knowledge.quotes.answers import Answer
from knowledge.reading.documents import Document

_PEOPLE, _QUESTIONS, _GLOSSARY = COMPANIONS


class Build(Protocol):
    """KnowledgeBase.build, given everything that does not depend on the documents."""

    def __call__(
        self,
        documents: Sequence[Document],
        *,
        curated: Sequence[Curated],
        glossary: Glossary,
        progress: Progress | None,
    ) -> KnowledgeBase:
        """Return the knowledge base of `documents`."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A knowledge base that can serve, and the edition that it is built from.

    `golden` are its golden questions, `offers` say where to go on when there is no answer, and
    `problems` say why something on disk is left out.
    """

    edition: Edition
    knowledge_base: KnowledgeBase
    golden: tuple[Golden, ...]
    offers: Offers
    problems: tuple[KnowledgeError, ...] = ()

    def ask(
        self,
        text: str,
        about: Person | None = None,
        meant: Person | None = None,
        otherwise: str | None = None,
        shown: Shown | None = None,
    ) -> Answer:
        """Return the answer of `KnowledgeBase.ask`, with what to ask next where that helps."""
        base = self.knowledge_base
        answer = base.ask(text, about, meant, otherwise, shown)
        is_known = shown is not None and shown.version == base.version
        spoken_of = shown.documents(base.passages) if shown is not None and is_known else ()
        return self.offers.with_offers(answer.read_as or text, answer, about, spoken_of)

    def overview(self, document: Document, language: str) -> Answer | None:
        """Return `document` at a glance; None if it has no sentence."""
        answer = overview_answer(document, self.knowledge_base.statements, language)
        return answer and self.offers.with_offers("", answer)

    @property
    def examples(self) -> tuple[str, ...]:
        """The golden questions to begin with."""
        return tuple(one.question for one in self.golden if one.example)


def assemble(
    edition: Edition,
    documents: Sequence[Document],
    companions: Mapping[str, tuple[Path, str]],
    build: Build,
    progress: Progress | None = None,
) -> Snapshot:
    """Return the snapshot of `documents` and `companions`.

    `companions` has, by name, those COMPANIONS that there are: the path of the file, and what an
    editor calls it. Raises KnowledgeError, which names the file, if one cannot be used.
    """
    if not documents:
        raise KnowledgeError(problem("no_documents"))
    golden = read_golden(*companions[_QUESTIONS]) if _QUESTIONS in companions else ()
    curated = read_curated(*companions[_PEOPLE]) if _PEOPLE in companions else ()
    if curated:
        check_roles(companions[_PEOPLE][1], curated, documents)
    base = build(
        documents,
        curated=curated,
        glossary=read_glossary(*companions.get(_GLOSSARY, ())),
        progress=progress,
    )
    return Snapshot(edition, base, golden, Offers(base, golden, progress))
