"""Text as words: its language, where its sentences end, its stems, numbers and days.

Text comes in; words that can be compared go out. Read `text`, `lexical` and `detection` first.
"""
