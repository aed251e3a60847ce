"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: documents, passages, languages, lexical, retrieval, questions,
decision, answers, knowledge_base. Knows nothing of Telegram or the terminal.
"""
