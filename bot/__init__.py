"""Rapporteur as people meet it: the command line, the terminal chat and the Telegram bot."""
