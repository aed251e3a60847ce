"""Questions about the bot, and about the documents themselves: which is meant, and what is known.

"Source?" is about what was quoted last, "what is the resolution about?" about the document of that
title; of several that may be meant one is chosen.
"""

import functools
from collections.abc import Sequence

from knowledge.answering.overview import overview_answer
from knowledge.answering.shown import Shown
from knowledge.languages import SPOKEN, by_language
from knowledge.question.glossary import Glossary
from knowledge.question.kinds import Kind, language_meant
from knowledge.question.questions import Question
from knowledge.question.sought import share_held, sought_in
from knowledge.quotes.answers import Answer
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage
from knowledge.words.lexical import stems, terms, words

ABOUT_DOCUMENTS: frozenset[Kind] = frozenset(
    ["overview", "source", "date", "author", "link", "full_text", "documents"]
)
ABOUT_THE_BOT: frozenset[Kind] = frozenset(
    ["bot_nature", "what_to_ask", "language", "language_en", "language_ru", "language_kk"]
)

# Of 249 wishes for a language, the longest that names none in a usual spelling has 3 words.
_FEW_WORDS, _FEW_LETTERS = 4, 60


def told_of_the_bot(kind: Kind, language: str) -> Answer:
    """Return what a message of `kind`, one of ABOUT_THE_BOT, is told; of a language it asks for, in
    that one.
    """
    match kind:
        case "bot_nature" | "what_to_ask":
            return Answer("smalltalk", language, 1.0, reason=kind)
    return Answer("smalltalk", language_meant(kind) or language, 1.0, reason="language")


def may_ask_for_language(text: str) -> bool:
    """Return whether `text` may ask the bot to speak another language: it names one, or is so short
    that it may say it in other letters or with a slip. Kazakhstan is none.
    """
    is_short = len(text.split()) <= _FEW_WORDS and len(text) <= _FEW_LETTERS
    return is_short or not _language_names().isdisjoint(_stems(text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for language in SPOKEN for stem in stems(words(text), language))


@functools.cache
def _language_names() -> frozenset[str]:
    """Return the stems of what languages are called in those that the bot speaks."""
    called = (own["languages"] for own in by_language("metadata").values())
    return _stems(" ".join(name for names in called for name in names.values()))


def documents_meant(
    question: Question,
    documents: Sequence[Document],
    quoted: Sequence[Document],
    glossary: Glossary,
) -> tuple[Document, ...]:
    """Return the documents that `question` may be about, after `quoted` were quoted.

    They are those that hold most of its words in their titles, else those quoted, else all.
    """
    if len(documents) == 1:
        return tuple(documents)
    wanted = sought_in(
        question.text, question.language, {one.language for one in documents}, glossary
    )
    shares = {
        one.id: share_held(terms(one.title, one.language), wanted[one.language])
        for one in documents
        if wanted[one.language]
    }
    most = max(shares.values(), default=0.0)
    titled = [one for one in documents if most and shares.get(one.id) == most]
    if not titled:
        return tuple(quoted or documents)
    both = tuple(one for one in titled if one in quoted)
    return both or tuple(titled)


def tell_of_documents(
    kind: Kind,
    language: str,
    meant: Sequence[Document],
    quoted: Sequence[Document],
    statements: Statements,
) -> Answer | None:
    """Return what a question of `kind`, one of ABOUT_DOCUMENTS, is told of the documents `meant`,
    or which of them it is to choose from; None where nothing is known.

    Of all documents `quoted` the source is told at once.
    """
    meant = tuple(meant)
    match kind:
        case "overview" | "documents" if len(meant) == 1:
            return overview_answer(meant[0], statements, language)
        case "documents":
            return Answer("clarify", language, 0.0, reason="documents", documents=meant)
        case "source" | "date" | "author" | "link" | "full_text":
            if len(meant) == 1 or meant == tuple(quoted):
                return Answer("smalltalk", language, 1.0, reason=kind, documents=meant)
    return Answer("clarify", language, 0.0, reason="which_document", documents=meant)


def next_passage(language: str, shown: Shown | None, passages: Sequence[Passage]) -> Answer:
    """Return the passage after those `shown`, with those that come then; or that there is none."""
    if shown is None:
        return Answer("clarify", language, 0.0, reason="more_of_what")
    if not shown.more:
        documents = shown.documents(passages)
        return Answer("smalltalk", language, 1.0, reason="no_more", documents=documents)
    first, *rest = shown.next(passages)
    return Answer("answered", language, 0.0, (first,), tuple(rest), reason="more")
