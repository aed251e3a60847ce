"""From documents to answers: the whole pipeline."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.cache import Progress
from embeddings.encoder import Encoder
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import reader
from embeddings.reranker import Reranker
from knowledge.abbreviations import abbreviation_asked_for
from knowledge.about_people import AboutPeople, spelled
from knowledge.agents import asks_for_officer
from knowledge.answers import Answer, whole
from knowledge.attributes import attributes_asked
from knowledge.candidates import Candidates, place_of
from knowledge.courtesy import asking
from knowledge.demand_words import (
    addressee_of_demands,
    asks_for_demands,
    asks_for_what_is_not_demanded,
    demander,
    is_made_of_parliament,
    topic_of_demands,
    with_parliament,
)
from knowledge.demands import demands_meant, is_demanded_by
from knowledge.disguises import undisguised
from knowledge.documents import Document
from knowledge.elsewhere import Vocabulary, speaks_of_elsewhere
from knowledge.errata import Errata
from knowledge.errors import KnowledgeError
from knowledge.excerpts import excerpts
from knowledge.glossary import LANGUAGES, Glossary, read_glossary
from knowledge.intents import without_what_is_left_aside
from knowledge.kinds import Kind, kind_of
from knowledge.lexical import content_terms, terms
from knowledge.naming import Naming, People
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_named
from knowledge.personal import (
    asks_for_both,
    asks_for_now,
    asks_for_persons_name,
    asks_for_words_of,
    is_about_nobody_named,
    may_be_woman,
    with_person,
)
from knowledge.questions import LONGEST_QUESTION, Question, understand
from knowledge.reading_confidence import least_confidence as least_to_answer
from knowledge.retrieval import Shelf
from knowledge.rewording import Rewording
from knowledge.search import NEARLY_CERTAIN, Search
from knowledge.second_reading import SecondReading
from knowledge.shelving import shelve
from knowledge.sought import holds_all, sought, sought_in
from knowledge.spelling import Spelling
from knowledge.statements import Statement, Statements
from knowledge.versions import Versions
from knowledge.written import Written

# Confidence of the rules below which the reader must second what they found, and how sure of it the
# reader must be: benchmarks/README.md says what that gains.
_SURE_ENOUGH, _SECONDED = 0.9, 0.05


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
    shelves: tuple[Shelf, ...]
    false_answer_rate: float
    reranker: Reranker | None
    people: People
    statements: Statements
    glossary: Glossary
    vocabulary: Vocabulary
    rewording: Rewording
    spelling: Spelling
    reading: SecondReading
    versions: Versions
    errata: Errata
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
        reranker: Reranker | None = None,
        curated: Sequence[Curated] = (),
        glossary: Glossary | None = None,
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split, encode and index `documents`.

        `cache` is the file of kept vectors. `false_answer_rate` in [0, 1] is the share of questions
        without an answer that may be answered all the same. `reranker` has the last word on the
        best passages. `curated` are other spellings of people's names. `glossary` carries
        questions over into the languages of the documents; it is ours unless given. Raises
        KnowledgeError if there are no documents.
        """
        if not documents:
            raise KnowledgeError("there are no documents to answer from; add a .txt or .md file")
        passages = tuple(passage for document in documents for passage in split(document))
        if not passages:
            raise KnowledgeError("no sentence of the documents could be read whole; add others")
        shelves = shelve(passages, encoder, multilingual_encoder(), cache, progress)
        named = find_named(documents, curated, cache)
        people = named.people
        known = People(people, documents)
        statements = Statements(passages, people, named.others)
        glossary = glossary or read_glossary()
        vocabulary = Vocabulary(passages)
        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages, people),
            encoder=encoder,
            shelves=shelves,
            false_answer_rate=false_answer_rate,
            reranker=reranker,
            people=known,
            statements=statements,
            glossary=glossary,
            vocabulary=vocabulary,
            rewording=Rewording(
                glossary, vocabulary, frozenset(shelf.language for shelf in shelves)
            ),
            spelling=Spelling(
                passages,
                [person.name for person in people],
                glossary,
                multilingual_encoder().commonness,
            ),
            reading=SecondReading(
                Candidates(passages, multilingual_encoder(), cache, progress),
                dict(zip(map(place_of, passages), excerpts(passages), strict=True)),
                reader(multilingual_encoder()),
                Written(documents),
                statements,
            ),
            versions=Versions(passages, statements),
            errata=Errata(passages),
            _rows={(p.document.id, p.start): row for row, p in enumerate(passages)},
            _by_id={person.id: person for person in people},
        )

    def person(self, person_id: str) -> Person | None:
        """Return the person with that id; None if the documents name nobody who has it."""
        return self._by_id.get(person_id)

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[passage.document.id, passage.start]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def ask(self, text: str, about: Person | None = None, meant: Person | None = None) -> Answer:
        """Return the answer to `text`, of several editions of a document from the latest, and with
        the corrections of what it quotes.

        `about` is whom the conversation was about before, `meant` whom of several the asker chose
        when asked back about a name in `text`. Safe to call from several threads.
        """
        read = self.spelling.corrected(text) if len(text) <= LONGEST_QUESTION else text
        answer = self.versions.newest(read, self._answer(read, about, meant))
        answer = self.errata.shown_with(answer)
        return replace(answer, read_as=read) if read != text else answer

    def _answer(self, text: str, about: Person | None, meant: Person | None) -> Answer:
        question = understand(without_what_is_left_aside(undisguised(text)))
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", question.language, 0.0, reason="too_long")
        question = self._in_its_language(question)
        language = question.language
        kind = self._kind_of(question)
        namings = [self._settled(n, question, meant) for n in self.people.resolve(question.text)]
        if not namings and about is not None:
            followed = with_person(question.text, about.name)
            if followed is not None:
                return self._follow(question, understand(followed), about)
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
            answer = self._about_named(question, namings)
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            return self._read_again(question, answer, people)
        asked = replace(understand(asking(question.text)), language=language)
        answer = self._best_of_tries(asked, kind)
        # A name may be asked for after the question: "… I need their names."
        is_nameless = self._is_nameless(asked, answer) or self._is_nameless(question, answer)
        if is_nameless or self._is_demand_of_another(asked, answer):
            answer = Answer("not_found", language, answer.confidence, reason="nothing_found")
        return self._read_again(asked, answer)

    def _about_named(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return the answer to `question`, in which `namings` say for certain whom it is about."""
        if self._is_elsewhere(question, namings):
            return Answer("not_found", question.language, 0.0, reason="nothing_found")
        answer = self._about_people.answer_named(question, namings)
        return answer if answer.status == "answered" else self._retold(question, namings, answer)

    def _read_again(
        self, question: Question, answer: Answer, about: Sequence[Person] = ()
    ) -> Answer:
        """Return the answer to `question`, which names `about`, with the say of the reader where
        `answer` declines it for doubt alone, or is not sure and shows what the reader finds no
        answer.
        """
        is_unsure = (
            answer.status == "answered"
            and not about
            and not answer.is_whole
            and answer.confidence < _SURE_ENOUGH
        )
        if not (answer.is_doubted or is_unsure):
            return answer
        if not any(map(str.isalnum, question.text)):
            return answer
        # The rules may use up one half of the rate, the reader the other; of 1, all.
        rate = self.false_answer_rate / (2 - self.false_answer_rate)
        least = least_to_answer(rate)
        read = self.reading.read(question, least, about)
        if read is None or (
            is_unsure and read.sureness_of(answer.quotes[0]) >= min(_SECONDED, least)
        ):
            return answer
        declined = Answer(
            "not_found",
            question.language,
            read.confidence,
            reason=answer.reason or "nothing_found",
            explanation=read.explanation,
        )
        if not read.quotes:
            return declined
        other = Answer(
            "answered",
            question.language,
            read.confidence,
            read.quotes,
            read.more,
            people=tuple(about),
            is_of_now=bool(about) and asks_for_now(question.text),
            explanation=read.explanation,
        )
        return declined if self._is_nameless(question, other) else other

    def _retold(self, question: Question, namings: Sequence[Naming], declined: Answer) -> Answer:
        """Return the answer to `question`, in which `namings` say whom it is about, with words of
        the documents in place of others that mean the same; `declined` if there is none, or if that
        asks another thing.
        """
        spoken = self.rewording.spoken(question.text, question.language, with_idioms=True)
        if spoken == question.text:
            return declined
        other = replace(understand(spoken), language=question.language)
        before, found = (self.people.resolve(asked.text) for asked in (question, other))
        if [naming.people for naming in before] != [naming.people for naming in found]:
            return declined
        after = [
            replace(naming, outcome="exact", people=known.people)
            for naming, known in zip(found, namings, strict=True)
        ]
        names = [person.name for naming in namings for person in naming.people]
        asked, retold = spelled(question, namings).text, spelled(other, after).text
        if any(asks_for_words_of(asked, name) != asks_for_words_of(retold, name) for name in names):
            return declined
        if not set(attributes_asked(asked, names)) <= set(attributes_asked(retold, names)):
            return declined
        answer = self._about_people.answer_named(other, after)
        if not self._is_meant(question, answer):
            return declined
        return replace(answer, is_of_now=answer.is_of_now or asks_for_now(question.text))

    def _kind_of(self, question: Question) -> Kind:
        """Return what kind of message `question` is; one without a letter asks nothing known."""
        if not any(map(str.isalpha, question.text)):
            return "question"
        return kind_of(self.reading.candidates.encode(question))

    def _best_of_tries(self, question: Question, kind: Kind) -> Answer:
        """Return the answer to `question`, which names no person, as written or in other words."""
        language = question.language
        answer = self._of_nobody(question, kind)
        if answer.status == "not_found":
            tries = self._of_reworded(question)
            return next((other for other in tries if self._is_meant(question, other)), answer)
        is_unsure = answer.confidence < NEARLY_CERTAIN
        spoken = self.rewording.spoken(question.text, language, with_idioms=is_unsure)
        if spoken != question.text:
            other = self._of_nobody(replace(understand(spoken), language=language))
            if self._is_meant(question, other) and other.confidence > answer.confidence:
                return other
        return answer

    def _is_meant(self, question: Question, other: Answer) -> bool:
        """Return whether `other`, the answer to `question` in other words, may answer it as it was
        asked: who did it, what happened and what is not demanded is told by those words.
        """
        if other.status != "answered" or asks_for_what_is_not_demanded(question.text):
            return False
        shown = other.quotes[0]
        return self._search.tells_what_is_supposed(question, shown.passage, shown.sentence)

    @property
    def _search(self) -> Search:
        return Search(
            self.shelves,
            self.false_answer_rate,
            self.reranker,
            self.glossary,
            self.vocabulary,
        )

    @property
    def _about_people(self) -> AboutPeople:
        return AboutPeople(self._search, self.statements, self.people, self.glossary)

    def _in_its_language(self, question: Question) -> Question:
        """Return `question` as one in Kazakh if its words are Kazakh, though no letter shows it."""
        targets = [shelf.language for shelf in self.shelves if shelf.language not in {"ru", "kk"}]
        if question.language != "ru" or not targets or targets[0] not in LANGUAGES:
            return question
        russian, kazakh = (
            len(self.glossary.translate(question.text, language, targets[0]).carried)
            for language in ("ru", "kk")
        )
        return replace(question, language="kk") if kazakh > russian == 0 else question

    def _of_nobody(self, question: Question, kind: Kind = "question") -> Answer:
        """Return the answer to `question` of that `kind`, which names no person."""
        language = question.language
        shelves = self._shelves_that_may_answer(question)
        if not shelves:
            return Answer("not_found", language, 0.0, reason="nothing_found")
        addressee = addressee_of_demands(question.text)
        is_of_themselves = addressee is not None and is_made_of_parliament(addressee)
        if is_of_themselves or asks_for_what_is_not_demanded(question.text):
            return Answer("not_found", language, 0.0, reason="nothing_found")
        if introduced := self._introduced(question):
            return whole([introduced], language)
        if kind == "people" and self.people.people:
            named = [statement for statement in self.statements.all if statement.named]
            return whole(named, language, self.people.people)
        if kind == "demands" and addressee is None and self.statements.demands:
            return whole(self.statements.demands, language)
        if kind == "overview" and (opening := self._opening(question)):
            return whole([opening], language)
        if asks_for_demands(question.text) and self.statements.demands:
            demands = demands_meant(question.text, language, self.statements.demands, self.glossary)
            if demands:
                return whole(demands, language)
            if addressee is not None:
                return Answer("not_found", language, 0.0, reason="nothing_found")
        return replace(self._search, shelves=shelves).answer(question)

    def _is_nameless(self, question: Question, answer: Answer) -> bool:
        """Return whether `question` asks what somebody is called and `answer` names nobody."""
        wants_person = asks_for_persons_name(question.text) or (
            asks_for_officer(question.text) and _is_in_english(answer)
        )
        return wants_person and not self._is_anybody_named(answer)

    def _is_anybody_named(self, answer: Answer) -> bool:
        """Return whether a sentence that `answer` shows names a person."""
        shown = {(quote.passage.document.id, quote.sentence.start) for quote in answer.quotes}
        return any(
            statement.named and (statement.passage.document.id, statement.sentence.start) in shown
            for statement in self.statements.all
        )

    def _is_demand_of_another(self, question: Question, answer: Answer) -> bool:
        """Return whether `answer` shows a demand of the Parliament where `question` asks for those
        of somebody who makes none in that document.
        """
        who = demander(question.text)
        if who is None or not answer.quotes or answer.quotes[0].label != "demand":
            return False
        shown = answer.quotes[0].passage.document
        own = (s for s in self.statements.all if s.passage.document is shown)
        return not is_demanded_by(who, question.language, own, self.glossary)

    def _opening(self, question: Question) -> Statement | None:
        """Return how the document begins of which `question` asks what it is about.

        Of several it is the one in whose title stands what the question calls it: the resolution.
        """
        targets = {document.language for document in self.documents}
        wanted = sought_in(question.text, question.language, targets, self.glossary)
        meant = {
            document.id
            for document in self.documents
            if len(self.documents) == 1
            or holds_all(terms(document.title, document.language), wanted[document.language])
        }
        openings = (s for s in self.statements.all if s.passage.document.id in meant)
        return next(openings, None) if len(meant) == 1 else None

    def _of_reworded(self, question: Question) -> Iterator[Answer]:
        """Yield the answer to `question` with words of the documents in place of others that mean
        the same, then with the Parliament for its members.
        """
        language = question.language
        spoken = self.rewording.spoken(question.text, language, with_idioms=True)
        if spoken != question.text:
            yield self._of_nobody(replace(understand(spoken), language=language))
        of_all = with_parliament(question.text)
        if of_all != question.text:
            yield self._of_nobody(replace(understand(of_all), language=language))

    def _is_elsewhere(self, question: Question, namings: Sequence[Naming] = ()) -> bool:
        """Return whether `question` names, beside `namings`, what no document speaks of."""
        return not self._shelves_that_may_answer(question, namings)

    def _shelves_that_may_answer(
        self, question: Question, namings: Sequence[Naming] = ()
    ) -> tuple[Shelf, ...]:
        """Return the shelves of documents that speak of all that `question` names but `namings`."""
        text = question.text
        for naming in reversed(namings):
            text = text[: naming.start] + " " + text[naming.end :]
        text = topic_of_demands(asking(text))
        return tuple(
            shelf
            for shelf in self.shelves
            if not speaks_of_elsewhere(
                text, question.language, self.vocabulary, shelf.language, self.glossary
            )
        )

    def _introduced(self, question: Question) -> Statement | None:
        """Return the sentence that introduces the abbreviation that `question` asks about."""
        written = abbreviation_asked_for(question.text)
        if written is None:
            return None
        spelled = {written.upper()}
        if question.language in LANGUAGES:
            for shelf in self.shelves:
                if shelf.language in LANGUAGES and shelf.language != question.language:
                    carried = self.glossary.translate(written, question.language, shelf.language)
                    spelled |= {text for one in carried.terms for text in one}
        written_so = {one for one in spelled if self.vocabulary.names(one)}
        return self.statements.introducing(spelled) or self.statements.spelling_out(written_so)

    def _settled(self, naming: Naming, question: Question, meant: Person | None) -> Naming:
        """Return `naming` with its people known, where the asker or the question says who it is."""
        if meant in naming.people:
            return replace(naming, outcome="exact", people=(meant,))
        if naming.outcome != "shared":
            return naming
        if asks_for_both(question.text):
            return replace(naming, outcome="exact")
        said = sought(question.text, question.language, "en", self.glossary)
        called = [p for p in naming.people if p.role and _is_called(p.role.text, said)]
        return replace(naming, outcome="exact", people=(called[0],)) if len(called) == 1 else naming

    def _follow(self, question: Question, followed: Question, about: Person) -> Answer:
        """Answer `question`, which goes on about somebody, as `followed`, which names them."""
        answer = self._about_people.answer(followed, [about], question.language)
        if answer.status != "answered":
            named = replace(followed, language=question.language)
            namings = [self._settled(n, named, about) for n in self.people.resolve(named.text)]
            answer = self._retold(named, namings, answer)
        answer = self._read_again(replace(followed, language=question.language), answer, [about])
        return replace(answer, is_follow_up=True)


def _is_called(role: str, said: Sequence[frozenset[str]]) -> bool:
    """Return whether `said` holds all that `role` says somebody is: "the poet Abishev"."""
    wanted = set(content_terms(role, "en"))
    return bool(wanted) and wanted <= {term for one in said for term in one}


def _is_in_english(answer: Answer) -> bool:
    """Return whether what `answer` shows is in English, of which people are found surely."""
    return bool(answer.quotes) and answer.quotes[0].passage.document.language == "en"


def _version(passages: Sequence[Passage], people: Sequence[Person]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.read_text}\0".encode())
    digest.update("\0".join(person.id for person in people).encode())
    return digest.hexdigest()[:8]
