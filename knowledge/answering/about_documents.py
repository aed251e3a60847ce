"""Answers questions about the bot, and about documents as such: source, date, overview, "more".

"Source?" is about the document quoted last, "what is the resolution about?" about the one of that
title. If several may be meant, the asker chooses one.
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

# Of 249 messages that ask for a language, the longest without its name in a usual spelling has 3
# words.
_FEW_WORDS, _FEW_CHARACTERS = 4, 60


def told_of_the_bot(kind: Kind, language: str) -> Answer:
    """Return the answer to a message of `kind`, one of ABOUT_THE_BOT.

    It is in `language`, or in the language that the message asks for.
    """
    match kind:
        case "bot_nature" | "what_to_ask":
            return Answer("smalltalk", language, 1.0, reason=kind)
    return Answer("smalltalk", language_meant(kind) or language, 1.0, reason="language")


def may_ask_for_language(text: str) -> bool:
    """Return whether `text` may ask the bot to speak another language.

    It may if it names a language ("Kazakhstan" is none), or if it is so short that it may name one
    misspelled or in another script.
    """
    is_short = len(text.split()) <= _FEW_WORDS and len(text) <= _FEW_CHARACTERS
    return is_short or not _language_names().isdisjoint(_stems(text))


def _stems(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` in each of the languages that the bot speaks."""
    return frozenset(stem for language in SPOKEN for stem in stems(words(text), language))


@functools.cache
def _language_names() -> frozenset[str]:
    """Return the stems of the names of languages, in every language that the bot speaks."""
    names = (own["languages"] for own in by_language("metadata").values())
    return _stems(" ".join(name for in_one in names for name in in_one.values()))


def documents_meant(
    question: Question,
    documents: Sequence[Document],
    quoted: Sequence[Document],
    glossary: Glossary,
) -> tuple[Document, ...]:
    """Return the documents that `question` may be about; `quoted` are those quoted last.

    They are those whose titles hold the largest share of its words, and of these only the quoted
    ones if there are any. If no title holds a word of it, they are those quoted, else all.
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
    """Return the answer to a question of `kind`, one of ABOUT_DOCUMENTS, about the documents
    `meant`; None for an overview of a document without sentences.

    If several are meant, the answer asks which, unless they are just those `quoted`: their sources,
    dates and the like are given together.
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
    """Return an answer with the next passage after those `shown`, and the following ones as `more`.

    If there is none it says so, and if nothing was shown it asks back.
    """
    if shown is None:
        return Answer("clarify", language, 0.0, reason="more_of_what")
    if not shown.more:
        documents = shown.documents(passages)
        return Answer("smalltalk", language, 1.0, reason="no_more", documents=documents)
    first, *rest = shown.next(passages)
    return Answer("answered", language, 0.0, (first,), tuple(rest), reason="more")
