"""From documents to answers: the whole pipeline."""

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.cache import Progress
from embeddings.encoder import Encoder
from embeddings.index import Vectors
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import Excerpt, Reader, reader
from knowledge.answers import Answer, whole
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.evidence import Judged
from knowledge.excerpts import excerpts
from knowledge.kinds import Kind, kind_of
from knowledge.lexical import cased_words, content_terms
from knowledge.names import keys
from knowledge.naming import Naming, People
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_people, parts
from knowledge.personal import (
    asks_for_both,
    asks_for_now,
    is_about_nobody_named,
    may_be_woman,
    says_nothing_but,
    spelled,
    with_person,
)
from knowledge.questions import LONGEST_QUESTION, Question, understand
from knowledge.retrieval import Retrieval
from knowledge.search import Search
from knowledge.statements import Statement, Statements
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Documents ready to answer. Nothing in it changes; new documents make a new one.

    `passages` holds those of all documents in order, so that a row of it names one. `version`
    names the documents: equal texts give equal versions.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    version: str
    encoder: Encoder
    retrieval: Retrieval
    false_answer_rate: float
    people: People
    statements: Statements
    reader: Reader
    vocabulary: Vocabulary
    texts: Mapping[tuple[str, int], Excerpt]
    _rows: Mapping[tuple[str, int], int]
    _by_id: Mapping[str, Person]

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        encoder: Encoder,
        *,
        cache: Path,
        false_answer_rate: float,
        curated: Sequence[Curated] = (),
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split, encode and index `documents`.

        `cache` is the file of kept vectors. `false_answer_rate` in [0, 1] is the share of questions
        without an answer that may be answered all the same. `curated` are other
        spellings of people's names. Raises KnowledgeError if there are no documents.
        """
        if not documents:
            raise KnowledgeError("there are no documents to answer from; add a .txt or .md file")
        passages = tuple(passage for document in documents for passage in split(document))
        people = find_people(documents, curated)
        known, statements = People(people, documents), Statements(passages, people)
        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages, people),
            encoder=encoder,
            retrieval=Retrieval(passages, encoder, multilingual_encoder(), cache, progress),
            false_answer_rate=false_answer_rate,
            people=known,
            statements=statements,
            reader=reader(multilingual_encoder()),
            vocabulary=Vocabulary(documents),
            texts=dict(zip(map(_place, passages), excerpts(passages), strict=True)),
            _rows={_place(passage): row for row, passage in enumerate(passages)},
            _by_id={person.id: person for person in people},
        )

    def person(self, person_id: str) -> Person | None:
        """Return the person with that id; None if the documents name nobody who has it."""
        return self._by_id.get(person_id)

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[_place(passage)]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def ask(self, text: str, about: Person | None = None, meant: Person | None = None) -> Answer:
        """Return the answer to `text`.

        `about` is whom the conversation was about before, `meant` whom of several the asker chose
        when asked back about a name in `text`. Safe to call from several threads.
        """
        question = understand(text)
        language = question.language
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", language, 0.0, reason="too_long")
        if not any(map(str.isalnum, question.text)):
            return Answer("not_found", language, 0.0, reason="nothing_found")
        query = self.retrieval.encode(question)
        kind = kind_of(query)
        namings = [self._settled(n, question, meant) for n in self.people.resolve(question.text)]
        if not namings and about is not None:
            followed = with_person(question.text, about.name)
            if followed is not None:
                asked = replace(understand(followed), language=language)
                return replace(self._of_people(asked, [about], kind), is_follow_up=True)
        match kind:
            case "greeting" | "thanks" | "farewell" | "about" if not namings:
                return Answer("smalltalk", language, 1.0, reason=kind)
        if not namings and not question.names and is_about_nobody_named(question.text):
            return Answer("clarify", language, 0.0, reason="whom")
        if any(naming.outcome == "stranger" for naming in namings):
            return Answer("not_found", language, 0.0, reason="stranger")
        for naming in namings:
            if naming.outcome == "shared":
                return Answer("clarify", language, 0.0, reason="which_one", options=naming.people)
            written = question.text[naming.start : naming.end]
            is_in_doubt = naming.outcome == "near" or (
                meant is None
                and may_be_woman(question.text, written, naming.people[0].name, language)
            )
            if is_in_doubt:
                return Answer(
                    "clarify", language, 0.0, reason="did_you_mean", options=naming.people
                )
        if namings:
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            return self._of_people(spelled(question, namings), people, kind)
        return self._of_nobody(question, query, kind)

    def judged(self, text: str) -> list[Judged]:
        """Return what is read for the question `text`, as the decision sees it: none where it names
        somebody who is not certain.
        """
        question = understand(text)
        namings = self.people.resolve(question.text)
        if any(naming.outcome != "exact" for naming in namings):
            return []
        people = [person for naming in namings for person in naming.people]
        question = spelled(question, namings)
        among = self._speaking_of(people) if people else None
        return self.search.judged(question, self.retrieval.encode(question), among)

    def _of_people(self, question: Question, people: Sequence[Person], kind: Kind) -> Answer:
        """Return the answer to `question` about `people`, who are spelled as in the documents."""
        said = self.statements.of(people)
        is_of_now = asks_for_now(question.text)
        names = [person.name for person in people]
        if kind == "person" or says_nothing_but(question, names):
            answer = whole(said, question.language, people)
            return replace(answer, is_of_now=is_of_now)
        query = self.retrieval.encode(question)
        answer = self.search.answer(question, query, self._speaking_of(people))
        return replace(answer, people=tuple(people), is_of_now=is_of_now)

    def _of_nobody(self, question: Question, query: Vectors, kind: Kind) -> Answer:
        """Return the answer to `question`, which names no person."""
        language = question.language
        if kind == "people" and self.people.people:
            named = [statement for statement in self.statements.all if statement.named]
            return whole(named, language, self.people.people)
        if kind == "demands" and self.statements.demands:
            return whole(self.statements.demands, language)
        if kind == "overview" and (opening := self._opening(question)):
            return whole([opening], language)
        return self.search.answer(question, query)

    def _speaking_of(self, people: Sequence[Person]) -> list[Passage]:
        """Return the passages that may speak of `people`, in order: those that name one of them or
        say "he" of them, those after that name nobody, and all under a title that names one.
        """
        wanted = {person.id for person in people}
        found = []
        is_going_on = False
        document = None
        for passage in self.passages:
            if passage.document is not document:
                document, is_going_on = passage.document, False
                is_titled = _is_titled(document, people)
            spoken_of = self.statements.people_in(passage)
            is_going_on = bool(wanted & spoken_of) or (is_going_on and not spoken_of)
            if is_going_on or is_titled:
                found.append(passage)
        return found

    @property
    def search(self) -> Search:
        """What finds the sentence that answers a question."""
        return Search(
            self.retrieval,
            self.texts,
            self.reader,
            self.vocabulary,
            self.false_answer_rate,
        )

    def _opening(self, question: Question) -> Statement | None:
        """Return how the document begins of which `question` asks what it is about.

        Of several it is the one in whose title stands what the question calls it: the resolution.
        """
        said = set(content_terms(question.text, question.language))
        meant = {
            document.id
            for document in self.documents
            if len(self.documents) == 1
            or said & set(content_terms(document.title, document.language))
        }
        openings = (s for s in self.statements.all if s.passage.document.id in meant)
        return next(openings, None) if len(meant) == 1 else None

    def _settled(self, naming: Naming, question: Question, meant: Person | None) -> Naming:
        """Return `naming` with its people known, where the asker or the question says who it is."""
        if meant in naming.people:
            return replace(naming, outcome="exact", people=(meant,))
        if naming.outcome != "shared":
            return naming
        if asks_for_both(question.text):
            return replace(naming, outcome="exact")
        said = set(content_terms(question.text, question.language))
        called = [p for p in naming.people if p.role and _is_called(p.role.text, said)]
        return replace(naming, outcome="exact", people=(called[0],)) if len(called) == 1 else naming


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start


def _is_titled(document: Document, people: Sequence[Person]) -> bool:
    """Return whether the title of `document` names one of `people`, by surname at least."""
    said = {key for word in cased_words(document.title) for key in keys(word)}
    return any(
        said & {key for word in parts(person.name)[1] for key in keys(word)} for person in people
    )


def _is_called(role: str, said: Set[str]) -> bool:
    """Return whether `said` holds all that `role` says somebody is: "the poet Abishev"."""
    wanted = set(content_terms(role, "en"))
    return bool(wanted) and wanted <= said


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
