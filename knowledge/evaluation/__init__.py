"""How good the answers are, on golden questions, the corpus and SQuAD files.

Questions with known answers come in; Measures go out. Read `measures` first.
"""
