"""The models that a knowledge base needs and is given; `bot/opening.py` has them loaded, once.

What each must do is a Protocol of a few methods, defined beside the bundled model. To replace a
model, give `Models` an object with these methods.
"""

from dataclasses import dataclass

from embeddings.encoder import MultilingualTextEncoder, TextEncoder
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import ExcerptReader, reader
from embeddings.reranker import TextReranker
from embeddings.tagger import NameTagger, person_tagger


@dataclass(frozen=True, slots=True)
class Models:
    """The models that read documents and questions.

    `encoder` reads the languages that it knows, `multilingual` all others, and questions in another
    language than the text. `reader` says which sentences answer, `tagger` which words are parts of
    people's names, and `reranker` has the last word on the order of the best passages.
    """

    encoder: TextEncoder
    multilingual: MultilingualTextEncoder
    reader: ExcerptReader
    tagger: NameTagger
    reranker: TextReranker | None = None


def with_bundled(encoder: TextEncoder, reranker: TextReranker | None = None) -> Models:
    """Return `encoder` and `reranker` with the bundled models, each of which is loaded once.

    Raises EmbeddingError if the file of one is missing or not what it should be.
    """
    multilingual = multilingual_encoder()
    return Models(
        encoder,
        multilingual,
        reader=reader(multilingual),
        tagger=person_tagger(multilingual),
        reranker=reranker,
    )
