"""Answers a message: about people, demands, documents, corrections, or whatever else it asks.

In come a message and what the conversation was about, out comes an Answer. Read `asking` first,
which leads to all others, then `about_people` and `about_documents`.
"""
