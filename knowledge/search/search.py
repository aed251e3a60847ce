"""The search for an answer: the passages closest to a question, and whether the best will do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.index import Vectors
from embeddings.reranker import TextReranker
from knowledge.languages import SPOKEN
from knowledge.question.agents import deed_asked, institution_asked, office_asked, tells_who
from knowledge.question.attributes import supposes_unsaid
from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import Glossary, carries
from knowledge.question.intents import (
    asked_to_read,
    asks_whether,
    asks_why,
    bare_of,
    topic_asked_about,
    topical,
)
from knowledge.question.questions import Question, understand
from knowledge.question.sought import holds_all, share_held, sought
from knowledge.question.word_vectors import encode
from knowledge.quotes.answers import Answer, Reason, quote
from knowledge.quotes.explanation import Explanation
from knowledge.reading.passages import Passage, Sentence
from knowledge.reading.rows import names_column, rows_meant
from knowledge.search.decision import confidence, least_confidence
from knowledge.search.explaining import explain
from knowledge.search.ranking import CARRIED
from knowledge.search.retrieval import Match, Query, Shelf
from knowledge.search.several import sentences_that_answer
from knowledge.words.detection import script
from knowledge.words.lexical import content_terms, terms

_LEAST_TO_READ = 2 / 3  # share of the words of what somebody wants to read
_LEAST_OF_CLAIM = 2 / 3  # the same, of what somebody asks whether it is so
NEARLY_CERTAIN = 0.9  # confidence from which an answer is not doubted for its words
_LIKELY = 0.5  # confidence from which a document in the asker's language goes before others
_MORE = 4  # passages offered after the first
_ALIKE = {"ru", "kk"}  # in letters
_SCRIPTS = {"LATIN", "CYRILLIC", ""}  # of the languages that the bot speaks
_KNOWN = 0.5  # share of a question's words that tells its language
# The gates: what is missing where one of them declines.
_NO_ROW = "the question can mean no row of the tables that were found"
_NOT_CARRIED = "most words of the question are in no dictionary for the language of the documents"
_NO_COLUMN = "the question asks for no column of the table that was found"
_NO_PREMISE = "the passage does not speak of what the question takes for granted"
_NO_DOER = "the sentence does not say who did what the question asks about"
_NO_OFFICE = "the passage does not speak of the office or institution that the question names"
_NOT_TO_READ = "the passage is not about what is to be read"
_NO_TOPIC = "the passage does not have every word of what the question asks about"
_NO_WORD = "a word of the question is in no dictionary for the language of the passage"
_TOO_LITTLE = "the passage speaks of less than half of what the question does"
_NO_CLAIM = "the passage does not speak of most of what is asked whether it is so"
_NO_REASON = "no sentence of the passage gives a reason"


@dataclass(frozen=True, slots=True)
class Search:
    """What finds passages in documents of several languages: a shelf for each of them.

    `false_answer_rate` in [0, 1] is the share of questions without an answer that may be answered
    all the same. `reranker` has the last word on the best passages.
    """

    shelves: tuple[Shelf, ...]
    false_answer_rate: float
    reranker: TextReranker | None
    glossary: Glossary
    vocabulary: Vocabulary

    def answer(self, question: Question) -> Answer:
        """Return the passage that answers `question`, or why none does."""
        language = question.language
        question = self._in_language_of_its_words(question)
        bare = replace(understand(bare_of(question.text)), language=question.language)
        found = self.closest(bare)
        found.sort(key=lambda one: not self._is_topic_said(question, one))
        certainty = self.certainty(bare, found)
        explanation = self._explained(found, certainty)
        is_own = any(shelf.language in {language, question.language} for shelf in self.shelves)
        reason: Reason = "nothing_found" if is_own else "other_language"
        declined = Answer(
            "not_found",
            language,
            certainty,
            reason=reason,
            explanation=explanation,
            declined_for="rule",
        )
        if not found:
            return replace(declined, gate=_NO_ROW)
        best, shelf = found[0]
        if certainty < self.least(found) and not self._is_topic_said(question, found[0]):
            return replace(declined, declined_for="doubt")
        if self._is_half_read(question, found):
            return replace(declined, gate=_NOT_CARRIED, declined_for="doubt")
        if not self._is_column_named(bare, found[0]):
            return replace(declined, gate=_NO_COLUMN, declined_for="doubt")
        if gate := self._lacks(question, found[0], certainty):
            return replace(declined, gate=gate)
        if certainty < NEARLY_CERTAIN and not self._is_claim_held(question, found[0]):
            return replace(declined, gate=_NO_CLAIM)
        asked = self._carried(bare, shelf.language)
        shown = sentences_that_answer(asked, best, is_why=asks_why(question.text))
        quotes = tuple(quote(best.passage, sentence) for sentence in shown)
        if not quotes:
            return replace(declined, gate=_NO_REASON, declined_for=None)
        more = tuple(quote(match.passage, match.sentence) for match, _ in found[1 : 1 + _MORE])
        return Answer("answered", language, certainty, quotes, more, explanation=explanation)

    def closest(
        self, question: Question, among: Sequence[Passage] | None = None
    ) -> list[tuple[Match, Shelf]]:
        """Return the passages closest to `question`, best first, each with its shelf.

        `among` are the passages to choose from, where that is not all of them.
        """
        found: list[list[tuple[Match, Shelf]]] = []
        rerank = self.reranker.scores if self.reranker is not None else None
        for query, shelf in zip(self._queries(question), self.shelves, strict=True):
            matches = shelf.closest(query, 1 + _MORE, among, rerank)
            found.append([(one, shelf) for one in _of_rows_meant(query.question, matches)])
        if len(found) == 1:
            return found[0]

        def order(item: tuple[Match, Shelf]) -> tuple[bool, float]:
            # Scores of two languages do not compare; how sure each is of an answer does.
            sure = self.certainty(question, [item])
            is_own = item[1].language == question.language and sure >= _LIKELY
            return not is_own, -sure

        return sorted((item for of_shelf in found for item in of_shelf), key=order)

    def certainty(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> float:
        """Return how sure the first of `found` answers `question`, in [0, 1]; 0 for nothing."""
        if not found:
            return 0.0
        match, shelf = found[0]
        return confidence(self._carried(question, shelf.language), match)

    def least(self, found: Sequence[tuple[Match, Shelf]]) -> float:
        """Return the confidence that the first of `found` needs to answer."""
        if not found:
            return 1.0
        match, _ = found[0]
        return least_confidence(match.weighed_by, self.false_answer_rate)

    def _in_language_of_its_words(self, question: Question) -> Question:
        """Return `question` as one in the language of the documents that know its words, where that
        is one that the bot does not tell from its own.

        Few letters tell Kazakh from Russian, and what is in no language of the bot counts as
        English. A script that the bot has no language in tells by itself.
        """
        own = next((s for s in self.shelves if s.language == question.language), None)
        written = script(question.text)
        if own is not None and own.script == written:
            return question
        for shelf in self.shelves:
            is_alike = {shelf.language, question.language} <= _ALIKE
            is_strange = shelf.language not in SPOKEN and shelf.script == written
            is_known = written not in _SCRIPTS and is_strange
            if is_known or ((is_alike or is_strange) and shelf.share_known(question) >= _KNOWN):
                return replace(question, language=shelf.language)
        return question

    def _explained(
        self, found: Sequence[tuple[Match, Shelf]], certainty: float
    ) -> Explanation | None:
        if not found:
            return None
        match, shelf = found[0]
        return explain(
            match,
            shelf.language,
            trust=shelf.reading.trust,
            confidence=certainty,
            least_confidence=self.least(found),
        )

    def _lacks(
        self, question: Question, found: tuple[Match, Shelf], certainty: float
    ) -> str | None:
        """Return what the passage found lacks of what `question` takes for granted, if anything.

        "Why was the ban lifted?" supposes that it was. Half the words that were carried over, and
        all those of "What does it say about …?", must stand in the passage, or others alike: a
        likeness says little of them. What a document's title says, every passage of it is about.
        The words do not matter where the multilingual encoder leaves no doubt.
        """
        match, shelf = found
        language, target = question.language, shelf.language
        if gate := self.leaves_unsaid(question, match.passage, match.sentence):
            return gate
        held = _held(match.passage)
        text = topical(question.text)
        topic = topic_asked_about(question.text)
        if to_read := asked_to_read(question.text):
            wanted = sought(to_read, language, target, self.glossary)
            return None if share_held(held, wanted) >= _LEAST_TO_READ else _NOT_TO_READ
        if match.weighed_by == CARRIED and certainty >= NEARLY_CERTAIN:
            return None
        if topic is not None or language == target:
            wanted = sought(topical(topic or ""), language, target, self.glossary)
            return None if share_held(held, wanted) == 1.0 else _NO_TOPIC
        if not carries(language, target):
            wanted = sought(text, language, target, self.glossary)
            is_held = [holds_all(held, [one]) for one in wanted]
        else:
            carried = self.glossary.translate(text, language, target)
            is_held = [
                any(
                    holds_all(held, [frozenset([term]) for term in content_terms(one, target)])
                    for one in alternatives
                )
                for alternatives in carried.terms
            ]
            is_held += [False for _ in carried.unknown]
            if carried.unknown and asks_why(question.text):
                return _NO_WORD
        return None if sum(is_held) >= len(is_held) / 2 else _TOO_LITTLE

    def leaves_unsaid(self, question: Question, passage: Passage, sentence: Sentence) -> str | None:
        """Return which of these is missing, if any: that `passage` speaks of the event, the office
        and the institution that `question` takes for granted, and that `sentence` may say who did
        what it asks "who" about.
        """
        if supposes_unsaid(question.text, passage.read_text):
            return _NO_PREMISE
        language, target = question.language, passage.document.language
        if target != "en":
            return None
        deed = deed_asked(question.text, language, self.glossary)
        if deed and not tells_who(deed, passage.sentence_text(sentence)):
            return _NO_DOER
        doer = f"{office_asked(question.text)} {institution_asked(question.text)}"
        wanted = sought(doer, language, target, self.glossary)
        return None if share_held(_held(passage), wanted) == 1.0 else _NO_OFFICE

    def _is_column_named(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether `question` asks for a column, if a row of a table is found for it."""
        match, shelf = found
        asked = self._carried(question, shelf.language)
        return names_column(asked.text, match.passage, match.sentence)

    def _is_topic_said(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether the sentence found says all the words of what `question` asks whatever is
        said about: "What does it say about Zhanaozen?". That answers, however short the question.
        """
        topic = topic_asked_about(question.text)
        if topic is None:
            return False
        match, shelf = found
        wanted = sought(topical(topic), question.language, shelf.language, self.glossary)
        said = match.passage.read_sentence(match.sentence)
        return bool(wanted) and share_held(terms(said, shelf.language), wanted) == 1.0

    def _is_claim_held(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether the passage found speaks of most of what `question` asks whether it is so.

        True of a question that is not to be answered yes or no.
        """
        match, shelf = found
        if not asks_whether(question.text):
            return True
        target = shelf.language
        wanted = sought(topical(question.text), question.language, target, self.glossary)
        return share_held(terms(match.passage.read_text, target), wanted) >= _LEAST_OF_CLAIM

    def _queries(self, question: Question) -> Iterator[Query]:
        """Yield `question` as it is put to each of the shelves."""
        across: Vectors | None = None  # by the multilingual encoder, the same for all of them
        for shelf in self.shelves:
            carried = self._carried(question, shelf.language)
            is_carried = carried is not question
            if is_carried and across is None:
                across = shelf.across.encoder.encode_query(question.text).vector
            encoded = encode(carried, shelf.reading.encoder)
            yield Query(carried, encoded, across if is_carried else None)

    def _carried(self, question: Question, target: str) -> Question:
        """Return `question` in the words of `target`, as far as the glossary carries them over."""
        if not carries(question.language, target):
            return question
        words = self.glossary.translate(
            question.text,
            question.language,
            target,
            lambda text: self.vocabulary.holds(text, target),
        ).text
        carried = understand(words or question.text)
        return replace(carried, language=target, asks_for=question.asks_for)

    def _is_half_read(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> bool:
        """Return whether fewer words of `question` were carried over to the best match than not."""
        target = found[0][1].language if found else question.language
        if not carries(question.language, target):
            return False
        carried = self.glossary.translate(question.text, question.language, target)
        return len(carried.unknown) >= len(carried.carried)


def _of_rows_meant(question: Question, matches: Sequence[Match]) -> Iterator[Match]:
    """Yield `matches`, those in tables with a row that `question` can mean."""
    for match in matches:
        rows = rows_meant(question.text, match.passage)
        if match.sentence in rows:
            yield match
        elif rows:
            yield replace(match, sentence=rows[0])


def _held(passage: Passage) -> frozenset[str]:
    """Return the terms of `passage` and of its document's title, which every passage is about."""
    language = passage.document.language
    texts = (passage.read_text, passage.document.title)
    return frozenset(term for text in texts for term in terms(text, language))
