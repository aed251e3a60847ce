"""Texts to unit vectors, vectors kept on disk, and exact search over them.

Deals in row numbers only: what a row stands for is the caller's business.
"""
