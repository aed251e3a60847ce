"""What somebody asks: the language, the kind of question, its words in another language.

In comes a message, out comes a Question, and what of it a text must say to answer it. Read
`questions`, `kinds` and `spelling` first.
"""
