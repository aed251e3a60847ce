"""What a sentence says, of whom and in whose words, and the answers that are made of sentences.

Passages and people come in; Statements, Quotes, which are slices of a document, and Answers go out.
Read `answers` (the verbatim gate) and `statements` first.
"""
