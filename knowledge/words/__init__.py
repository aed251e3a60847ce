"""Text as words: which language it is in, where its sentences end, its stems, numbers and days.

In comes text, out come words that can be compared. Read `text`, `lexical` and `detection` first.
"""
