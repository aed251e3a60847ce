"""Whose words a sentence is, and who says them, if the document names them."""

from dataclasses import dataclass

from knowledge.quotes.demanding import announces_demands, demand_in, is_name
from knowledge.quotes.labels import Label, announces_titles, label_with
from knowledge.quotes.leads import lead_of, openings_of
from knowledge.quotes.speech import speaker_in
from knowledge.reading.passages import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Whose:
    """What a sentence is, and the stretch of the document that names who demands or speaks."""

    label: Label
    who: Sentence | None = None


def is_title(passage: Passage, sentence: Sentence) -> bool:
    """Return whether `sentence` of `passage` is in a list of what there is to read."""
    return _is_title(passage, lead_of(passage, sentence))


def whose_words(passage: Passage, sentence: Sentence) -> Whose:
    """Return whose words `sentence` of `passage` is.

    An item of a list demands if its lead announces demands, and is a title if its lead announces
    what there is to read.
    """
    document = passage.document
    text, language = passage.sentence_text(sentence), document.language
    demand = demand_in(text, language)
    label = label_with(text, demand)
    if demand is not None and label == "demand":
        if demand.who is not None:
            start, end = demand.who
            return Whose("demand", Sentence(sentence.start + start, sentence.start + end))
        return Whose("demand", _opening(passage) if demand.is_headless else None)
    lead = lead_of(passage, sentence)
    if _is_title(passage, lead):
        return Whose("title")
    if lead is not None and announces_demands(passage.sentence_text(lead), language):
        above = demand_in(passage.sentence_text(lead), language)
        if above is None or above.who is None:
            return Whose("demand")
        return Whose("demand", Sentence(lead.start + above.who[0], lead.start + above.who[1]))
    speaker = speaker_in(text, language)
    if speaker is None:
        return Whose(label)
    start, end = speaker
    return Whose(label, Sentence(sentence.start + start, sentence.start + end))


def _is_title(passage: Passage, lead: Sentence | None) -> bool:
    """Return whether what goes on from `lead` is a title."""
    language = passage.document.language
    return lead is not None and announces_titles(passage.sentence_text(lead), language)


def _opening(passage: Passage) -> Sentence | None:
    """Return the nearest opening above `passage` that names somebody who makes demands."""
    language = passage.document.language
    named = (o for o in openings_of(passage) if is_name(passage.sentence_text(o), language))
    return next(named, None)
