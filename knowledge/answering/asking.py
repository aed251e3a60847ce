"""Answers a message: works out what it asks and about whom, and hands it to what answers that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.about_documents import (
    ABOUT_DOCUMENTS,
    ABOUT_THE_BOT,
    documents_meant,
    may_ask_for_language,
    next_passage,
    tell_of_documents,
    told_of_the_bot,
)
from knowledge.answering.about_people import AboutPeople, are_listed
from knowledge.answering.carried import (
    asks_who_said,
    is_of_nobody_said,
    is_of_somebody,
    is_of_whoever_was_named,
    is_of_whom_before,
    speaks_of_another,
    who_said,
    with_relative,
)
from knowledge.answering.follow_ups import FollowUps
from knowledge.answering.of_nobody import OfNobody
from knowledge.answering.of_people import STRANGER, OfPeople
from knowledge.answering.reading_again import ReadAgain
from knowledge.answering.shown import Shown
from knowledge.people.disguises import undisguised
from knowledge.people.naming import Naming, People, without_namings
from knowledge.people.person import Person
from knowledge.question.courtesy import asking, first_question
from knowledge.question.glossary import Glossary
from knowledge.question.glossary_terms import LANGUAGES
from knowledge.question.kinds import Kind, kind_of, language_meant
from knowledge.question.personal import (
    asks_for_words_of,
    is_about_nobody_named,
    may_be_woman,
    with_person,
)
from knowledge.question.questions import LONGEST_QUESTION, Question, is_bare, understand
from knowledge.question.rewording import Rewording
from knowledge.quotes.answers import Answer, decline
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage
from knowledge.search.search import Search
from knowledge.search.second_reading import SecondReading
from knowledge.words.detection import detect, message_language

_NAMELESS = frozenset(["source", "date", "author", "link", "more"])  # kinds that name nothing
_MAY_ASK = frozenset(["question", "overview"])  # kinds that two words are taken for: "what for?"
_GOES_ON = frozenset(["question", "demands"])  # kinds that may be about what was shown
_NOTHING_SAID = frozenset(["nothing_found", "other_language"])  # reasons for a "no"
# Gates: why a question is declined before anything is searched, or what was found is no answer.
_TOO_LONG = f"the question is longer than {LONGEST_QUESTION} characters"
_OF_OTHERS = "what was found is said of others than the person spoken of before"


@dataclass(frozen=True, slots=True)
class Asking:
    """Understands each message once and passes it to the part that answers it.

    `passages` are those of all `documents`, in order.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    of_nobody: OfNobody
    of_people: OfPeople
    again: ReadAgain

    @property
    def people(self) -> People:
        """The people that the documents name."""
        return self.of_nobody.people

    @property
    def glossary(self) -> Glossary:
        """The dictionary that translates the words of a question."""
        return self.of_nobody.search.glossary

    def answer(
        self, text: str, about: Person | None, meant: Person | None, shown: Shown | None
    ) -> Answer:
        """Return the answer to `text`, or if it has none to the question that `text` begins with.

        The conversation was `about` somebody before, was last `shown` something, and the asker may
        have chosen who is `meant` when asked back about a name.
        """
        text = undisguised(text)
        answer = self._answer_whole(text, about, meant, shown)
        # Those after it may leave out what they are about, so they are not asked alone.
        first = first_question(text)
        if answer.reason not in _NOTHING_SAID or first is None:
            return answer
        alone = self._answer_whole(first, about, meant, shown)
        return alone if alone.status == "answered" else answer

    def _answer_whole(
        self, text: str, about: Person | None, meant: Person | None, shown: Shown | None
    ) -> Answer:
        """Return the answer to `text` as one question; arguments as for `answer`."""
        question = understand(text)
        if len(question.text) > LONGEST_QUESTION:
            return decline(question.language, _TOO_LONG, reason="too_long")
        question = self._in_its_language(replace(question, language=self._language_of(text)))
        kind = self._kind_of(replace(question, text=text))  # with its frame, as it was learned
        namings = self._namings(question, meant)
        if shown is not None and shown.of_stranger:
            if not namings and is_of_whoever_was_named(question):
                return decline(question.language, STRANGER, reason="stranger")
            shown = None
        answer = self._answer(question, kind, namings, about, meant, shown)
        if namings or kind not in _GOES_ON or shown is None:
            return answer
        ids = {document.id for document in shown.documents(self.passages)}
        return FollowUps(self.again).answer(question, answer, about, ids)

    def _answer(
        self,
        question: Question,
        kind: Kind,
        namings: list[Naming],
        about: Person | None,
        meant: Person | None,
        shown: Shown | None,
    ) -> Answer:
        """Return the answer to `question`, of that `kind`, which names people by `namings`."""
        if not namings and (carried := self._carried_on(question, kind, about, shown)) is not None:
            return carried
        if len(namings) == 1 and _speaks_of_him(question.text, namings[0]):
            if about is None or about in namings[0].people:
                return Answer("clarify", question.language, 0.0, reason="whom")
            named = with_person(question.text, about.name) or question.text
            question = replace(understand(named), language=question.language)
            namings = self._namings(question, about)
        if (told := self._told(question, kind, namings, shown)) is not None:
            return told
        if (in_doubt := self._in_doubt(question, namings, meant)) is not None:
            return in_doubt
        if any(naming.outcome == "stranger" for naming in namings):
            return self.of_people.of_each(question, namings)
        if namings:
            return self.of_people.answer(question, namings)
        asked = replace(understand(asking(question.text)), language=question.language)
        answer = self.again.answer(asked, self.of_nobody.answer(asked, kind))
        return answer if about is None else self._not_of_others(answer, question, kind, about)

    def _namings(self, question: Question, meant: Person | None) -> list[Naming]:
        """Return whom `question` names, where the asker may have chosen who is `meant`."""
        found = self.people.resolve(question.text)
        return [self.of_people.settled(naming, question, meant) for naming in found]

    def _language_of(self, text: str) -> str:
        """Return the language of `text`, by its words beside names where it has any."""
        words = self.without_names(text)
        return message_language(words) if any(map(str.isalpha, words)) else detect(text)

    def _carried_on(
        self, question: Question, kind: Kind, about: Person | None, shown: Shown | None
    ) -> Answer | None:
        """Return the answer to a `question` that means, without a name, who spoke in what was
        `shown` last, or the person whom the conversation is `about`, or a relative of theirs.
        """
        statements = self.of_nobody.statements
        if asks_who_said(question.text):
            answer, ids = who_said(question.language, shown, self.passages, statements)
            named_by_id = {person.id: person for person in self.people.people}
            speakers = tuple(named_by_id[one] for one in dict.fromkeys(ids))
            # The conversation stays about whom it was about before.
            return answer if about is not None else replace(answer, people=speakers)
        if about is None:
            return None
        relative = with_relative(question.text, about, statements, self.people.people)
        if relative is not None:
            return self.of_people.follow(question, understand(relative[0]), relative[1])
        followed = with_person(question.text, about.name)
        if followed is not None:
            return self.of_people.follow(question, understand(followed), about)
        is_theirs = is_of_somebody(question) or is_of_nobody_said(question.text)
        if is_theirs or (kind == "question" and is_of_whom_before(question)):
            named = understand(f"{about.name}: {question.text}")
            answer = self.of_people.follow(question, named, about)
            if answer.status == "answered":
                return answer
            # What is not said of them, "torture", may be said of no one in particular.
            return _about(about, answer) if is_theirs else None
        return None

    def _not_of_others(
        self, answer: Answer, question: Question, kind: Kind, about: Person
    ) -> Answer:
        """Return `answer`, or a "no" about `about` if `question` asks for something of theirs and
        `answer` tells of others.
        """
        if kind != "question" or not is_of_whom_before(question):
            return answer
        statements = self.of_nobody.statements
        said = (statements.at(quote.passage, quote.sentence) for quote in answer.quotes)
        if any(one is not None and one.people for one in said):
            answer = decline(question.language, _OF_OTHERS)
        return answer if answer.status == "answered" else _about(about, answer)

    def _told(
        self, question: Question, kind: Kind, namings: Sequence[Naming], shown: Shown | None
    ) -> Answer | None:
        """Return what the bot says to a `question` that asks nothing of what documents say: small
        talk, what the bot is, what the documents are, or whom it means; None to any other.
        """
        if kind in ABOUT_THE_BOT and not any(naming.people for naming in namings):
            return told_of_the_bot(kind, question.language)
        if namings:
            return None
        match kind:
            case "greeting" | "thanks" | "farewell" | "about":
                return Answer("smalltalk", question.language, 1.0, reason=kind)
        if kind in _MAY_ASK and is_of_somebody(question):
            return Answer("clarify", question.language, 0.0, reason="whom")
        if (told := self._told_of_documents(question, kind, shown)) is not None:
            return told
        if is_of_nobody_said(question.text) or (
            not question.names and is_about_nobody_named(question.text)
        ):
            return Answer("clarify", question.language, 0.0, reason="whom")
        if kind == "question" and is_bare(question):
            return told_of_the_bot("what_to_ask", question.language)
        return None

    def _told_of_documents(
        self, question: Question, kind: Kind, shown: Shown | None
    ) -> Answer | None:
        """Return what the bot says about the documents, or next after what it has `shown`, to a
        `question` of that `kind`; None where it asks what a document says.
        """
        language = question.language
        if kind == "more":
            return next_passage(language, shown, self.passages)
        if kind not in ABOUT_DOCUMENTS:
            return None
        if self.of_nobody.is_elsewhere(question) or self.of_nobody.introduced(question):
            return None
        # "Which documents have you?" is about all of them, whatever was quoted before.
        quoted = () if shown is None or kind == "documents" else shown.documents(self.passages)
        meant = documents_meant(question, self.documents, quoted, self.glossary)
        return tell_of_documents(kind, language, meant, quoted, self.of_nobody.statements)

    def _in_doubt(
        self, question: Question, namings: Sequence[Naming], meant: Person | None
    ) -> Answer | None:
        """Return the "no" to a `question` about a stranger, or what to ask back where it is not
        certain whom `namings` mean; None where it is.
        """
        language = question.language
        known = [naming for naming in namings if naming.outcome != "stranger"]
        if len(known) < len(namings) and not (
            known and are_listed(question.text, namings, is_joined=True)
        ):
            return decline(language, STRANGER, reason="stranger")
        for naming in known:
            if naming.outcome == "shared":
                return Answer("clarify", language, 0.0, reason="which_one", options=naming.people)
            written = question.text[naming.start : naming.end]
            if naming.outcome == "near" or (
                meant is None
                and may_be_woman(question.text, written, naming.people[0].name, language)
            ):
                return Answer(
                    "clarify", language, 0.0, reason="did_you_mean", options=naming.people
                )
        return None

    def without_names(self, text: str) -> str:
        """Return `text` without names of people, which say nothing of its language.

        A text that is too long for a question comes back as it is.
        """
        if len(text) > LONGEST_QUESTION:
            return text
        return without_namings(text, self.people.resolve(text))

    def _kind_of(self, question: Question) -> Kind:
        """Return what kind of message `question` is. One without a letter counts as a question."""
        if not any(map(str.isalpha, question.text)):
            return "question"
        kind = kind_of(question.text, self.again.reading.candidates.encode(question))
        if language_meant(kind) is not None and not may_ask_for_language(question.text):
            return "question"
        # Nobody asks for the date of the documents, or for more of them, and names something: none
        # of 282 messages that ask for more does.
        return "question" if kind in _NAMELESS and question.names else kind

    def _in_its_language(self, question: Question) -> Question:
        """Return `question` as Kazakh if its words are, though all its letters are Russian too."""
        targets = [
            shelf.language
            for shelf in self.of_nobody.search.shelves
            if shelf.language not in {"ru", "kk"}
        ]
        if question.language != "ru" or not targets or targets[0] not in LANGUAGES:
            return question
        russian, kazakh = (
            len(self.glossary.translate(question.text, language, targets[0]).carried)
            for language in ("ru", "kk")
        )
        return replace(question, language="kk") if kazakh > russian == 0 else question


def _about(person: Person, answer: Answer) -> Answer:
    """Return `answer`, a "no", as one about `person`, whom the conversation was about before."""
    return replace(answer, people=(person,), is_follow_up=True)


def _speaks_of_him(question: str, naming: Naming) -> bool:
    """Return whether `question` asks what the person of `naming` says of "him", another."""
    written = question[naming.start : naming.end]
    return speaks_of_another(question) and asks_for_words_of(question, written)


def asking_of(
    documents: tuple[Document, ...],
    passages: tuple[Passage, ...],
    search: Search,
    reading: SecondReading,
    people: People,
) -> Asking:
    """Return an `Asking` over `documents`, which name `people`."""
    statements = reading.statements
    languages = frozenset(shelf.language for shelf in search.shelves)
    rewording = Rewording(search.glossary, search.vocabulary, languages)
    of_nobody = OfNobody(search, statements, people, rewording)
    again = ReadAgain(reading, search.false_answer_rate, len(passages))
    about = AboutPeople(search, statements, people, search.glossary)
    of_people = OfPeople(about, of_nobody, again, rewording)
    return Asking(documents, passages, of_nobody, of_people, again)
