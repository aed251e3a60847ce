"""The sentences that may answer a question, and whether the best of them does.

In comes a Question, out come quotes with a confidence, or the gate that declined. Read `shelving`
(what is searched), `search` (how it is ranked and decided) and `second_reading` (what the trained
reader finds) first.
"""
