"""What a sentence is: a demand, a quotation, the document's own report, or a title that it lists.

This keeps calls and allegations from being read as facts. The words that make a demand are in
`languages/`; in a language without them, a sentence is a quotation or a report.
"""

import re
from collections.abc import Mapping
from typing import Literal

from knowledge.quotes.demanding import Demand, demand_in
from knowledge.words.patterns import of_any, patterns

Label = Literal["demand", "report", "quotation", "title"]

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_CLAUSE_END = re.compile(rf";|, (?:{of_any('joining', 'clauses')})\b")
_ASKS_FOR_TITLES = re.compile(of_any("titles", "asks"))
_NEAR_VERB = 14  # words before a verb of demand among which who demands is looked for


def label(sentence: str, language: str) -> Label:
    """Return what `sentence` is. More than half of a quotation stands in quotation marks."""
    return label_with(sentence, demand_in(sentence, language))


def label_with(sentence: str, demand: Demand | None) -> Label:
    """Return what `sentence` is, in which `demand` was found."""
    quotations = list(_QUOTED.finditer(sentence))
    quoted = sum(len(match.group()) for match in quotations)
    is_quotation = quoted > len(sentence) / 2
    if demand is not None:
        start = demand.who[0] if demand.who else demand.start
        is_quoted = any(q.start() <= start and demand.end <= q.end() for q in quotations)
        if not (is_quotation and is_quoted):
            return "demand"
    return "quotation" if is_quotation else "report"


def demanded(sentence: str, language: str) -> str:
    """Return what follows the verb of demand in `sentence`; all of it if it does not demand.

    >>> demanded("In light of this, the EP urges the authorities to act.", "en")
    ' the authorities to act.'
    """
    demand = demand_in(sentence, language)
    return sentence[demand.end :] if demand else sentence


def asked(sentence: str, language: str) -> tuple[str, ...]:
    """Return those whom the demand `sentence` asks to do something, in its words; () if unsaid.

    >>> asked("The EP urges the authorities to act and calls for calm.", "en")
    ('the authorities',)
    """
    whom = _words(language).get("whom")
    return tuple(m["whom"] for m in re.finditer(whom, sentence)) if whom else ()


def before_demands(sentence: str, language: str) -> tuple[str, ...] | None:
    """Return the words before each verb of demand, among which who demands is named.

    None if they are not known, as in Kazakh, where the verb stands last, far from the name.
    """
    asks = _words(language).get("asks")
    if asks is None or "is_last" in _words(language):
        return None
    clauses = (
        _CLAUSE_END.split(sentence[: verb.start()])[-1]
        for verb in re.finditer(rf"\b(?:{asks})\b", sentence)
    )
    # After a comma the subject of the whole clause speaks on: "The EP voted on …, urging them".
    return tuple(
        " ".join(words[:_NEAR_VERB] if words[-1:] and words[-1][-1] == "," else words[-_NEAR_VERB:])
        for words in map(str.split, clauses)
    )


def announces_titles(line: str, language: str) -> bool:
    """Return whether `line` announces a list of what there is to read.

    >>> announces_titles("- Read our publications:", "en"), announces_titles("Read out:", "en")
    (True, False)
    """
    announces = patterns("titles").get(language, {}).get("announces")
    if announces is None:
        return False
    return re.fullmatch(rf"\W*{announces}:", line.strip()) is not None


def asks_for_titles(question: str) -> bool:
    """Return whether `question` may ask for what there is to read, and so for titles.

    What a title speaks of is nothing that the document says. Nobody asks for one in the corpus.

    >>> asks_for_titles("Which publications are listed?"), asks_for_titles("Who is listed?")
    (True, False)
    """
    return _ASKS_FOR_TITLES.search(question) is not None


def is_state(addressee: str, language: str) -> bool:
    """Return whether `addressee`, whom a demand asks, is a state: a government, authorities."""
    state = _words(language).get("state")
    return state is not None and re.search(rf"\b(?:{state})\b", addressee) is not None


def _words(language: str) -> Mapping[str, str]:
    return patterns("demands").get(language, {})
