"""From documents to answers: the whole pipeline."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.cache import Progress
from embeddings.encoder import Encoder
from embeddings.memory import remembering
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import reader
from embeddings.reranker import Reranker
from knowledge.abbreviations import abbreviation_asked_for
from knowledge.about_documents import (
    ABOUT_DOCUMENTS,
    ABOUT_THE_BOT,
    documents_meant,
    next_passage,
    tell_of_documents,
    told_of_the_bot,
)
from knowledge.about_people import AboutPeople, are_listed, spelled
from knowledge.agents import asks_for_officer
from knowledge.answers import Answer, Quote, Reason, whole
from knowledge.attributes import attributes_asked
from knowledge.candidates import Candidates, place_of
from knowledge.carried import (
    asks_who_said,
    is_of_nobody_said,
    speaks_of_another,
    who_said,
    with_relative,
)
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
from knowledge.languages import detect, spoken
from knowledge.lexical import content_terms
from knowledge.naming import Naming, People, without_namings
from knowledge.passages import Passage, split
from knowledge.people import Curated, Person, find_named
from knowledge.person_card import PersonCard, person_card
from knowledge.personal import (
    asks_for_both,
    asks_for_now,
    asks_for_persons_name,
    asks_for_words_of,
    is_about_nobody_named,
    may_be_woman,
    with_person,
    without_comparing,
)
from knowledge.questions import LONGEST_QUESTION, Question, understand
from knowledge.reading_confidence import least_confidence as least_to_answer
from knowledge.retrieval import Shelf
from knowledge.rewording import Rewording
from knowledge.search import NEARLY_CERTAIN, Search
from knowledge.second_reading import SecondReading
from knowledge.shelving import shelve
from knowledge.shown import Shown, shown_after
from knowledge.sought import sought
from knowledge.spelling import Spelling
from knowledge.statements import Statement, Statements
from knowledge.versions import Versions
from knowledge.written import Written

# Confidence of the rules below which the reader must second what they found, and how sure of it the
# reader must be: benchmarks/README.md says what that gains.
_SURE_ENOUGH, _SECONDED = 0.9, 0.05
_LONGEST_MESSAGE = 8  # words of a message that asks about documents, and not what they say
_ABOUT = ABOUT_DOCUMENTS | {"what_to_ask"}


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

    def card(self, person: Person) -> PersonCard:
        """Return the card of `person`, of several editions of a document from the latest."""
        everything = whole(self.statements.of([person]), "en", [person])
        return person_card(person, self.versions.newest("", everything).quotes, self.statements)

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[passage.document.id, passage.start]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def shown(self, answer: Answer, before: Shown | None = None) -> Shown | None:
        """Return what a conversation has been shown after `answer`, where it was shown `before`."""
        return shown_after(answer, before, self.version, self.row)

    def ask(
        self,
        text: str,
        about: Person | None = None,
        meant: Person | None = None,
        otherwise: str | None = None,
        shown: Shown | None = None,
    ) -> Answer:
        """Return the answer to `text`, of several editions of a document from the latest, and with
        the corrections of what it quotes.

        `about` is whom the conversation was about before, `meant` whom of several the asker chose
        when asked back about a name in `text`, `otherwise` the language to speak where that of
        `text` is not clear; what is found does not depend on it. `shown` is what the conversation
        was shown last. Safe to call from several threads.
        """
        if shown is not None and shown.version != self.version:
            shown = None
        read = self.spelling.corrected(text) if len(text) <= LONGEST_QUESTION else text
        with remembering():  # several stages put the same words to the same model
            answer = self._answer(read, about, meant, shown)
        parts = tuple(self.versions.newest(read, part) for part in answer.parts)
        if not parts and answer.reason is None:  # what is told of documents is told of those meant
            answer = self.errata.shown_with(self.versions.newest(read, answer))
        answer = replace(answer, parts=parts, read_as=read if read != text else None)
        if otherwise is None or answer.reason == "language":
            return answer
        language = spoken(self._without_names(undisguised(text)), otherwise)
        parts = tuple(replace(part, language=language) for part in answer.parts)
        return replace(answer, language=language, parts=parts)

    def _answer(
        self, text: str, about: Person | None, meant: Person | None, shown: Shown | None
    ) -> Answer:
        text = undisguised(text)
        question = understand(without_what_is_left_aside(text))
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", question.language, 0.0, reason="too_long")
        found = self.people.resolve(question.text)
        words = self._without_names(text)
        language = spoken(words) if any(map(str.isalpha, words)) else detect(text)
        question = self._in_its_language(replace(question, language=language))
        language = question.language
        kind = self._kind_of(question)
        namings = [self._settled(naming, question, meant) for naming in found]
        if not namings and asks_who_said(question.text):
            answer, ids = who_said(language, shown, self.passages, self.statements)
            speakers = tuple(self._by_id[one] for one in dict.fromkeys(ids))
            # Whoever the conversation is about, it goes on about.
            return answer if about is not None else replace(answer, people=speakers)
        if not namings and about is not None:
            everybody = self.people.people
            relative = with_relative(question.text, about, self.statements, everybody)
            if relative is not None:
                return self._follow(question, understand(relative[0]), relative[1])
            followed = with_person(question.text, about.name)
            if followed is not None:
                return self._follow(question, understand(followed), about)
        if len(namings) == 1 and _speaks_of_him(question.text, namings[0]):
            if about is None or about in namings[0].people:
                return Answer("clarify", language, 0.0, reason="whom")
            named = with_person(question.text, about.name) or question.text
            question = replace(understand(named), language=language)
            namings = [self._settled(n, question, about) for n in self.people.resolve(named)]
        match kind:
            case "greeting" | "thanks" | "farewell" | "about" if not namings:
                return Answer("smalltalk", language, 1.0, reason=kind)
        is_of_nobody = not any(naming.people for naming in namings)
        if is_of_nobody and kind in ABOUT_THE_BOT:
            return told_of_the_bot(kind, language)
        if not namings and (told := self._told(question, kind, shown)) is not None:
            return told
        if not namings and (
            is_of_nobody_said(question.text)
            or (not question.names and is_about_nobody_named(question.text))
        ):
            return Answer("clarify", language, 0.0, reason="whom")
        known = [naming for naming in namings if naming.outcome != "stranger"]
        is_list = len(namings) > 1 and are_listed(question.text, namings, is_joined=True)
        if len(known) < len(namings) and not (known and is_list):
            return Answer("not_found", language, 0.0, reason="stranger")
        for naming in known:
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
        if len(known) < len(namings):
            return self._of_each(question, namings)
        if namings:
            answer = self._about_named(question, namings)
            if is_list and (answer.is_whole or not _speaks_of_all(answer, self.statements)):
                of_each = self._of_each(question, namings)
                if of_each.status == "answered":
                    return of_each
            people = list(dict.fromkeys(p for naming in namings for p in naming.people))
            return self._read_again(question, answer, people)
        asked = replace(understand(asking(question.text)), language=language)
        answer = self._best_of_tries(asked, kind)
        # A name may be asked for after the question: "… I need their names."
        is_nameless = self._is_nameless(asked, answer) or self._is_nameless(question, answer)
        if is_nameless or self._is_demand_of_another(asked, answer):
            answer = Answer("not_found", language, answer.confidence, reason="nothing_found")
        return self._read_again(asked, answer)

    def _told(self, question: Question, kind: Kind, shown: Shown | None) -> Answer | None:
        """Return what is told to `question`, of that `kind`, of the documents, or after what was
        `shown` last; None where it asks what stands in them.
        """
        language = question.language
        if kind == "more":
            return next_passage(language, shown, self.passages)
        if kind not in ABOUT_DOCUMENTS:
            return None
        if self._is_elsewhere(question) or self._introduced(question):
            return None
        quoted = () if shown is None else shown.documents(self.passages)
        meant = documents_meant(question, self.documents, quoted, self.glossary)
        return tell_of_documents(kind, language, meant, quoted, self.statements)

    def _about_named(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return the answer to `question`, in which `namings` say for certain whom it is about."""
        if self._is_elsewhere(question, namings):
            return Answer("not_found", question.language, 0.0, reason="nothing_found")
        answer = self._about_people.answer_named(question, namings)
        return answer if answer.status == "answered" else self._retold(question, namings, answer)

    def _of_each(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return what answers `question` of each of those whom it lists: `namings`, of which some
        may be strangers. Those of whom the same is said share a part.
        """
        start, end = namings[0].start, namings[-1].end
        parts: dict[tuple[Quote, ...], Answer] = {}
        is_of_now = False
        for naming in namings:
            written = question.text[naming.start : naming.end]
            head = without_comparing(question.text[:start])
            own = replace(question, text=head + written + question.text[end:])
            for person in naming.people:
                one = Naming("exact", (person,), len(head), len(head) + len(written))
                part = self._read_again(own, self._about_named(own, [one]), [person])
                same = parts.get(part.quotes)
                people = (*same.people, person) if same is not None else (person,)
                is_of_now = is_of_now or part.is_of_now
                is_card = part.is_card and same is None
                parts[part.quotes] = replace(part, people=people, is_card=is_card, is_of_now=False)
        answered = [part for part in parts.values() if part.status == "answered"]
        absent = [n for n in namings if n.outcome == "stranger"]
        if not answered:
            reason: Reason = "stranger" if absent else "nothing_found"
            return Answer("not_found", question.language, 0.0, reason=reason)
        return Answer(
            "answered",
            question.language,
            max(part.confidence for part in answered),
            tuple(dict.fromkeys(quote for part in answered for quote in part.quotes)),
            people=tuple(person for part in parts.values() for person in part.people),
            is_of_now=is_of_now,
            parts=tuple(parts.values()),
            absent=tuple(question.text[n.start : n.end] for n in absent),
        )

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

    def _without_names(self, text: str) -> str:
        """Return `text` without the names of people in it, which are the same in all languages; a
        text too long for a question as it is.
        """
        if len(text) > LONGEST_QUESTION:
            return text
        return without_namings(text, self.people.resolve(text))

    def _kind_of(self, question: Question) -> Kind:
        """Return what kind of message `question` is; one without a letter asks nothing known."""
        if not any(map(str.isalpha, question.text)):
            return "question"
        kind = kind_of(self.reading.candidates.encode(question))
        # Of 612 questions of XQuAD to what documents say, this keeps 10 of 11 from being taken for
        # ones about documents; such are short, and ask for the date of none that they name.
        is_long = len(question.text.split()) > _LONGEST_MESSAGE
        is_of_named = kind in {"source", "date", "author", "link"} and bool(question.names)
        return "question" if kind in _ABOUT and (is_long or is_of_named) else kind

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
        # Of the documents that speak of all that is named.
        spoken = {shelf.language for shelf in shelves}
        every = [d for d in self.statements.demands if d.passage.document.language in spoken]
        if kind == "demands" and addressee is None and every:
            return whole(every, language)
        if asks_for_demands(question.text) and every:
            demands = demands_meant(question.text, language, every, self.glossary)
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
        text = topic_of_demands(asking(without_namings(question.text, namings)))
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


def _speaks_of_him(question: str, naming: Naming) -> bool:
    """Return whether `question` asks what whoever `naming` means says of "him", who is another."""
    written = question[naming.start : naming.end]
    return speaks_of_another(question) and asks_for_words_of(question, written)


def _speaks_of_all(answer: Answer, statements: Statements) -> bool:
    """Return whether each sentence that `answer` quotes speaks of all whom it is about."""
    ids = {person.id for person in answer.people}
    said = (statements.at(quote.passage, quote.sentence) for quote in answer.quotes)
    return answer.status == "answered" and all(
        one is not None and ids <= one.people for one in said
    )


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
