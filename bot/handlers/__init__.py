"""What the bot does with each kind of update: commands, questions, buttons, errors.

In comes an update and the desk (`bot.desk`) of the running bot, out go messages. Read `questions`,
`sending` and `presses` first; which update goes to which handler, `bot.application` says.
"""
