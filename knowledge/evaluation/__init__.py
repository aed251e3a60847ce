"""How good the answers are, on golden questions, the corpus and SQuAD files.

In come questions with known answers, out come Measures. Read `measures` first.
"""
