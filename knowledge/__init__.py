"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: documents, passages; names, people, naming (whom a question names);
labels, statements (whose words, and of whom); lexical, retrieval; inflections, glossary (a question
in the words of another language); questions, intents; decision, answers,
knowledge_base. Knows nothing of Telegram or the terminal.
"""
