"""The sentences that may answer a question, and whether the best of them does.

In comes a Question, out come quotes with a confidence, or what declined. Read `shelving` (what is
searched), `search` (ranked and decided) and `second_reading` (what the trained reader says) first.
"""
