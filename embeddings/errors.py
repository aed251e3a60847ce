"""Errors of this package. Every message may be shown to the person who runs the bot."""


class EmbeddingError(Exception):
    """A model, or vectors kept of it, cannot be used; the message says which, and what to do."""
