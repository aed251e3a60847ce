"""Signs that stand in the text of a Word document for a moment, until all of it is known.

They are code points that Unicode keeps for a program's own use; none is left when text is read.
"""

UNTOLD = "\ufdd0"
"""What cannot be read: UNREADABLE stands there in the end."""
PICTURE = "\ufdd1"
"""A picture in a line. It may be a formula or a face; see `docx_text`."""
PAGE = "\ufdd2"
"""The number of a page, which Word counts anew whenever it shows the document."""

WITHOUT = str.maketrans("", "", "".join(map(chr, range(0xFDD0, 0xFDF0))))
"""Takes such signs out of what a file says."""
