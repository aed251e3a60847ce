"""Rapporteur as people meet it: the command line, the terminal chat and the Telegram bot.

In come settings, a question or an update; out comes an Answer of `knowledge`, put into words. Read
`cli`, `talking` (the shortest way from a question to words) and `desk` first.

    command line, terminal   cli, console, inspection, talking, terminal, answer_json
    opening the documents    settings, preparing, opening, errors
    evaluating               evaluating, evaluation_report, evaluation_page, plots
    running on Telegram      starting, token_check, serving, application, introduction, supervision,
                             logs, metrics
    incoming updates         polling, webhook, arrivals, backlog, forms, asked, concurrency, turns
    outgoing calls           requests, limiter, pace, unchanged
    answering, remembering   desk, conversation, tally, allowance
    words of an answer       wording, document_wording, untappable
    messages and buttons     messages, document_messages, person_cards, cards, buttons,
                             document_buttons
    what editors do          editors, jobs, editing_process, corrections, drafts, reports, albums,
                             gaps, keeping

`handlers` holds a handler for each kind of update, `texts` the bot's own words, and `shared` the
state that several processes have in common.
"""
