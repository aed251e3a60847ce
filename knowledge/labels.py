"""Whose words a sentence is: the Parliament's demand, somebody quoted, or the document's report.

So that no call and no allegation reads as a fact. English rules; a sentence in another language is
a quotation or a report.
"""

import re
from typing import Literal

Label = Literal["demand", "report", "quotation"]

# Who asks; "it" only where it opens the sentence and the verb follows.
_WHO = r"(?:Parliament|EP|MEPs?|[Rr]esolution)"
_IT = r"^\W*It(?: also| further| therefore| again)?"
# Asides and further verbs, but no other quotation and no clause with a subject of its own.
_BETWEEN = r"(?:(?!\b(?:who|whom|which|that|was|were)\b)[^.;“”\"]){0,400}?"
_ASKS = (
    r"(?:urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on|upon)|ask(?:s|ed|ing)? (?:for|that)"
    r"|insist(?:s|ed|ing)?|encourag(?:e|es|ed|ing)|demand(?:s|ed|ing)?|request(?:s|ed|ing)?)"
)
_DEMAND = re.compile(rf"(?:\b{_WHO}\b{_BETWEEN}|{_IT} )[“\"]?\b{_ASKS}\b")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


def label(sentence: str, language: str) -> Label:
    """Return whose words `sentence` is; more than half of a quotation stands in quotation marks."""
    if language == "en" and _DEMAND.search(sentence):
        return "demand"
    quoted = sum(len(match.group()) for match in _QUOTED.finditer(sentence))
    return "quotation" if quoted > len(sentence) / 2 else "report"
