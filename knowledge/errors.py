"""Errors of this package. Every message may be shown to the person who runs the bot."""

from knowledge.problems import Problem


class KnowledgeError(Exception):
    """The knowledge base cannot be built; the message says what is wrong and what to do.

    It is raised with a Problem where an editor may have to be told, elsewhere with a sentence.
    """

    @property
    def problem(self) -> Problem | None:
        """What is wrong, so that any language can say it; None if it is known in English only."""
        return self.args[0] if self.args and isinstance(self.args[0], Problem) else None


class DocumentError(KnowledgeError):
    """One document cannot be read; the others still can."""


class DamagedError(KnowledgeError):
    """The archive of published editions is damaged; the editions in it that are whole can serve."""


class OvertakenError(KnowledgeError):
    """Something else was published after a draft was made; the draft can be made again."""
