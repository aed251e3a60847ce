"""Whose words a sentence is: a parliament's demand, somebody quoted, the document's report, or no
more than a title that it lists.

So that no call and no allegation reads as a fact. The words that make a demand lie in
`languages/`; a sentence in a language without any is a quotation or a report.
"""

import re
from typing import Literal

from knowledge.quotes.demanding import Demand, demand_in
from knowledge.words.patterns import patterns

Label = Literal["demand", "report", "quotation", "title"]

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


def label(sentence: str, language: str) -> Label:
    """Return whose words `sentence` is; more than half of a quotation stands in quotation marks."""
    return label_with(sentence, demand_in(sentence, language))


def label_with(sentence: str, demand: Demand | None) -> Label:
    """Return whose words `sentence` is, in which `demand` was found."""
    quotations = list(_QUOTED.finditer(sentence))
    quoted = sum(len(match.group()) for match in quotations)
    is_quotation = quoted > len(sentence) / 2
    if demand is not None:
        start = demand.who[0] if demand.who else demand.start
        is_said_in_it = any(one.start() <= start and demand.end <= one.end() for one in quotations)
        if not (is_quotation and is_said_in_it):
            return "demand"
    return "quotation" if is_quotation else "report"


def demanded(sentence: str, language: str) -> str:
    """Return what of `sentence` follows the verb by which it demands; all of it if it does not.

    >>> demanded("In light of this, the EP urges the authorities to act.", "en")
    ' the authorities to act.'
    """
    found = demand_in(sentence, language)
    return sentence[found.end :] if found else sentence


def announces_titles(line: str, language: str) -> bool:
    """Return whether `line` stands above a list of what there is to be read.

    >>> announces_titles("- Read our publications:", "en"), announces_titles("Read out:", "en")
    (True, False)
    """
    announces = patterns("titles").get(language, {}).get("announces")
    if announces is None:
        return False
    return re.fullmatch(rf"\W*{announces}:", line.strip()) is not None
