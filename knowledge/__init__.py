"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: readers, parsing (which runs them in a process of their own),
documents, passages; names, people, naming (whom a question names); labels, statements (whose words,
and of whom); lexical, retrieval; inflections, glossary, sought (a question in the words of another
language); questions, intents, demands; decision, answers, knowledge_base. Knows nothing of Telegram
or the terminal.
"""
