"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: readers, parsing (which runs them in a process of their own),
documents, passages; names, people, naming (whom a question names); labels, statements (whose words,
and of whom); questions, kinds; lexical, retrieval, excerpts, numbers, vocabulary, evidence,
decision, explanation; answers, search, knowledge_base, which is where to begin.

What editors do to it: problems, golden, rehearsal; editions, durable, archive, differences,
library. How good it is: corpus, squad, measures, evaluation. Knows nothing of Telegram or the
terminal.
"""
