"""A file as a document, its passages and their sentences.

In comes a file that anybody may have made, out comes an immutable Document, cut into Passages.
Read `documents` and `passages` first; `parsing` runs the readers of `formats` in another process.
"""
