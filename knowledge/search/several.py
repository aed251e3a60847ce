"""The sentences of a passage that answer together, where the best one does not alone."""

import re
from itertools import takewhile

from knowledge.question.questions import Question, holds
from knowledge.reading.passages import Passage, Sentence
from knowledge.search.retrieval import Match
from knowledge.words.lexical import content_terms, terms
from knowledge.words.numbers import are_in, numbers_in

_GIVES_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|therefore|thus|so that|in order to|as a result|reasons?"
    r"|for \w+ing|on (?:\w+ )?charges|(?<!such )as (?:he|she|it|they|his|her|its|their|the)"
    r"|in light of|aimed at"
    r"|caus(?:e|es|ed)|for this|that is why"
    r"|потому|за то|так как|поскольку|из-за|благодаря|вследствие|поэтому|чтобы|причин\w+|ввиду"
    r"|в связи"
    r"|өйткені|себеб\w+|сондықтан|үшін|салдарынан|байланысты)\b",
    re.IGNORECASE,
)
# How a sentence goes on about the one beside it.
_GOES_ON = re.compile(
    r"^\W*(?:this|that|it|these|those|they|because|the (?:reason|cause)|эт[оаи]\w*|он[аои]?"
    r"|причин\w+|потому|бұл|осы\w*|ол\w*|оның|себеб\w+|өйткені)\b",
    re.IGNORECASE,
)
_NEW_SHARE = 0.3  # of the question's meaningful words, for a second sentence to say the rest


def sentences_that_answer(
    question: Question, match: Match, *, is_why: bool
) -> tuple[Sentence, ...]:
    """Return the sentence of `match` and at most one more of its passage, the better one first.

    The heading of a list comes with its items, as one; a row of a table comes alone. With `is_why`
    the sentence gets a neighbour that gives a reason and speaks of what is asked, if the sentence
    gives none, and nothing if no neighbour does either. Without, it gets a sentence with much of
    the question that the first lacks, which goes first if it alone holds the figures of the
    question: "in 2018", or if it holds half of the question, of which the first has nothing. One
    that alone holds the date or number asked for goes first with two words that the first lacks.
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
    """Return `heading` with the items under it, if it is that of a list in `passage`: to the end,
    or to what is marked as it is.
    """
    if not passage.is_heading(heading):
        return heading
    text = passage.sentence_text(heading)

    def is_under(one: Sentence) -> bool:
        return text[0].isalnum() or not passage.sentence_text(one).startswith(text[0])

    below = passage.sentences[passage.sentences.index(heading) + 1 :]
    items = list(takewhile(is_under, below))
    return Sentence(heading.start, items[-1].end) if items else heading
