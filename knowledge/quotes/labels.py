"""Whose words a sentence is: a parliament's demand, somebody quoted, the document's report, or no
more than a title that it lists.

So that no call and no allegation reads as a fact. The words that make a demand lie in
`languages/`; a sentence in a language without any is a quotation or a report.
"""

import re
from collections.abc import Mapping
from typing import Literal

from knowledge.quotes.demanding import Demand, demand_in
from knowledge.words.patterns import of_any, patterns

Label = Literal["demand", "report", "quotation", "title"]

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_CLAUSE_END = re.compile(rf";|, (?:{of_any('joining', 'clauses')})\b")
_NEAR_VERB = 14  # words before a verb of demand among which is who demands


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


def asked(sentence: str, language: str) -> tuple[str, ...]:
    """Return whom a demand asks to do something, in its words; none where that is not said.

    >>> asked("The EP urges the authorities to act and calls for calm.", "en")
    ('the authorities',)
    """
    whom = _words(language).get("whom")
    return tuple(m["whom"] for m in re.finditer(whom, sentence)) if whom else ()


def before_demands(sentence: str, language: str) -> tuple[str, ...] | None:
    """Return the words before each verb of demand, where who demands stands; None if not known.

    Kazakh has the verb last, far from them.
    """
    asks = _words(language).get("asks")
    if asks is None or "is_last" in _words(language):
        return None
    clauses = (
        _CLAUSE_END.split(sentence[: found.start()])[-1]
        for found in re.finditer(rf"\b(?:{asks})\b", sentence)
    )
    # After a comma goes on who speaks in the whole clause: "The EP voted on …, urging them".
    return tuple(
        " ".join(words[:_NEAR_VERB] if words[-1:] and words[-1][-1] == "," else words[-_NEAR_VERB:])
        for words in map(str.split, clauses)
    )


def announces_titles(line: str, language: str) -> bool:
    """Return whether `line` stands above a list of what there is to be read.

    >>> announces_titles("- Read our publications:", "en"), announces_titles("Read out:", "en")
    (True, False)
    """
    announces = patterns("titles").get(language, {}).get("announces")
    if announces is None:
        return False
    return re.fullmatch(rf"\W*{announces}:", line.strip()) is not None


def is_state(addressee: str, language: str) -> bool:
    """Return whether `addressee`, whom a demand asks, is a state: a government, authorities."""
    state = _words(language).get("state")
    return state is not None and re.search(rf"\b(?:{state})\b", addressee) is not None


def _words(language: str) -> Mapping[str, str]:
    return patterns("demands").get(language, {})
