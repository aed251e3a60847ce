"""Documents, the passages and sentences in them, and the answers they hold.

Each stage between a file and an answer is a folder. A stage imports only from itself and from the
stages below it in this list, which `tests/test_layers.py` checks:

    evaluation      how good the answers are
    library         editions, and what editors do
    knowledge_base  building and asking: everything below put together
    answering       answers about people, lists, documents, corrections
    search          the sentences that may answer, and whether they do
    question        what somebody asks
    quotes          what a sentence says and in whose words; answers
    people          who is named, and whom a question means
    reading         a file as a document, passages and sentences
    words           text as words
    languages       what is known of each language, in a folder for each
    errors          KnowledgeError and its subclasses
    problems        what can be wrong with files, and the English sentences for it

`documents` holds the documents that come with the bot. Nothing here knows of Telegram or the
terminal.
"""

from pathlib import Path

FOUNDING = Path(__file__).parent / "documents" / "kazakhstan-2019"
"""The folder of the documents that come with the bot, laid out as a user's folder is."""
