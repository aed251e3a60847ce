"""The names of people in running text.

A name consists of words that a tagger takes for parts of a person's name (`embeddings/tagger.py`),
with the initials and particles beside them. The tagger learned from many documents in three
languages.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.cache import Progress, encode_cached
from embeddings.tagger import NameTagger
from knowledge.people.name_parts import WORD, begins_with_capital, joins, suffix_after, words_of
from knowledge.people.name_words import (
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.people.names import fold
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, split
from knowledge.words.patterns import of_any, patterns

_LONGEST_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is named: `text[start:end]` of the document with this id."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Role:
    """Who somebody is, in the words of a document: its `text[start:end]`."""

    text: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in a text, where it stands, and the role that the words before it give."""

    name: str
    mention: Mention
    role: Role | None

    @property
    def is_full(self) -> bool:
        """Whether the name is of two words or more."""
        return len(words_of(self.name)) > 1


def capitalised(text: str) -> list[re.Match[str]]:
    """Return the words of `text` that can be parts of a name, by `begins_with_capital`."""
    return [word for word in WORD.finditer(text) if begins_with_capital(word.group())]


def candidates(
    documents: Sequence[Document],
    tagger: NameTagger,
    cache: Path | None,
    progress: Progress | None = None,
) -> Iterator[Candidate]:
    """Yield the names of people in `documents`, in order; some have one word only.

    `tagger` says which words are parts of names; `cache` is the file in which that is kept.
    """
    passages = [passage for document in documents for passage in split(document)]
    words = [capitalised(passage.text) for passage in passages]
    tagged = _tagged(passages, words, tagger, cache, progress)
    # Two words that are a name in one place are one wherever the document has them side by side.
    names = {
        _folded(passage.document, *pair)
        for passage, its_words, tags in zip(passages, words, tagged, strict=True)
        for pair, are_tagged in zip(pairwise(its_words), pairwise(tags), strict=True)
        if all(are_tagged)
    }
    for passage, its_words, tags in zip(passages, words, tagged, strict=True):
        text, document = passage.text, passage.document
        named = {word.start() for word, is_tagged in zip(its_words, tags, strict=True) if is_tagged}
        named |= {
            word.start()
            for pair in pairwise(its_words)
            if _folded(document, *pair) in names
            for word in pair
        }
        for name, start, end in _written(text, named):
            yield Candidate(
                name,
                Mention(document.id, passage.start + start, passage.start + end),
                _role(document, passage.start, text, start),
            )


def _folded(document: Document, *words: re.Match[str]) -> tuple[str, ...]:
    """Return the id of `document` and the keys of `words`: the same wherever they stand in it."""
    return document.id, *(fold(word.group()) for word in words)


def _tagged(
    passages: Sequence[Passage],
    words: Sequence[Sequence[re.Match[str]]],
    tagger: NameTagger,
    cache: Path | None,
    progress: Progress | None,
) -> list[list[bool]]:
    """Return, for each of `passages`, whether each of its `words` is part of a person's name.

    A word is judged by its log-odds where it stands and, with equal weight, by their mean over all
    places where its document has it.
    """
    texts = [passage.text for passage in passages]
    spans = [[word.span() for word in its_words] for its_words in words]
    if cache is None:
        encoded = tagger.encode_passages_and_words(texts, spans)
        probabilities = [of_text.words for of_text in encoded]
    else:
        kept = encode_cached(texts, tagger, cache, progress, spans).words
        probabilities = [np.divide(of_text, 127, dtype=np.float32) for of_text in kept]
    scored = [
        [
            (_folded(passage.document, word), score)
            for word, score in zip(its_words, _logits(of_text[:, 0]).tolist(), strict=True)
        ]
        for passage, its_words, of_text in zip(passages, words, probabilities, strict=True)
    ]
    everywhere: dict[tuple[str, ...], list[float]] = {}
    for word, score in chain.from_iterable(scored):
        everywhere.setdefault(word, []).append(score)
    means = {word: float(np.mean(scores)) for word, scores in everywhere.items()}
    return [[score + means[word] > 0 for word, score in of_passage] for of_passage in scored]


