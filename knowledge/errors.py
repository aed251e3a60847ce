"""Errors of this package. Every message may be shown to the person who runs the bot."""

from knowledge.problems import Problem


class KnowledgeError(Exception):
    """The knowledge base cannot be built; the message says what is wrong and what to do.

    It is raised with a Problem where an editor may have to be told, and with a sentence elsewhere.
    """

    @property
    def problem(self) -> Problem | None:
        """What is wrong, to be said in any language; None if it is known in English only."""
        return self.args[0] if self.args and isinstance(self.args[0], Problem) else None


class DocumentError(KnowledgeError):
    """One document cannot be read; the others still can."""


class DamagedError(KnowledgeError):
    """What is kept of what was published is damaged; what of it is whole can still serve."""


class OvertakenError(KnowledgeError):
    """Something else was published since a draft was made; it can be made again."""
