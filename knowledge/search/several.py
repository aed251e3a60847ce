"""Chooses the sentences of a passage that answer together where the best one alone does not."""

import re
from itertools import takewhile

from knowledge.question.questions import Question, holds
from knowledge.reading.passages import Passage, Sentence
from knowledge.search.retrieval import Match
from knowledge.words.lexical import content_terms, terms
from knowledge.words.numbers import are_in, numbers_in
from knowledge.words.patterns import of_any

_GIVES_REASON = re.compile(rf"\b(?:{of_any('asking', 'gives_reason')})\b", re.IGNORECASE)
# How a sentence begins that goes on about the one beside it.
_GOES_ON = re.compile(rf"^\W*(?:{of_any('asking', 'goes_on')})\b", re.IGNORECASE)
_NEW_SHARE = 0.3  # least share of the question's meaningful words that a second sentence adds


def sentences_that_answer(
    question: Question, match: Match, *, is_why: bool
) -> tuple[Sentence, ...]:
    """Return the sentence of `match` and at most one more of its passage, the better one first.

    A row of a table comes alone. With `is_why`, a sentence that gives no reason gets a neighbour
    that gives one and is on the subject; without such a neighbour nothing is returned. Without
    `is_why`, the heading of a list comes with its items, as one sentence. Any other gets the
    sentence that holds most of the question's meaningful words that it lacks, at least two and 0.3
    of all. That one goes first if it alone has all numbers of the question ("in 2018"), or has more
    than half of the question's words where the first has none; and, even with less than 0.3, if it
    alone has the date or number asked for.
    """
    best = match.sentence
    if match.passage.columns:
        return (best,)
    if not is_why and (whole := with_items(match.passage, best)) != best:
        return (whole,)
    place = match.passage.sentences.index(best)
    language = match.passage.document.language
    asked = set(content_terms(question.text, language))
    if is_why:
        if _GIVES_REASON.search(match.passage.sentence_text(best)):
            return (best,)
        for beside in (place + 1, place - 1):
            if 0 <= beside < len(match.passage.sentences):
                sentence = match.passage.sentences[beside]
                text = match.passage.sentence_text(sentence)
                is_on_it = _GOES_ON.search(text) or not asked.isdisjoint(terms(text, language))
                if _GIVES_REASON.search(text) and is_on_it:
                    return best, sentence
        return ()
    lacking = asked - set(terms(match.passage.sentence_text(best), language))
    if len(lacking) < 2:
        return (best,)
    held = {
        sentence: len(lacking & set(terms(match.passage.sentence_text(sentence), language)))
        for sentence in match.passage.sentences
        if sentence != best
    }
    other = max(held, key=lambda sentence: held[sentence], default=None)
    if other is None or held[other] < 2:
        return (best,)
    texts = [match.passage.sentence_text(sentence) for sentence in (best, other)]
    kind = question.asks_for
    if kind and [holds(kind, text) for text in texts] == [False, True]:
        return other, best
    if len(lacking) == len(asked) < 2 * held[other]:
        return other, best
    if held[other] < _NEW_SHARE * len(asked):
        return (best,)
    if [are_in(question.text, numbers_in(text)) for text in texts] == [False, True]:
        return other, best
    return best, other


def with_items(passage: Passage, heading: Sentence) -> Sentence:
    """Return `heading` and the items under it as one sentence, if it is the heading of a list in
    `passage`; else `heading` alone. The items end before one with the same mark as the heading.
    """
    if not passage.is_heading(heading):
        return heading
    text = passage.sentence_text(heading)

    def is_under(one: Sentence) -> bool:
        return text[0].isalnum() or not passage.sentence_text(one).startswith(text[0])

    below = passage.sentences[passage.sentences.index(heading) + 1 :]
    items = list(takewhile(is_under, below))
    return Sentence(heading.start, items[-1].end) if items else heading
