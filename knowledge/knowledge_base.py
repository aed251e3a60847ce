"""From documents to answers: the whole pipeline."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.cache import Progress, adding_up
from embeddings.memory import remembering
from embeddings.models import Models
from knowledge.answering.asking import Asking, asking_of
from knowledge.answering.errata import Errata
from knowledge.answering.person_card import PersonCard, person_card
from knowledge.answering.shown import Shown, shown_after
from knowledge.answering.versions import Versions
from knowledge.errors import KnowledgeError
from knowledge.people.curated import Curated
from knowledge.people.disguises import undisguised
from knowledge.people.naming import People
from knowledge.people.people import find_named
from knowledge.people.person import Person
from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import Glossary, read_glossary
from knowledge.question.questions import LONGEST_QUESTION
from knowledge.question.spelling import Spelling
from knowledge.quotes.answers import Answer, whole
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, split
from knowledge.search.candidates import Candidates, store_of
from knowledge.search.search import Search
from knowledge.search.second_reading import SecondReading
from knowledge.search.shelving import shelve
from knowledge.search.written import Written
from knowledge.words.detection import message_language
from knowledge.words.latin_letters import in_own_letters


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Documents ready to answer questions. It never changes; new documents make a new one.

    `passages` are those of all documents, in order; a row is an index into them. `version` is a
    hash of the passages and the people in them: equal ones give equal versions.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    version: str
    models: Models
    people: People
    statements: Statements
    search: Search
    reading: SecondReading
    spelling: Spelling
    asking: Asking
    versions: Versions
    errata: Errata
    _by_id: Mapping[str, Person]

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        models: Models,
        *,
        cache: Path,
        false_answer_rate: float,
        curated: Sequence[Curated] = (),
        glossary: Glossary | None = None,
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split `documents`, encode them with `models`, and index them.

        `cache` is the file in which vectors are cached. `false_answer_rate` in [0, 1] is the share
        of questions without an answer that may be answered all the same. `curated` is what editors
        wrote about people. `glossary` translates questions into the languages of the documents; it
        is ours unless given. Raises KnowledgeError if there are no documents, or no passages in
        them.
        """
        if not documents:
            raise KnowledgeError("there are no documents to answer from; add a .txt or .md file")
        passages = tuple(passage for document in documents for passage in split(document))
        if not passages:
            raise KnowledgeError("no sentence of the documents could be read whole; add others")
        multilingual = models.multilingual
        progress = adding_up(progress) if progress is not None else None
        named = find_named(documents, models.tagger, curated, cache, progress)
        people = People(named.people, documents)
        statements = Statements(passages, named.people, named.others)
        glossary, vocabulary = glossary or read_glossary(), Vocabulary.of(passages)
        shelves = shelve(passages, models.encoder, multilingual, cache, progress)
        search = Search(shelves, false_answer_rate, models.reranker, glossary, vocabulary)
        store = store_of(passages, shelves)
        reading = SecondReading(
            Candidates(passages, multilingual, store, cache),
            models.reader,
            Written(documents, vocabulary, glossary),
            statements,
        )
        names = [person.name for person in named.people]
        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages, named.people),
            models=models,
            people=people,
            statements=statements,
            search=search,
            reading=reading,
            spelling=Spelling(passages, names, glossary, multilingual.commonness),
            asking=asking_of(tuple(documents), passages, search, reading, people),
            versions=Versions(passages, statements, named.people),
            errata=Errata(passages),
            _by_id={person.id: person for person in named.people},
        )

    def at_rate(self, false_answer_rate: float) -> "KnowledgeBase":
        """Return the same knowledge base with another `false_answer_rate`, as in `build`."""
        search = replace(self.search, false_answer_rate=false_answer_rate)
        asking = asking_of(self.documents, self.passages, search, self.reading, self.people)
        return replace(self, search=search, asking=asking)

    def person(self, person_id: str) -> Person | None:
        """Return the person with that id; None if the documents name no such person."""
        return self._by_id.get(person_id)

    def card(self, person: Person) -> PersonCard:
        """Return the card of `person`; of several editions of a text, the newest is quoted."""
        everything = whole(self.statements.of([person]), "en", [person])
        return person_card(person, self.versions.newest("", everything).quotes, self.statements)

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self.reading.candidates.row(passage)

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row`, between the ones before and after it in its document."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def read_ahead(self) -> Iterator[None]:
        """Read the passages ahead of questions, as many as the reader keeps; yield after each.

        A question whose passages were read before takes half the time.
        """
        return self.reading.read_ahead()

    def shown(self, answer: Answer, before: Shown | None = None) -> Shown | None:
        """Return what a conversation was shown last, once it got `answer` after `before`."""
        return shown_after(answer, before, self.version, self.row)

    def ask(
        self,
        text: str,
        about: Person | None = None,
        meant: Person | None = None,
        otherwise: str | None = None,
        shown: Shown | None = None,
    ) -> Answer:
        """Return the answer to `text`, from the newest of several editions of a text, and with the
        corrections of what it quotes.

        `about` is the person whom the conversation was about before, `meant` the one whom the asker
        chose when asked back about a name in `text`. `otherwise` is the language to answer in if
        that of `text` is not clear; what is found does not depend on it. `shown` is what the
        conversation was shown last; it is ignored if it is of another version. Safe to call from
        several threads.
        """
        if shown is not None and shown.version != self.version:
            shown = None
        is_read = len(text) <= LONGEST_QUESTION
        own = in_own_letters(text) if is_read and not self.search.reads_other_latin else text
        spelled = self.spelling.corrected(own) if is_read else own
        with remembering():  # several stages encode the same texts with the same model
            answer = self.asking.answer(spelled, about, meant, shown)
        parts = tuple(self.versions.newest(spelled, part) for part in answer.parts)
        if not parts and answer.reason is None:  # an answer about documents is about those meant
            answer = self.errata.shown_with(self.versions.newest(spelled, answer))
        answer = replace(answer, parts=parts, read_as=spelled if spelled != text else None)
        if otherwise is None or answer.reason == "language":
            return answer
        language = message_language(self.asking.without_names(undisguised(own)), otherwise)
        parts = tuple(replace(part, language=language) for part in answer.parts)
        return replace(answer, language=language, parts=parts)


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.read_text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
