"""Documents, the passages and sentences in them, and the answers they hold.

A stage of the way from a file and a question to an answer is a folder, and imports go down this
list only, which `tests/test_layers.py` holds:

    evaluation      how good the answers are
    library         editions, and what editors do
    knowledge_base  build and ask: everything below put together
    answering       answers about people, lists, documents, corrections
    search          the sentences that may answer, and whether they do
    question        what somebody asks
    quotes          what a sentence says and in whose words; answers
    people          who is named, and whom a question means
    reading         a file as a document, passages and sentences
    words           text as words
    languages       what is known of each language, a folder for each
    errors          KnowledgeError, and what it names
    problems        what can be wrong with files, and the English words for it

`documents` holds what the bot comes with. Nothing here knows of Telegram or the terminal.
"""

from pathlib import Path

FOUNDING = Path(__file__).parent / "documents" / "kazakhstan-2019"
"""The documents that the bot comes with: a folder like a user's."""
