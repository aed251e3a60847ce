"""Whose words a sentence is, and who says them where the document names them."""

from dataclasses import dataclass

from knowledge.labels import Label, label
from knowledge.passages import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Whose:
    """What a sentence is, and the stretch of the document that names who demands or speaks."""

    label: Label
    who: Sentence | None = None


def whose_words(passage: Passage, sentence: Sentence) -> Whose:
    """Return whose words `sentence` of `passage` is."""
    return Whose(label(passage.sentence_text(sentence), passage.document.language))
