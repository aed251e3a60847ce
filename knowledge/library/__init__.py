"""What editors do: editions, drafts, rehearsals with golden questions, publishing, history.

Files come in; a Snapshot that the bot answers from goes out. Read `snapshots`, `archive` and
`library` first.
"""
