"""Texts to unit vectors, vectors kept on disk, and search over them; the models that read texts.

Deals in row numbers only: what a row stands for is the caller's business. Read `models` (what is
loaded, and passed to whoever needs it) and `store` (where rows are found) first.
"""
