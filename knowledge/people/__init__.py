"""Who is named, in which spellings, and whom a question means.

In come documents and a curated list, out come People; a question's words in, the persons they may
mean out. Read `names` (when two spellings are one name), `people` and `naming` first.
"""
