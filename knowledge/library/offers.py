"""Where to go on from a "no", from a document at a glance, and from "what can I ask?".

Offered are golden questions that are answered, of which nobody's question is ever one: those near,
or else examples; and whom the question named. Where there are no golden questions it is the
passages nearest to the question, which do not answer it, or else those who are named most.
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
from knowledge.words.detection import detect
from knowledge.words.lexical import words

_MOST = 3  # questions
_MOST_PASSAGES = 2
_LONGEST = 64  # characters of a question: what is longer is cut on a phone
_TRIED = 8  # nearest golden questions, of which the first that may be offered are
# Similarities from which on an offer is near enough; benchmarks/README.md says what they do.
_NEAR_QUESTION = 0.90
_NEAR_PASSAGE = 0.5
_SHOWN = 80  # characters of a passage


class Offers:
    """What can be offered of a knowledge base and its golden questions."""

    def __init__(
        self, base: KnowledgeBase, golden: Sequence[Golden], progress: Progress | None = None
    ) -> None:
        """Offer those of `golden` that `base` answers, which is found out when it is wanted."""
        self._base = base
        self._golden = tuple(golden)
        # Of the others nearness is never asked, and reading them would take a start long.
        good = [n for n, o in enumerate(self._golden) if o.shows and _is_well_put(o.question)]
        texts = [self._golden[number].question for number in good]
        self._vectors = base.reading.candidates.encode_kept(texts, progress)
        self._rows = {number: row for row, number in enumerate(good)}
        self._right: dict[int, bool] = {}
        spoken: dict[str, list[int]] = {}
        for number, one in enumerate(self._golden):
            if one.shows is not None:
                spoken.setdefault(detect(one.question), []).append(number)
        self._numbers = spoken

    def with_offers(
        self,
        question: str,
        answer: Answer,
        about: Person | None = None,
        within: Sequence[Document] = (),
    ) -> Answer:
        """Return `answer` to `question` with what to ask next; as it is where it needs no help.

        `about` is whom the conversation was about before, `within` the documents that were quoted
        last: a "no" leads on in them.
        """
        match answer.reason:
            case "nothing_found" | "other_language" | "stranger":
                followed = [about] if about is not None and answer.is_follow_up else []
                offers = tuple(self._after_no(question, answer, followed, within))
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
        """Return the numbers of example questions in `language`, else in others."""
        numbers = [n for n in self._spoken(language) if self._golden[n].example]
        every = [number for number, one in enumerate(self._golden) if one.example]
        return numbers or every

    def of_document(self, document: Document, language: str) -> list[Offer]:
        """Return questions that `document` answers, examples first, in `language`, else in others.

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
        namings = self._base.people.resolve(question)
        known = [n.people[0] for n in namings if n.outcome == "exact" and len(n.people) == 1]
        people = list(dict.fromkeys((*followed, *known)))
        # Not of those whom the question does not name, where it names anybody.
        others = None if not (namings or people) else {person.id for person in people}
        query = self._base.reading.candidates.encode(understand(question))
        found = (
            self._near(question, query, answer.language, others),
            self._allowed(self._examples(answer.language), others),
        )
        tries = (self._of(n for n in some if self._is_of(n, within)) for some in found)
        near = next(filter(None, tries), [])
        yield from near
        yield from (self._card(person, answer.language) for person in people)
        is_asked = any(map(str.isalnum, question)) and answer.reason != "stranger"
        if near or people:
            return
        passages = list(self._passages(query, within)) if is_asked else []
        yield from passages or self._most_named(answer.language, within)

    def _near(
        self, question: str, query: Vectors, language: str, allowed: set[str] | None
    ) -> Iterator[int]:
        """Yield the numbers of golden questions near `query`, nearest first, that name none but
        those `allowed`; None allows everybody.
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
        """Yield those of `numbers` whose golden questions name none but those `allowed`."""
        for number in numbers:
            namings = self._base.people.resolve(self._golden[number].question)
            if allowed is None or {p.id for n in namings for p in n.people} <= allowed:
                yield number

    def _is_of(self, number: int, documents: Sequence[Document]) -> bool:
        """Return whether the answer to a golden question stands in one of `documents` and in no
        other document; of no documents it always does.
        """
        shows = self._golden[number].shows or ""
        holding = [one for one in self._base.documents if shows in one.text]
        return not documents or (bool(holding) and all(one in documents for one in holding))

    def _passages(self, query: Vectors, within: Sequence[Document]) -> Iterator[Offer]:
        among = [one for one in self._base.passages if one.document in within] if within else None
        found = self._base.reading.candidates.nearest(query, _MOST_PASSAGES, among)
        for passage, similarity in found:
            if similarity >= _NEAR_PASSAGE:
                yield Offer("passage", self._base.row(passage), _beginning(passage.text))

    def _most_named(self, language: str, within: Sequence[Document]) -> Iterator[Offer]:
        """Yield those who are named most, in the documents `within` if they name anybody."""
        documents = {one.id for one in within or self._base.documents}
        said = {
            person: sum(one.document in documents for one in person.mentions)
            for person in self._base.people.people
        }
        people = sorted(filter(said.get, said), key=lambda person: -said[person])
        if within and not people:
            yield from self._most_named(language, ())
        yield from (self._card(person, language) for person in people[:_MOST])

    def _card(self, person: Person, language: str) -> Offer:
        name = display_name(person, language)
        return Offer("person", self._base.people.people.index(person), name)

    def _spoken(self, language: str) -> list[int]:
        """Return the numbers of golden questions in `language`; of all, where none is."""
        every = [number for numbers in self._numbers.values() for number in numbers]
        return self._numbers.get(language) or sorted(every)

    def _of(self, numbers: Iterable[int]) -> list[Offer]:
        """Return the first of `numbers` that each show something else, if they are answered."""
        chosen: dict[str | None, int] = {}
        for number in numbers:
            chosen.setdefault(self._golden[number].shows, number)
            if len(chosen) == _MOST:
                break
        # Each is asked once, and no others in place of those that fail: a "no" must not take long.
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
    """Return whether `question` is one that anybody would offer: short, one sentence, no aside."""
    is_short = len(question) <= _LONGEST
    return is_short and question[0].isupper() and re.fullmatch(r"[^.!?:;]+\?", question) is not None


def _beginning(text: str) -> str:
    """Return the first words of `text`, on one line."""
    line = " ".join(text.split())
    if len(line) <= _SHOWN:
        return line
    return line[:_SHOWN].rsplit(" ", 1)[0] + "\u2026"
