"""Documents, the passages and sentences in them, and the answers they hold.

Read in the order of the flow: readers, parsing (which runs them in a process of their own),
documents, passages; names, people, naming (whom a question names);
demanding, labels, leads, speech, whose, statements (whose words,
and of whom); lexical, overlap, word_vectors, trust, ranking, retrieval; inflections, glossary,
sought (a question in the words of another language); disguises, questions, courtesy, kinds (of
messages), dictionaries, typed_letters, spelling (put right before all else), abbreviations,
demand_words, intents, personal, demands; attributes, agents,
elsewhere (what must be given in so many words, or not at all); rewording, decision, several,
answers, search, about_people; candidates, excerpts, numbers, written, reading_confidence,
second_reading (what the trained reader says); knowledge_base.

What editors do to it: problems, golden, rehearsal; editions, durable, archive, differences,
library. How good it is: corpus, squad, measures, evaluation. Knows nothing of Telegram or the
terminal.
"""
