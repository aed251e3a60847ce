"""Whose words a sentence is: a parliament's demand, somebody quoted, or the document's report.

So that no call and no allegation reads as a fact. The words that make a demand lie in
`demands.yaml`; a sentence in a language without any is a quotation or a report.
"""

import functools
import re
from importlib.resources import files
from typing import Literal

import yaml

Label = Literal["demand", "report", "quotation"]

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_FARTHEST = 400  # characters between who asks and the verb: asides and further verbs


def label(sentence: str, language: str) -> Label:
    """Return whose words `sentence` is; more than half of a quotation stands in quotation marks."""
    demand = _demand(language)
    if demand is not None and demand.search(sentence):
        return "demand"
    quoted = sum(len(match.group()) for match in _QUOTED.finditer(sentence))
    return "quotation" if quoted > len(sentence) / 2 else "report"


@functools.cache
def _words(language: str) -> dict[str, str]:
    table = yaml.safe_load(files("knowledge").joinpath("demands.yaml").read_text("utf-8"))
    return {key: pattern.replace(" |", "|") for key, pattern in table.get(language, {}).items()}


@functools.cache
def _demand(language: str) -> re.Pattern[str] | None:
    words = _words(language)
    if not words:
        return None
    # What lies between holds no other quotation and no clause with a subject of its own.
    between = rf"(?:(?!\b(?:{words['other_clause']})\b)[^.;“”\"]){{0,{_FARTHEST}}}?"
    who = rf"\b(?:{words['who']})\b{between}"
    return re.compile(rf"(?:{who}|^\W*{words['it']} )[“«\"]?\b(?:{words['asks']})\b")
