"""What a file of each type says: its blocks of text in order, and what it says of itself.

Files may come from anybody, so readers run in a process of their own: `python -m
knowledge.readers`, started by `knowledge.parsing`. Each module holds one `read`, which raises
DocumentError without the file's name. This module is imported by both sides and stays small.
"""

from collections.abc import Iterable
from typing import Literal

BlockKind = Literal["paragraph", "heading", "list"]

# A block as it is read: its text is normalised; a list has an item on each line, all else is one.
BlockText = tuple[BlockKind, str]

# Fields of knowledge.metadata.Metadata as strings, and blocks in order.
Contents = tuple[dict[str, str], Iterable[BlockText]]

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
EXPECTED = ", ".join(ENDINGS)
