"""Who is named, in which spellings, and whom a question means.

Documents and a curated list come in, and People go out; of a question, the persons whom it may mean
go out. Read `names` (when two spellings are one name), `people` and `naming` first.
"""
