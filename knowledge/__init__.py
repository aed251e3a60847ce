"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: readers, parsing (which runs them in a process of their own),
documents, passages; names, nominative, people, naming (whom a question names), display_names;
patterns, demanding, labels, leads, speech, whose, statements (whose words, and of whom); lexical,
overlap, word_vectors, trust, ranking, rows (of tables), retrieval; inflections, glossary, sought (a
question in the words of another language); disguises, questions, courtesy, kinds (of messages),
dictionaries, typed_letters, spelling (put right before all else), abbreviations, demand_words,
intents, personal, demands; attributes, agents, elsewhere (what must be given in so many words, or
not at all); rewording, decision, several, answers, search, about_people, person_card; candidates,
excerpts, numbers, written, reading_confidence, second_reading (what the trained reader says);
updates, versions, errata (what is shown beside a quote); shown, overview, about_documents (what is
said of documents themselves), carried (over from the conversation); knowledge_base.

What helps on where there is no answer: offers. What editors do to it: problems, golden, rehearsal,
verdicts; editions, durable, archive, differences, library. How good it is: corpus, squad, measures,
evaluation. Knows nothing of Telegram or the terminal.
"""