def _logits(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    p = np.clip(probabilities, 0.005, 0.995)
    logits: NDArray[np.float32] = np.log(p / (1 - p))
    return logits


def _runs(text: str, named: Set[int]) -> Iterator[list[re.Match[str]]]:
    """Yield the words of each name in `text`; `named` is where those begin that are tagged.

    Initials and particles go with a word beside them, and a given name with its patronymic.
    """
    run: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    for word in WORD.finditer(text):
        if run and not _continues(run[-1], word, text):
            yield from _whole(run, named)
            run = []
        is_part = word.start() in named or _is_initial(word.group())
        if not run and _is_word(word, text):
            is_part = False
        if is_part or (run and _is_particle(word.group())):
            if not run and before is not None and _is_before(before, word, text):
                run.append(before)
            run.append(word)
        else:
            yield from _whole(run, named)
            run = []
        before = word
    yield from _whole(run, named)


def _written(text: str, named: Set[int]) -> Iterator[tuple[str, int, int]]:
    """Yield each name in `text` with its start and end; `named` is where words of names begin.

    A suffix is part of the name, and "Bokayev, Max;" is Max Bokayev. The name
    has plain spaces, whatever the text has.
    """
    inverted = [match for match in _ENTRY.finditer(text) if _is_inverted(match, named)]
    names = [
        (f"{match['given'].rstrip('.')} {match['surname']}", *match.span("name"))
        for match in inverted
    ]
    for run in _runs(text, named):
        start = run[0].start()
        if any(match.start() <= start < match.end() for match in inverted):
            continue
        name = without_ending(text[start : run[-1].end()])
        _, end = suffix_after(text, start + len(name))
        end += _is_initial(run[-1].group()) and text[end : end + 1] == "."
        names.append((" ".join(text[start:end].split()), start, end))
    yield from sorted(names, key=lambda name: name[1])


def _is_inverted(entry: re.Match[str], named: Set[int]) -> bool:
    """Return whether `entry`, of a list, is a surname and then a given name."""
    surname, given = entry["surname"], WORD.findall(entry["given"])[0]
    if is_ordinary(surname) or is_a(surname, "places"):
        return False
    is_known = entry.start("surname") in named or has_surname_shape(surname)
    is_listed = ";" in {entry["before"], entry["after"]}
    return (len(given) == 1 and is_known) or (is_a(given, "given") and (is_known or is_listed))


def _is_particle(word: str) -> bool:
    return is_a(word, "particles") or joins(word)


def _is_given_before(word: re.Match[str], after: re.Match[str], text: str) -> bool:
    """Return whether `word` is the given name before the patronymic `after`."""
    return (
        has_patronymic_shape(after.group())
        and _continues(word, after, text)
        and is_capitalised(word.group())
        and len(word.group()) > 1
        and not is_ordinary(word.group())
        and not is_a(word.group(), "places")
    )


def _is_before(word: re.Match[str], after: re.Match[str], text: str) -> bool:
    """Return whether `word`, which is not tagged, belongs to the name that begins with `after`."""
    return _is_given_before(word, after, text) or _is_surname_before(word, after, text)


def _is_surname_before(word: re.Match[str], given: re.Match[str], text: str) -> bool:
    """Return whether `word` is the surname before a given name and its patronymic, in capitals all
    of them, as in lists. The tagger learned too little of such.
    """
    patronymic = WORD.search(text, given.end())
    return (
        patronymic is not None
        and has_patronymic_shape(patronymic.group())
        and _continues(given, patronymic, text)
        and _continues(word, given, text)
        and (word.group() + given.group()).isupper()
        and has_surname_shape(word.group())
        and not is_ordinary(word.group())
        and not is_a(word.group(), "places")
    )


def _whole(run: list[re.Match[str]], named: Set[int]) -> Iterator[list[re.Match[str]]]:
    """Yield `run`, without particles at its end, if it has a tagged word and is not too long."""
    while run and run[-1].group().islower() and not joins(run[-1].group()):
        run.pop()
    words = [word for word in run if not _is_particle(word.group())]
    if 1 <= len(words) <= _LONGEST_NAME and any(word.start() in named for word in run):
        yield run


def _is_word(letter: re.Match[str], text: str) -> bool:
    """Return whether `letter`, before a name, is a word that begins a sentence: "A"."""
    start, end = letter.span()
    return (
        end - start == 1
        and is_stop_word(letter.group())
        and text[end : end + 1] != "."
        and _BEGINNING.search(text[max(0, start - 3) : start]) is not None
    )


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


# "Bokayev, Max" between the marks that end the entries of a list.
_CAPITALISED = r"[^\W\d_a-z\u0430-\u044f\u0451][^\W\d_]*(?:-[^\W\d_]+)*"
_ENTRY = re.compile(
    rf"(?P<before>^|[:;\n•]|\d[.)])\s*(?P<name>(?P<surname>{_CAPITALISED}),"
    rf" (?P<given>{_CAPITALISED}(?:(?:(?<=\b\w)\. ?| ){_CAPITALISED})*(?:(?<=\b\w)\.)?))"
    r"(?=\s*(?P<after>$|[;\n(]|\.$))"
)
_BEGINNING = re.compile(r"(?:^|[.!?…:;—–\n])[\s«“„\"'(]*$")  # what stands before a sentence
GAP = re.compile(r"[ \u00a0\u202f]{1,2}")
_INITIAL_GAP = re.compile(r"\.[ \u00a0\u202f]?")
_ENDING = re.compile(rf"['’](?:{of_any('names', 'behind_apostrophes')})?$")


def without_ending(name: str) -> str:
    """Return `name` without an apostrophe at its end and what follows that: "Bokayev's"."""
    return _ENDING.sub("", name)


def _continues(last: re.Match[str], word: re.Match[str], text: str) -> bool:
    gap = text[last.end() : word.start()]
    if _ENDING.search(last.group()):
        return False
    return bool(GAP.fullmatch(gap) or (_is_initial(last.group()) and _INITIAL_GAP.fullmatch(gap)))


def is_capitalised(word: str) -> bool:
    """Return whether `word` begins with a capital and is not all in capitals."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _is_of(word: str, document: Document) -> bool:
    """Return whether `word`, a title or a word before one, belongs to the word before it by its
    ending: in "union chairman" some languages mark the second word so.
    """
    possessed = patterns("names").get(document.language, {}).get("possessed", "(?!)")
    match = re.fullmatch(possessed, word)
    if match is None:
        return False
    return match.groupdict().get("whole") is None or is_a(match["base"], "titles")


def _role(document: Document, offset: int, text: str, start: int) -> Role | None:
    """Return the words just before `start` that say who is named: "civil activist", "MEP"."""
    role_start = end = start
    for match in reversed(list(WORD.finditer(text, max(0, start - 60), start))):
        is_gap = GAP.fullmatch(text[match.end() : role_start]) is not None
        is_owner = role_start < start and _is_of(text[role_start:start].split()[0], document)
        is_owner = is_owner and not is_stop_word(match.group())  # "his wife" does not say whose
        if not is_gap or not (is_owner or is_a(match.group(), "titles")):
            break
        role_start = match.start()
    if role_start == start:
        return None
    end = start - 1
    return Role(text[role_start:end], document.id, offset + role_start, offset + end)
