"""Searches for an answer: finds the passages closest to a question, and decides on the best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.index import Vectors
from embeddings.reranker import TextReranker
from knowledge.languages import SPOKEN
from knowledge.question.attributes import supposes_unsaid
from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import Glossary, carries
from knowledge.question.intents import (
    asks_why,
    bare_of,
    topic_asked_about,
    topical,
)
from knowledge.question.questions import Question, understand
from knowledge.question.sought import share_held, sought
from knowledge.question.word_vectors import encode
from knowledge.quotes.answers import Answer, Reason, quote
from knowledge.quotes.explanation import Explanation
from knowledge.quotes.labels import asks_for_titles
from knowledge.quotes.whose import is_title
from knowledge.reading.passages import Passage
from knowledge.reading.rows import names_column, rows_meant
from knowledge.search.decision import confidence, least_confidence
from knowledge.search.explaining import explain
from knowledge.search.retrieval import Match, Query, Shelf
from knowledge.search.several import sentences_that_answer
from knowledge.words.detection import script
from knowledge.words.lexical import terms

NEARLY_CERTAIN = 0.9  # confidence from which no other words are tried
_LIKELY = 0.5  # confidence from which a document in the asker's language goes before others
_MORE = 4  # passages offered after the first
_ALIKE = {"ru", "kk"}  # languages that share most letters
_SCRIPTS = {"LATIN", "CYRILLIC", ""}  # of the languages that the bot speaks
_KNOWN = 0.5  # share of a question's words that a shelf must know to tell its language
# Gates: what is missing where one of them declines.
_NO_ROW = "the question can mean no row of the tables that were found"
_NO_COLUMN = "the question asks for no column of the table that was found"
_NO_PREMISE = "the passage does not speak of what the question takes for granted"
_NO_REASON = "no sentence of the passage gives a reason"


@dataclass(frozen=True, slots=True)
class Search:
    """Finds passages in documents of several languages, each of which has a shelf.

    `false_answer_rate` in [0, 1] is the share of questions without an answer that may be answered
    all the same. `reranker`, if there is one, has the last word on the best passages.
    """

    shelves: tuple[Shelf, ...]
    false_answer_rate: float
    reranker: TextReranker | None
    glossary: Glossary
    vocabulary: Vocabulary

    @property
    def reads_other_latin(self) -> bool:
        """Whether documents are in a language of Latin script that is not English."""
        return any(s.script == "LATIN" and s.language not in SPOKEN for s in self.shelves)

    def answer(self, question: Question) -> Answer:
        """Return the passage that answers `question`, or why none does."""
        language = question.language
        question = self._in_language_of_its_words(question)
        bare = replace(understand(bare_of(question.text)), language=question.language)
        found = self.closest(bare)
        found.sort(key=lambda one: not self._is_topic_said(question, one))
        if not asks_for_titles(question.text):
            found.sort(key=lambda one: is_title(one[0].passage, one[0].sentence))
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
        if not self._is_column_named(bare, found[0]):
            return replace(declined, gate=_NO_COLUMN, declined_for="doubt")
        if supposes_unsaid(question.text, best.passage.read_text):
            return replace(declined, gate=_NO_PREMISE)
        asked = self._translated(bare, shelf.language)
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

        `among` are the passages to choose from; None means all.
        """
        found: list[list[tuple[Match, Shelf]]] = []
        rerank = self.reranker.scores if self.reranker is not None else None
        for query, shelf in zip(self._queries(question), self.shelves, strict=True):
            matches = shelf.closest(query, 1 + _MORE, among, rerank)
            found.append([(one, shelf) for one in _of_rows_meant(query.question, matches)])
        if len(found) == 1:
            return found[0]

        def order(item: tuple[Match, Shelf]) -> tuple[bool, float]:
            # Scores in two languages cannot be compared, but confidences can.
            certainty = self.certainty(question, [item])
            is_own = item[1].language == question.language and certainty >= _LIKELY
            return not is_own, -certainty

        return sorted((item for of_shelf in found for item in of_shelf), key=order)

    def certainty(self, question: Question, found: Sequence[tuple[Match, Shelf]]) -> float:
        """Return the confidence in [0, 1] that the first of `found` answers; 0 if there is none."""
        if not found:
            return 0.0
        match, shelf = found[0]
        return confidence(self._translated(question, shelf.language), match)

    def least(self, found: Sequence[tuple[Match, Shelf]]) -> float:
        """Return the confidence that the first of `found` needs to answer; 1 if there is none."""
        if not found:
            return 1.0
        match, _ = found[0]
        return least_confidence(match.weighed_by, self.false_answer_rate)

    def _in_language_of_its_words(self, question: Question) -> Question:
        """Return `question` in the language of the shelf that knows its words, if that may have
        been mistaken for another.

        Few letters tell Kazakh from Russian, and a language that the bot does not speak counts as
        one that it does. A script in which the bot speaks no language is proof enough.
        """
        own = next((s for s in self.shelves if s.language == question.language), None)
        written = script(question.text)
        if own is not None and own.script == written:
            return question
        for shelf in self.shelves:
            is_alike = {shelf.language, question.language} <= _ALIKE
            is_strange = shelf.language not in SPOKEN and shelf.script == written
            is_proof = written not in _SCRIPTS and is_strange
            if is_proof or ((is_alike or is_strange) and shelf.share_known(question) >= _KNOWN):
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
            trust=shelf.encoded.trust,
            confidence=certainty,
            least_confidence=self.least(found),
        )

    def _is_column_named(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether `question` asks for a column of the table found; True without a table."""
        match, shelf = found
        asked = self._translated(question, shelf.language)
        return names_column(asked.text, match.passage, match.sentence)

    def _is_topic_said(self, question: Question, found: tuple[Match, Shelf]) -> bool:
        """Return whether the sentence found has all words of the topic in a question such as "What
        does it say about Zhanaozen?"; False for any other question.

        Such a sentence answers even with the low confidence of a short question.
        """
        topic = topic_asked_about(question.text)
        if topic is None:
            return False
        match, shelf = found
        wanted = sought(topical(topic), question.language, shelf.language, self.glossary)
        said = match.passage.read_sentence(match.sentence)
        return bool(wanted) and share_held(terms(said, shelf.language), wanted) == 1.0

    def _queries(self, question: Question) -> Iterator[Query]:
        """Yield `question` as it is put to each of the shelves, in their order."""
        across: Vectors | None = None  # by the multilingual encoder, the same for all of them
        for shelf in self.shelves:
            translated = self._translated(question, shelf.language)
            is_translated = translated is not question
            if is_translated and across is None:
                across = shelf.across.encoder.encode_query(question.text).vector
            encoded = encode(translated, shelf.encoded.encoder)
            yield Query(translated, encoded, across if is_translated else None)

    def _translated(self, question: Question, target: str) -> Question:
        """Return `question` in the language `target`, in the words that the glossary has for it;
        unchanged if it is in that language, or the glossary does not know one of the two.
        """
        if not carries(question.language, target):
            return question
        words = self.glossary.translate(
            question.text,
            question.language,
            target,
            lambda text: self.vocabulary.holds(text, target),
        ).text
        translated = understand(words or question.text)
        return replace(translated, language=target, asks_for=question.asks_for)


def _of_rows_meant(question: Question, matches: Sequence[Match]) -> Iterator[Match]:
    """Yield `matches`; in a table with a row that `question` can mean, or not if there is none."""
    for match in matches:
        rows = rows_meant(question.text, match.passage)
        if match.sentence in rows:
            yield match
        elif rows:
            yield replace(match, sentence=rows[0])
