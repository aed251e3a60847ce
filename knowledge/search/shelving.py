"""Puts passages on shelves, one for each language, and chooses the encoder that reads it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import TextEncoder
from knowledge.reading.passages import Passage
from knowledge.search.retrieval import EncodedPassages, Shelf, to_encode, to_encode_across
from knowledge.search.trust import sample, share_read_whole, trust

_READS = 0.5  # least share of a language's words that its encoder reads as one piece
# The share below which it is not measured: all-MiniLM-L6-v2 reads 0 to 0.07 of the Russian and
# Kazakh documents of the corpus so, and 0.66 to 0.90 of the English ones.
_HARDLY_READS = 0.1


def shelve(
    passages: Sequence[Passage],
    encoder: TextEncoder,
    multilingual: TextEncoder,
    cache: Path,
    progress: Progress | None = None,
) -> tuple[Shelf, ...]:
    """Return a shelf for each language of `passages`, in the order of their codes.

    `encoder` reads the languages that it knows, as measured on `passages`; `multilingual` reads the
    others if it knows more of them, and all of them for questions in another language. `cache` is
    the file in which vectors are cached.
    """
    by_language: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda p: p.document.language):
        by_language.setdefault(passage.document.language, []).append(passage)
    return tuple(
        _shelf(own, encoder, multilingual, cache, progress) for own in by_language.values()
    )


def _shelf(
    passages: Sequence[Passage],
    encoder: TextEncoder,
    multilingual: TextEncoder,
    cache: Path,
    progress: Progress | None,
) -> Shelf:
    known = across = _known(passages, multilingual, cache, progress)
    if not _is_strange(passages, encoder, multilingual):
        known = _known(passages, encoder, cache, progress)
    # Few passages tell little, so an encoder keeps a language whose words it reads as one piece.
    if known is across or (known.expected < _READS and known.trust < across.trust):
        encoder, known = multilingual, across
    (texts, words), texts_across = to_encode(passages), to_encode_across(passages)
    count = len(passages)
    if encoder is multilingual:
        # A first sentence, with none before it, is in both, and so is encoded only once.
        sentences = texts_across[count:]
        words_of_all = [*words, *([] for _ in sentences)]
        kept = encode_cached([*texts, *sentences], encoder, cache, progress, words_of_all)
        of_passages, in_context, alone = np.split(kept.vectors, [count, len(texts)])
        encoded = EncodedPassages(encoder, of_passages, in_context, known.trust)
        return Shelf(passages, encoded, kept.all_words, across=encoded, alone=alone)
    kept = encode_cached(texts, encoder, cache, progress, words)
    vectors = encode_cached(texts_across, multilingual, cache, progress).vectors
    alone = vectors[count:]
    return Shelf(
        passages,
        EncodedPassages(encoder, kept.vectors[:count], kept.vectors[count:], known.trust),
        kept.all_words,
        across=EncodedPassages(multilingual, vectors[:count], alone, across.trust),
        alone=alone,
    )


def _is_strange(
    passages: Sequence[Passage], encoder: TextEncoder, multilingual: TextEncoder
) -> bool:
    """Return whether the language of `passages` need not be measured: `encoder` reads hardly a word
    of it as one piece, and `multilingual` knows it. It saves a sixth of a build in Russian.
    """
    language = passages[0].document.language
    if encoder is multilingual:
        return True
    if language in encoder.languages:
        return False
    share = share_read_whole(sample(passages), encoder.words, language)
    return share < _HARDLY_READS and language in multilingual.languages


class _Known(NamedTuple):
    """How much an encoder knows of a language, in [0, 1]: as measured, and as was expected."""

    trust: float
    expected: float


def _known(
    passages: Sequence[Passage], encoder: TextEncoder, cache: Path, progress: Progress | None
) -> _Known:
    """Return how much `encoder` knows of the language of `passages`."""
    sampled = sample(passages)
    language = sampled[0].document.language
    sentences = [p.sentence_text(s) for p in sampled for s in p.sentences]
    vectors = encode_cached(sentences, encoder, cache, progress).vectors
    is_known = language in encoder.languages
    expected = 1.0 if is_known else share_read_whole(sampled, encoder.words, language)
    return _Known(trust(sampled, vectors, language, expected), expected)
