"""What the bot does with each kind of update: commands, questions, buttons, errors.

In come an update and the desk (`bot.desk`) of the running bot, out go messages. Read `questions`,
`sending` and `presses` first; `bot.application` says which handler takes which update.
"""
