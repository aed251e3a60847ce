"""What editors do: editions, drafts, rehearsals with golden questions, publishing, history.

In come files, out comes a Snapshot that the bot answers from. Read `snapshots`, `archive` and
`library` first.
"""
