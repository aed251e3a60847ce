"""Answers of other kinds: about a person, a whole list, a document, a correction.

In come a question and what was found for it, out comes the Answer as it is said. Read
`about_people` and `about_documents` first.
"""
