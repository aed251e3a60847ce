"""Errors of this package. Every message may be shown to the person who runs the bot."""


class BotError(Exception):
    """The bot cannot run; the message says why and what to do."""


class SettingsError(BotError):
    """The settings cannot be used; the message names source, key, value and expectation."""


class TemporaryError(BotError):
    """The bot cannot go on, but may if it is started again."""
