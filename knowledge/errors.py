"""Errors of this package. Every message may be shown to the person who runs the bot."""


class KnowledgeError(Exception):
    """The knowledge base cannot be built; the message says what is wrong and what to do."""


class DocumentError(KnowledgeError):
    """One document cannot be read; the others still can."""


class OvertakenError(KnowledgeError):
    """Something else was published since a draft was made; it can be made again."""
