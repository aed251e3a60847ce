"""The models that a knowledge base needs, passed to it; `bot/opening.py` has them loaded, once.

What each must do is a Protocol of few methods, which stands beside the model that is bundled: to
put another in its place is to give `Models` what has these methods.
"""

from dataclasses import dataclass

from embeddings.encoder import MultilingualTextEncoder, TextEncoder
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import ExcerptReader, reader
from embeddings.reranker import TextReranker
from embeddings.tagger import NameTagger, person_tagger


@dataclass(frozen=True, slots=True)
class Models:
    """What reads documents and questions.

    `encoder` reads the languages that it knows, `multilingual` all others and questions in another
    language than the text. `reader` says which sentences answer, `tagger` which words are of
    people's names, and `reranker` has the last word on the best passages.
    """

    encoder: TextEncoder
    multilingual: MultilingualTextEncoder
    reader: ExcerptReader
    tagger: NameTagger
    reranker: TextReranker | None = None


def with_bundled(encoder: TextEncoder, reranker: TextReranker | None = None) -> Models:
    """Return `encoder` and `reranker` with the bundled models, each of which is loaded once.

    Raises EmbeddingError if one of them is not what it was.
    """
    multilingual = multilingual_encoder()
    return Models(
        encoder,
        multilingual,
        reader=reader(multilingual),
        tagger=person_tagger(multilingual),
        reranker=reranker,
    )
