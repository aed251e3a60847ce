"""The models that read texts: as unit vectors, kept on disk and searched, and in other ways.

This package deals in row numbers only: what a row stands for is the caller's business. Read
`models` (what is loaded, and passed to its users) and `store` (where rows are found) first.
"""
