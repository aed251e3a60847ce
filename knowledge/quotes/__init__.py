"""What a sentence says: of whom, in whose words, whether it demands; and answers made of it.

In come passages and people, out come Statements, Quotes, which are slices of a document, and
Answers. Read `answers` (the verbatim gate) and `statements` first.
"""
