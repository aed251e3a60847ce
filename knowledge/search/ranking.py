"""Scores how well a sentence answers a question: a sum of named features, each with a weight.

`benchmarks/train.py` trains the weights and says on what data; `ranking.yaml` holds them. A
language without weights of its own uses those of Russian, whose words have endings too. The
exponential of a score is proportional to how likely the sentence is to answer, so that of a passage
is the sum over its sentences.
"""

import functools
import re
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge.question.overlap import Numbers, Overlap, Rows
from knowledge.question.questions import Question
from knowledge.question.word_vectors import Nearness
from knowledge.words.patterns import of_any

DENSE = (
    "sentence_cosine",
    "window_cosine",
    "passage_cosine",
    "sentence_maxsim",
    "window_maxsim",
    "passage_maxsim",
)
"""By the vectors of the encoder that reads the language, and multiplied by how much it knows of
that: see `trust`. Single words ask more of an encoder than texts do: `maxsim` is 0 where it knows
less than half."""
ACROSS = ("sentence_across", "passage_across")
"""By the multilingual encoder's vectors: of a translated question, as it was written; else 0."""
FALLBACK = "ru"
"""Names the weights for languages that have none of their own."""
CARRIED = "carried"
"""Names the weights for questions that were translated into the language of the documents."""
FEATURES = (
    *DENSE,
    *ACROSS,
    "sentence_bm25",
    "sentence_meaning",
    "sentence_runs",
    "passage_bm25",
    "sentence_words",
    "window_words",
    "passage_words",
    "passage_pairs",
    "date",
    "number",
    "name",
    "answer_word",
    "length",
    "first",
)
"""Shares and cosines; the cosine of a sentence is that of it together with the one before it.
`sentence_meaning` is BM25 of the meaningful words alone, `sentence_runs` that of words as they
stand and their runs of four letters. `words` is the share of the question's words that stand there
too, `pairs` the share of those that stand side by side; a `window` is a sentence with its
neighbours. `maxsim` is how near their words come to those of the question (see `word_vectors`).
`date`, `number` and `name` are -1 if the question asks for one and the sentence has none but those
of the question, else 0. `answer_word` is how near a word of the sentence comes to the question word
(see `word_vectors`), less that of the best sentence of the passage, so that it does not rank
passages. `length` is the logarithm of one more than the number of words, `first` is 1 for the first
sentence of a passage.
"""

_LEAST_FOR_WORDS = 0.5  # trust, for vectors of single words to count
_ASKS_FOR_NAME = re.compile(rf"\b(?:{of_any('asking', 'names_wanted')})\b", re.IGNORECASE)


def describe(
    question: Question,
    overlap: Overlap,
    nearness: Nearness,
    counts: Rows,
    *,
    sentence_cosine: NDArray[np.floating],
    passage_cosine: NDArray[np.floating],
    passage_bm25: NDArray[np.floating],
    sentence_runs: NDArray[np.floating],
    sentence_across: NDArray[np.floating],
    passage_across: NDArray[np.floating],
    trust: float,
    trust_across: float,
) -> Numbers:
    """Return the features of sentences, shape (sentences, features), in the order of FEATURES.

    `counts` says how many consecutive sentences make up each passage. `trust` and `trust_across` in
    [0, 1] are how much the two encoders know of the language.
    """
    count = len(sentence_cosine)

    def spread(of_passages: NDArray[np.floating]) -> Numbers:
        return np.repeat(of_passages.astype(np.float64), counts)

    def lacks(has: NDArray[np.bool_], *, is_asked: bool) -> Numbers:
        lacking: Numbers = np.where(has, 0.0, -1.0) if is_asked else np.zeros(count)
        return lacking

    sentence_maxsim, window_maxsim, passage_maxsim = nearness.maxsim(overlap.begins)
    trust_in_words = trust if trust >= _LEAST_FOR_WORDS else 0.0
    answer_word = nearness.answer_word
    is_first = np.zeros(count)
    is_first[overlap.begins] = 1.0
    asks_for = question.asks_for
    features: Numbers = np.column_stack(
        [
            trust * sentence_cosine,
            trust * _with_neighbours(sentence_cosine, overlap.begins),
            trust * spread(passage_cosine),
            trust_in_words * sentence_maxsim,
            trust_in_words * window_maxsim,
            trust_in_words * spread(passage_maxsim),
            trust_across * sentence_across,
            trust_across * spread(passage_across),
            overlap.bm25,
            overlap.meaning_bm25,
            sentence_runs,
            spread(passage_bm25),
            overlap.words,
            overlap.window_words,
            spread(overlap.passage_words),
            spread(overlap.passage_pairs),
            lacks(overlap.new_date, is_asked=asks_for == "date"),
            lacks(overlap.new_number, is_asked=asks_for in {"number", "age"}),
            lacks(
                overlap.new_name,
                is_asked=asks_for is None and _ASKS_FOR_NAME.search(question.text) is not None,
            ),
            trust * (answer_word - spread(np.maximum.reduceat(answer_word, overlap.begins))),
            overlap.length,
            is_first,
        ]
    )
    return features


@functools.cache
def weights(weighed_by: str) -> tuple[float, ...]:
    """Return the weights of FEATURES, in order; `weighed_by` is a language or CARRIED."""
    table = yaml.load(Path(__file__).with_name("ranking.yaml").read_text("utf-8"), yaml.CSafeLoader)
    named = table.get(weighed_by, table[FALLBACK])
    return tuple(named[name] for name in FEATURES)


def log_sums(scores: Numbers, begins: Rows) -> Numbers:
    """Return, for each passage, the logarithm of the sum of the exponentials of its `scores`."""
    best = np.maximum.reduceat(scores, begins)
    counts = np.diff(np.append(begins, len(scores)))
    sums = np.add.reduceat(np.exp(scores - np.repeat(best, counts)), begins)
    found: Numbers = best + np.log(sums)
    return found


def _with_neighbours(values: NDArray[np.floating], begins: Rows) -> NDArray[np.floating]:
    """Return, for each value, the mean of it and its neighbours in the same passage."""
    is_first = np.zeros(len(values), np.bool_)
    is_first[begins] = True
    sums, counts = values.astype(np.float64), np.ones(len(values))
    has_before = ~is_first[1:]
    sums[1:] += np.where(has_before, values[:-1], 0.0)
    counts[1:] += has_before
    sums[:-1] += np.where(has_before, values[1:], 0.0)
    counts[:-1] += has_before
    return sums / counts
