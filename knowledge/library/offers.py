"""Where to go on from a "no", from a document at a glance, and from "what can I ask?".

The bot offers golden questions that it answers, near the question or else examples, and the people
whom the question names. What users ask is never offered. If there is nothing of that, it offers the
passages nearest to the question, which do not answer it, or else the people named most.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from embeddings.cache import Progress
from embeddings.index import Vectors
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import Golden
from knowledge.library.rehearsal import is_right
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.question.questions import understand
from knowledge.quotes.answers import Answer, Offer
from knowledge.reading.documents import Document
from knowledge.words.detection import message_language
from knowledge.words.lexical import words

_MOST = 3  # questions
_MOST_PASSAGES = 2
_LONGEST = 64  # characters of a question: a longer one is cut short on a phone
_TRIED = 8  # nearest golden questions; the first of them that may be offered are
# The least cosines of offers that are near enough; benchmarks/README.md says what they do.
_NEAR_QUESTION = 0.90
_NEAR_PASSAGE = 0.5
_SHOWN = 80  # characters of a passage


class Offers:
    """What can be offered of a knowledge base and its golden questions."""

    def __init__(
        self, base: KnowledgeBase, golden: Sequence[Golden], progress: Progress | None = None
    ) -> None:
        """Offer those of `golden` that `base` answers, which is found out when one is wanted."""
        self._base = base
        self._golden = tuple(golden)
        # The others are never offered as near, and encoding them would take long at a start.
        good = [n for n, g in enumerate(self._golden) if g.shows and _is_well_put(g.question)]
        texts = [self._golden[number].question for number in good]
        self._vectors = base.reading.candidates.encode_kept(texts, progress)
        self._rows = {number: row for row, number in enumerate(good)}
        self._right: dict[int, bool] = {}
        self._numbers: dict[str, list[int]] = {}  # of questions with an answer, by language
        for number, asked in enumerate(self._golden):
            if asked.shows is not None:
                self._numbers.setdefault(message_language(asked.question), []).append(number)

    def with_offers(
        self,
        question: str,
        answer: Answer,
        about: Person | None = None,
        within: Sequence[Document] = (),
    ) -> Answer:
        """Return `answer` to `question` with what to ask next, or as it is if it needs no help.

        `about` is the person whom the conversation was about before; `within` are the documents
        that were quoted last, within which to go on after a "no".
        """
        match answer.reason:
            case "nothing_found" | "other_language" | "stranger":
                before = [about] if about is not None else []
                followed = before if answer.is_follow_up else []
                offers = tuple(self._after_no(question, answer, followed, within))
                if answer.reason != "stranger" and not any(one.kind == "person" for one in offers):
                    # Who says no name may have meant whom the chat was about: "the trial?"
                    offers += tuple(self._card(person, answer.language) for person in before)
            case "greeting" | "about" | "what_to_ask" | "more_of_what":
                offers = tuple(self._of(self._examples(answer.language)))
                offers = offers or tuple(self._most_named(answer.language, within))
            case "whom" | "which_words":
                offers = tuple(self._most_named(answer.language, within))
            case "overview":
                offers = tuple(self.of_document(answer.documents[0], answer.language))
            case _:
                return answer
        return replace(answer, offers=offers)

    def _examples(self, language: str) -> list[int]:
        """Return the numbers of the example questions in `language`, or else of all examples."""
        numbers = [n for n in self._spoken(language) if self._golden[n].example]
        every = [number for number, asked in enumerate(self._golden) if asked.example]
        return numbers or every

    def of_document(self, document: Document, language: str) -> list[Offer]:
        """Return questions that `document` answers, examples first, in `language` if there are any.

        An answer is known by its words, so they must stand in no other document.
        """
        numbers = [n for n in self._spoken(language) if self._is_of(n, [document])]
        return self._of(sorted(numbers, key=lambda n: not self._golden[n].example))

    def _after_no(
        self,
        question: str,
        answer: Answer,
        followed: Sequence[Person],
        within: Sequence[Document],
    ) -> Iterator[Offer]:
        """Yield where to go on from a "no"; `followed` are those whom the chat was about before."""
        namings = self._base.people.resolve(question)
        known = [n.people[0] for n in namings if n.outcome == "exact" and len(n.people) == 1]
        people = list(dict.fromkeys((*followed, *known)))
        # If the question names anybody, golden questions must not name other people.
        others = None if not (namings or people) else {person.id for person in people}
        query = self._base.reading.candidates.encode(understand(question))
        choices = (
            self._near(question, query, answer.language, others),
            self._allowed(self._examples(answer.language), others),
        )
        tries = (self._of(n for n in numbers if self._is_of(n, within)) for numbers in choices)
        questions = next(filter(None, tries), [])
        yield from questions
        yield from (self._card(person, answer.language) for person in people)
        is_asked = any(map(str.isalnum, question)) and answer.reason != "stranger"
        if questions or people:
            return
        passages = list(self._passages(query, within)) if is_asked else []
        yield from passages or self._most_named(answer.language, within)

    def _near(
        self, question: str, query: Vectors, language: str, allowed: set[str] | None
    ) -> Iterator[int]:
        """Yield the numbers of the golden questions near `query`, nearest first, except `question`
        itself. They name only people who are `allowed`; None allows everybody.
        """
        numbers = [number for number in self._spoken(language) if number in self._rows]
        if not numbers:
            return
        similarities = self._vectors[[self._rows[number] for number in numbers]] @ query
        asked = words(question)
        for place in np.argsort(-similarities, kind="stable")[:_TRIED]:
            if similarities[place] < _NEAR_QUESTION:
                return
            number = numbers[place]
            text = self._golden[number].question
            if words(text) != asked:
                yield from self._allowed([number], allowed)

    def _allowed(self, numbers: Iterable[int], allowed: set[str] | None) -> Iterator[int]:
        """Yield those of `numbers` whose golden questions name only people who are `allowed`."""
        for number in numbers:
            namings = self._base.people.resolve(self._golden[number].question)
            if allowed is None or {p.id for n in namings for p in n.people} <= allowed:
                yield number

    def _is_of(self, number: int, documents: Sequence[Document]) -> bool:
        """Return whether the answer to a golden question stands in one of `documents` and in no
        other; always True if there are no `documents`.
        """
        shows = self._golden[number].shows or ""
        holding = [document for document in self._base.documents if shows in document.text]
        return not documents or (bool(holding) and all(held in documents for held in holding))

    def _passages(self, query: Vectors, within: Sequence[Document]) -> Iterator[Offer]:
        """Yield the passages nearest to `query`, `within` those documents if there are any."""
        among = [one for one in self._base.passages if one.document in within] if within else None
        nearest = self._base.reading.candidates.nearest(query, _MOST_PASSAGES, among)
        for passage, similarity in nearest:
            if similarity >= _NEAR_PASSAGE:
                yield Offer("passage", self._base.row(passage), _beginning(passage.text))

    def _most_named(self, language: str, within: Sequence[Document]) -> Iterator[Offer]:
        """Yield the people named most, in the documents `within` if they name anybody."""
        documents = {document.id for document in within or self._base.documents}
        counts = {
            person: sum(mention.document in documents for mention in person.mentions)
            for person in self._base.people.people
        }
        people = sorted(filter(counts.get, counts), key=lambda person: -counts[person])
        if within and not people:
            yield from self._most_named(language, ())
        yield from (self._card(person, language) for person in people[:_MOST])

    def _card(self, person: Person, language: str) -> Offer:
        name = display_name(person, language)
        return Offer("person", self._base.people.people.index(person), name)

    def _spoken(self, language: str) -> list[int]:
        """Return the numbers of the golden questions in `language`, or of all if it has none."""
        every = [number for numbers in self._numbers.values() for number in numbers]
        return self._numbers.get(language) or sorted(every)

    def _of(self, numbers: Iterable[int]) -> list[Offer]:
        """Return the first of `numbers` that show something different, if they are answered."""
        chosen: dict[str | None, int] = {}
        for number in numbers:
            chosen.setdefault(self._golden[number].shows, number)
            if len(chosen) == _MOST:
                break
        # None is asked in place of one that is not answered: a "no" must not take long.
        answered = [number for number in chosen.values() if self._is_answered(number)]
        return [Offer("question", number, self._golden[number].question) for number in answered]

    def _is_answered(self, number: int) -> bool:
        golden = self._golden[number]
        if golden.shows is None:
            return False
        if number not in self._right:
            self._right[number] = is_right(golden, self._base.ask(golden.question))
        return self._right[number]


def _is_well_put(question: str) -> bool:
    """Return whether `question` is fit to be offered: short, one sentence, no aside."""
    is_short = len(question) <= _LONGEST
    return is_short and question[0].isupper() and re.fullmatch(r"[^.!?:;]+\?", question) is not None


def _beginning(text: str) -> str:
    """Return the first words of `text`, on one line."""
    line = " ".join(text.split())
    if len(line) <= _SHOWN:
        return line
    return line[:_SHOWN].rsplit(" ", 1)[0] + "\u2026"
