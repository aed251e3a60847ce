"""What somebody asks: the language, the kind of question, its words in another language.

A message comes in; a Question goes out, and what a text must say to answer it. Read `questions`,
`kinds` and `spelling` first.
"""
