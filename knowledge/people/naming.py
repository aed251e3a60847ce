"""Whom a question names: one person, several who share a name, somebody like them, or a stranger.

Only equal keys name a person (`exact`, `shared`). A near miss is asked back about, and a known
surname with another first name is a stranger, since that is another person. Everything is looked
up in tables made once, so that a question costs the same beside ten people or ten thousand.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from rapidfuzz import fuzz

from knowledge.people.likeness import Likeness, are_heard_alike, begin_alike
from knowledge.people.name_parts import (
    WORD,
    begins_with_capital,
    contradict,
    initial,
    is_fit,
    joins,
    middle,
    parts,
    suffix_after,
    suffix_of,
)
from knowledge.people.name_words import (
    has_ordinary_shape,
    has_patronymic_shape,
    has_surname_shape,
    is_a,
    is_ordinary,
    is_stop_word,
)
from knowledge.people.names import fold, keys, readings
from knowledge.people.names_in_text import lower_case_words
from knowledge.people.people import Person
from knowledge.people.surname_forms import is_in_doubt, is_womans, is_womans_form
from knowledge.reading.documents import Document
from knowledge.words.lexical import terms

Outcome = Literal["exact", "shared", "near", "stranger"]

_NEAR = 85.0  # per cent of letters in common; notes on 165 Kazakh names: finds all, 2 % wrong
_NEAR_IN_PAIR = 60.0  # the least for one half of a name whose whole is near
_SLIP_OF_FIRST = 70.0  # the same for a given name that begins with another sound
_SUGGESTIONS = 4
_MOST_BASES = 4  # of a word in some case
_OF_MANY_FORMS = ("ru", "kk")  # languages in which endings tell apart the forms of a word
_ADJECTIVE = re.compile(r"ск(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ом|их|ими)$")  # of a place, a people
_GENITIVE = re.compile(r"[нтд][ыі]ң$")  # in Kazakh


# How the surnames of the region end that are no English words; in small letters.
_SURNAME_IN_ENGLISH = re.compile(
    r"[a-z]{2,}(?:[aeiy]ev|[a-z]ov|[aeiy]eva|[a-z]ova|enko|bek|zhan|shvili)$"
)
# Where a question without capitals has somebody's name, if it has one there.
_PLACE_OF_NAME = re.compile(
    r"\b(?:did|does|has)\s+(?P<speaker>\w+)\s+(?:say|said|tell|told|think|demand|write|claim)\b"
    r"|^\W*who(?:'s| is| was)\s+(?P<who>\w+)\W*$"
    r"|^\W*кто так(?:ой|ая)\s+(?P<kto>\w+)\W*$|^\W*(?P<kim>\w+)\s+(?:деген\s+)?кім\W*$"
    r"|\bчто (?:сказал|говорил|заявил)а?\s+(?P<govorit>\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in a question, `question[start:end]`, and whom it can mean.

    `exact` means one person, `shared` those who bear the name, `near` those whose names are like
    it (a suggestion, never an answer), best first; a `stranger` is nobody in the documents.
    """

    outcome: Outcome
    people: tuple[Person, ...]
    start: int
    end: int


def without_namings(question: str, namings: Sequence[Naming]) -> str:
    """Return `question` with a space in place of each of `namings`, which are in its order."""
    for naming in reversed(namings):
        question = f"{question[: naming.start]} {question[naming.end :]}"
    return question


@dataclass(slots=True)
class _Word:
    """A word of a question, and what is known of it."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    given: frozenset[int]
    surname: frozenset[int]
    is_capital: bool
    is_initial: bool
    is_adjacent: bool  # to the word before, with only space between
    is_used: bool = False
    suffix: str = ""  # of what tells a son from his father: "jr"
    lead: int = 0  # where its particles begin, or else itself: "bin" of bin Laden

    @property
    def bearers(self) -> frozenset[int]:
        return self.given | self.surname


_NOBODY: frozenset[int] = frozenset()
_Table = dict[str, frozenset[int]]


class People:
    """Everybody whom the documents name, ready to be recognised in a question."""

    def __init__(self, people: Sequence[Person], documents: Sequence[Document] = ()) -> None:
        """Prepare `people`, in document order.

        What else `documents` write with a capital letter is taken for no stranger.
        """
        self.people = tuple(people)
        given: dict[str, set[int]] = {}
        surname: dict[str, set[int]] = {}
        half: dict[str, set[int]] = {}
        for row, person in enumerate(self.people):
            for name in (person.name, *person.aliases):
                # A name only found may stand in a case of its own language.
                forms = readings if person.is_curated else keys
                given_words, surname_words = parts(name)
                of_surname = readings if is_womans(name) else forms
                _enter(given, given_words, forms, row)
                _enter(surname, surname_words, of_surname, row)
                halves = [h for w in surname_words if "-" in w for h in w.split("-")]
                _enter(half, halves, forms, row)
        self._given: _Table = {key: frozenset(rows) for key, rows in given.items()}
        self._surname: _Table = {key: frozenset(rows) for key, rows in surname.items()}
        self._half_surname: _Table = {key: frozenset(rows) for key, rows in half.items()}
        self._full_names = [_full_names(person) for person in self.people]
        self._like = Likeness([*self._given, *self._surname])
        self._vocabulary = _capitalised(documents, self.people)
        self._lower_case = lower_case_words(documents)
        self._lower_case_stems = _lower_case_stems(documents)
        is_ordinary("")  # reads the lists of words now rather than within the first question

    def resolve(self, question: str) -> tuple[Naming, ...]:
        """Return every name in `question`, in its order; none if it names nobody.

        "Was Aset Abishev tried with Bokayev?" gives two that are exact, "Abishev" one that two
        people share, "Maks Bokaeyv" one near Maks Bokayev, "Serik Bokayev" a stranger.
        """
        words, has_case = self._read(question)
        namings = [
            *self._full(words, has_case),
            *self._parts(words, has_case),
            *self._unknown(words, has_case),
        ]
        if not has_case:
            namings += self._in_place(question, words, namings)
        if any(naming.outcome == "exact" for naming in namings):
            # Beside a name, a word in small letters that is like one is a word.
            namings = [
                naming
                for naming in namings
                if naming.outcome != "near" or not question[naming.start : naming.end].islower()
            ]
        namings.sort(key=lambda naming: naming.start)
        return tuple(_settled(namings))

    # --- Words ------------------------------------------------------------------------------------

    def _read(self, question: str) -> tuple[list[_Word], bool]:
        """Return the words of `question`, and whether its capitals tell anything."""
        matches = list(WORD.finditer(question))
        has_case = _has_case([match.group() for match in matches])
        words: list[_Word] = []
        end, lead = 0, -1
        for place, match in enumerate(matches):
            text = match.group()
            if match.start() < end:
                continue  # the "Jr." of the word before
            after = matches[place + 1].group() if place + 1 < len(matches) else ""
            gap = question[words[-1].end : match.start()] if words else ""
            if gap.isspace() and joins(text) and self._may_be_father(words[-1], has_case):
                self._joined_patronymic(words[-1], match)
                continue
            is_within = bool(words) and words[-1].is_capital and gap.isspace()
            if _is_particle(text, after, has_case, is_within=is_within):
                lead = match.start() if lead < 0 else lead
                continue
            suffix, end = suffix_after(question, match.end()) if words else ("", match.end())
            words.append(self._word(question, match, gap, words, has_case))
            if suffix and words[-1].is_adjacent:
                words[-1].suffix, words[-1].end = suffix, end
            end = words[-1].end
            words[-1].lead, lead = (match.start() if lead < 0 else lead), -1
        for one, other, after_both in zip_longest(words, words[1:], words[2:]):
            if other is not None and self._is_turned(question, one, other, after_both):
                other.is_adjacent = True
        return words, has_case

    def _word(
        self,
        question: str,
        match: re.Match[str],
        gap: str,
        words: Sequence[_Word],
        has_case: bool,
    ) -> _Word:
        """Return the word of `question` found, after those read before it."""
        text = match.group()
        between = [word for word in gap.split() if not is_a(word, "particles")]
        is_adjacent = bool(words) and (
            (not between and gap != "" and "\n" not in gap)
            or (words[-1].is_initial and gap.strip() == "." and len(gap) < 3)
        )
        word_keys = keys(text)
        return _Word(
            text,
            match.start(),
            match.end(),
            word_keys,
            _rows(self._given, word_keys),
            _rows(self._surname, word_keys),
            begins_with_capital(text) and has_case and not _is_abbreviation(text),
            _is_initial(text, question[match.end() : match.end() + 1], has_case),
            is_adjacent,
        )

    def _may_be_father(self, word: _Word, has_case: bool) -> bool:
        """Return whether `word` may name whose son or daughter somebody is: кімнің қызы asks."""
        if has_case and not word.is_capital:
            return False
        return bool(word.given) or not is_stop_word(word.text)

    def _joined_patronymic(self, word: _Word, match: re.Match[str]) -> None:
        """Make a patronymic of `word` and of what follows it: Болат улы."""
        word.text, word.end = word.text + match.group(), match.end()
        word.keys = keys(word.text)
        word.given, word.surname = _rows(self._given, word.keys), _rows(self._surname, word.keys)

    def _is_turned(self, question: str, one: _Word, other: _Word, after: _Word | None) -> bool:
        """Return whether "Bokayev, Max" names one person, the surname first, and not two."""
        if question[one.end : other.start] != ", " or not one.surname or one.given:
            return False
        if after is not None and after.is_adjacent and (after.surname or after.is_capital):
            is_more = has_patronymic_shape(after.text) or after.is_initial
            if not is_more:
                return False  # Bokayev, Aron Atabek
        return (
            bool(one.surname & other.given)
            or other.is_initial
            or (not other.surname and is_a(other.text, "given"))
        )

    # --- Whole names ------------------------------------------------------------------------------

    def _full(self, words: list[_Word], has_case: bool) -> Iterator[Naming]:
        """Yield the names given in full, longest first, and mark their words as used."""
        for length in (4, 3, 2):
            for first in range(len(words) - length + 1):
                window = words[first : first + length]
                if any(w.is_used for w in window) or not all(w.is_adjacent for w in window[1:]):
                    continue
                if first and window[0].is_adjacent and words[first - 1].is_initial:
                    continue  # S. Bokayev of I. S. Bokayev
                rows = self._bearers_of(window)
                if not rows:
                    continue
                if has_case and all(word.text in self._lower_case for word in window):
                    # "темір жолы" is a railway, though a company is named so.
                    for word in window:
                        word.is_used = True
                    continue
                after = words[first + length] if first + length < len(words) else None
                if after is not None and self._goes_on(window, after):
                    yield self._naming(rows, [*window, after], "near")
                else:
                    yield self._told_apart(rows, window)

    def _bearers_of(self, window: Sequence[_Word]) -> frozenset[int]:
        """Return who bears all words of `window` as a name, given name and surname among them.

        A patronymic or a second initial may stand in it; the first initial must fit.
        """
        initials = [word for word in window if word.is_initial]
        named = [word for word in window if not word.is_initial and word.bearers]
        rest = [word for word in window if not word.is_initial and not word.bearers]
        if not named or len(rest) > 1 or not all(self._may_be_middle(w, window) for w in rest):
            return _NOBODY
        if window[0] in rest:
            return _NOBODY
        if rest and len(window) == 2:
            return frozenset(
                row for row in named[0].given if _bears_patronymic(rest[0].text, self.people[row])
            )
        if len(named) < 2 and not initials:
            return _NOBODY
        rows = frozenset.intersection(*(word.bearers for word in named))
        if len(named) >= 2:
            return frozenset(
                row
                for row in rows
                if any(row in w.surname for w in named) and any(row in w.given for w in named)
            )
        starts = _initial_keys(initials[0].text)
        return frozenset(
            row
            for row in rows
            if row in named[0].surname
            and any(given.startswith(starts) for given in _given_or_initials(self.people[row]))
        )

    def _may_be_middle(self, word: _Word, window: Sequence[_Word]) -> bool:
        """Return whether `word` may be a patronymic or a further given name within `window`."""
        if has_patronymic_shape(word.text):
            return True
        is_within = word is not window[0] and word is not window[-1]
        return is_within and (word.is_capital or is_a(word.text, "given"))

    def _told_apart(self, rows: frozenset[int], window: Sequence[_Word]) -> Naming:
        """Return which of `rows`, who bear given name and surname of `window`, it means.

        Another patronymic is another person's; one letter of it may be a slip.
        """
        asked = " ".join(word.text for word in window)
        suffix = next((word.suffix for word in window if word.suffix), "")
        own = frozenset(row for row in rows if _may_be(asked, self.people[row]))
        if not own:
            slips = frozenset(row for row in rows if _is_slip(asked, self.people[row]))
            return self._naming(slips, window, "near" if slips else "stranger")
        if suffix:
            of_suffix = frozenset(row for row in own if suffix in _suffixes(self.people[row]))
            if not of_suffix:
                plain = frozenset(row for row in own if "" in _suffixes(self.people[row]))
                return self._naming(plain, window, "near" if plain else "stranger")
            own = of_suffix
        is_told_more = any(not w.bearers and not has_patronymic_shape(w.text) for w in window)
        if is_told_more and not any(w.is_initial for w in window):
            named = frozenset(row for row in own if _has_middle(self.people[row]))
            return self._naming(named or own, window, None if named else "near")
        return self._naming(own, window)

    def _goes_on(self, window: Sequence[_Word], after: _Word) -> bool:
        """Return whether `after` makes another name of a full one: Julia Ward Howe."""
        return (
            after.is_adjacent
            and not after.is_used
            and not after.bearers
            and (after.is_capital or not window[-1].is_capital)
            and (after.is_capital or has_surname_shape(after.text))
            and len(after.text) > 2
            and not is_ordinary(after.text)
            and not has_patronymic_shape(after.text)
            and not is_a(after.text, "places")
            and not self._vocabulary & set(after.keys)
        )

    def _naming(
        self, rows: frozenset[int], window: Sequence[_Word], outcome: Outcome | None = None
    ) -> Naming:
        for word in window:
            word.is_used = True
        people = tuple(self.people[row] for row in sorted(rows))
        outcome = outcome or ("exact" if len(people) == 1 else "shared")
        return Naming(outcome, people, window[0].lead, window[-1].end)

    # --- Half a name ------------------------------------------------------------------------------

    def _parts(self, words: list[_Word], has_case: bool) -> Iterator[Naming]:
        """Yield the names given by half, alone or beside a half that is another's."""
        for place, word in enumerate(words):
            if word.is_used or not word.bearers:
                continue
            after = words[place + 1] if place + 1 < len(words) else None
            before = words[place - 1] if place and word.is_adjacent else None
            if after is not None and not after.is_adjacent:
                after = None
            if not word.is_capital and (
                self._is_common(word)
                or (has_case and not word.surname and word.text in self._lower_case)
            ):
                # "санат" is a word as well; beside its other half it was found above.
                continue
            window = [word]
            is_doubtful = False
            for other, is_before in ((before, True), (after, False)):
                if other is None or other.is_used:
                    continue
                half = self._half(word, other, is_before, other is words[0], has_case)
                if half != "no":
                    window = [other, *window] if is_before else [*window, other]
                    if is_before and place > 1 and _is_given_before(words[place - 2], other):
                        window.insert(0, words[place - 2])
                    is_doubtful = is_doubtful or half == "maybe"
            if len(window) == 1:
                # Henry may be the Thoreau of the documents, or the king they name elsewhere.
                if not self._vocabulary & set(word.keys):
                    is_doubtful = all(_may_be_hers(word, self.people[r]) for r in word.bearers)
                    yield self._naming(word.bearers, window, "near" if is_doubtful else None)
                elif self._is_all_asked_about(word, words):
                    yield self._naming(word.bearers, window, "near")
                continue
            for part in window:
                part.is_used = True
            like = self._near(window)
            if not like and is_doubtful:
                like = tuple(self.people[row] for row in sorted(word.bearers)[:_SUGGESTIONS])
            outcome: Outcome = "near" if like else "stranger"
            yield Naming(outcome, like, window[0].lead, window[-1].end)

    def _is_common(self, word: _Word) -> bool:
        text = word.text.lower()
        return is_stop_word(text) or is_a(text, "ordinary")

    def _half(
        self, known: _Word, other: _Word, is_before: bool, is_first: bool, has_case: bool
    ) -> Literal["name", "maybe", "no"]:
        """Return whether `other`, beside `known`, is the other half of somebody else's name.

        A capital says so within a question that has any. Without, words are known by lists and
        shapes, and what is not known counts as a name before a surname, as "maybe" elsewhere.
        """
        text = other.text
        if other.is_initial:
            return "name"
        if len(text) == 1 or is_stop_word(text):
            return "no"
        if other.bearers:  # of another person, or `_full` had taken them together
            both_surnames = not known.given and not other.given
            return "no" if both_surnames or self._is_common(other) else "name"
        if is_a(text, "given"):
            return "name"
        if is_ordinary(text) or is_a(text, "places") or text.lower() in self._lower_case:
            return "no"
        if other.is_capital and not is_first:
            # Karimova, whom the documents name without a given name, is no Rustam.
            is_surname = known.given and has_surname_shape(text) and not is_a(text, "bodies")
            return "no" if self._vocabulary & set(other.keys) and not is_surname else "name"
        if has_case and known.is_capital and (text.islower() or not is_first):
            return "no"
        if has_surname_shape(text) or has_patronymic_shape(text):
            return "name"
        if has_ordinary_shape(text, after_name=not is_before):
            return "no"
        return "name" if is_before and known.surname else "maybe"

    # --- Names of nobody here ---------------------------------------------------------------------

    def _unknown(self, words: list[_Word], has_case: bool) -> Iterator[Naming]:
        """Yield what looks like a name and is nobody's: near somebody's, or a stranger's."""
        for run in self._runs(words, has_case):
            like = self._near(run, is_heard=self._may_be_misheard(run[0], words, has_case))
            if like:
                yield Naming("near", like, run[0].lead, run[-1].end)
            elif self._is_name(run, words):
                yield Naming("stranger", (), run[0].lead, run[-1].end)

    def _may_be_misheard(self, word: _Word, words: Sequence[_Word], has_case: bool) -> bool:
        """Return whether `word` stands as a name does: it is all that is asked about, has a capital
        where a word has none, or ends as surnames do where capitals tell nothing.
        """
        if self._is_all_asked_about(word, words):
            return True
        if has_case:
            return word.is_capital and word is not words[0]
        return has_surname_shape(word.text)

    def _is_all_asked_about(self, word: _Word, words: Sequence[_Word]) -> bool:
        return all(other is word or other.is_used or is_ordinary(other.text) for other in words)

    def _in_place(
        self, question: str, words: Sequence[_Word], namings: Sequence[Naming]
    ) -> Iterator[Naming]:
        """Yield the stranger who stands where a name would, "what did putin say", or is called as
        people of the region are: "why was tokayev sentenced".
        """
        place = _PLACE_OF_NAME.search(question.lower())
        start = (
            max((place.start(group) for group in place.groupdict()), default=-1) if place else -1
        )
        for word in words:
            is_known = (
                word.is_used
                or word.bearers
                or len(word.text) < 3
                or is_ordinary(word.text)
                or is_a(word.text, "places")
                or word.text.lower() in self._lower_case
                or self._vocabulary & set(word.keys)
                or any(naming.start <= word.start < naming.end for naming in namings)
            )
            is_in_place = word.start == start or _SURNAME_IN_ENGLISH.match(word.text)
            if is_in_place and not is_known:
                yield Naming("stranger", (), word.start, word.end)

    def _runs(self, words: Sequence[_Word], has_case: bool) -> Iterator[list[_Word]]:
        run: list[_Word] = []
        is_in_body = False  # Radio Liberty, Nazarbayev University
        writes_capitals = has_case and any(word.is_capital for word in words[1:])
        for word in words:
            if not word.is_adjacent:
                if run and not is_in_body:
                    yield run
                run, is_in_body = [], False
            is_heard = not writes_capitals and self._may_be_misheard(word, words, has_case)
            if self._may_be_name(
                word, has_case, writes_capitals=writes_capitals, is_heard=is_heard
            ):
                if run and _GENITIVE.search(run[-1].text):
                    yield run  # what ends a name ends its last word
                    run = []
                run.append(word)
                continue
            is_body = word.is_capital and is_a(word.text, "bodies")
            if run and not (is_in_body or is_body):
                yield run
            run, is_in_body = [], is_body
        if run and not is_in_body:
            yield run

    def _may_be_name(
        self, word: _Word, has_case: bool, *, writes_capitals: bool, is_heard: bool
    ) -> bool:
        if word.is_used or word.bearers:
            return False
        if word.is_initial:
            return True
        if len(word.text) < 3 or is_stop_word(word.text):
            return False
        if is_a(word.text, "bodies") or is_a(word.text, "places"):
            return False
        if is_a(word.text, "given"):
            return True
        if is_ordinary(word.text) or word.text.lower() in self._lower_case:
            return False
        if word.is_capital:
            return not self._vocabulary & set(word.keys)
        if self._is_written_small(word.text):
            return False
        like = self._like.to(word.keys, _NEAR)
        if is_heard:
            like += self._like.heard(word.keys)
        if writes_capitals:
            # Beside other names in capitals, жанр is no misspelled Жан; bokaeyv may be Bokayev.
            like = [(key, ratio) for key, ratio in like if key in self._surname]
        return bool(like) or (not has_case and has_surname_shape(word.text))

    def _is_written_small(self, word: str) -> bool:
        """Return whether a document writes `word` in small letters, in whatever form."""
        return any(
            not stems.isdisjoint(terms(word, language))
            for language, stems in self._lower_case_stems.items()
        )

    def _is_name(self, run: Sequence[_Word], words: Sequence[_Word]) -> bool:
        """Return whether `run`, near nobody, is somebody's name rather than a place or a body."""
        is_given = any(is_a(word.text, "given") for word in run)
        is_shaped = any(
            has_surname_shape(word.text) or has_patronymic_shape(word.text) for word in run
        )
        if not all(word.is_capital for word in run):
            return is_given and is_shaped and len(run) > 1
        before = [word.text.lower() for word in words if word.end <= run[0].start][-2:]
        if len(before) == 2 and before[1] in {"of", "for"} and is_a(before[0], "bodies"):
            return False  # Ministry of Internal Affairs
        whole = [word for word in run if not word.is_initial]
        if len(run) == 1 and self._is_adjective(run[0], words):
            return False
        if len(whole) > 1 or (whole and is_shaped):
            return True
        # One word that no document writes may be a thing, unless it is all that is asked about.
        others = [word for word in words if word not in run and not is_stop_word(word.text)]
        return bool(whole) and not others and (is_given or whole[0] is not words[0])

    def _is_adjective(self, word: _Word, words: Sequence[_Word]) -> bool:
        """Return whether `word` is one before a noun: "в Османской империи", which documents call
        "османской" too, that of a body, "Внешнеполитическая служба", or that of what they name:
        "Актауского городского суда".
        """
        after = [other for other in words if other.start > word.start][:1]
        return _ADJECTIVE.search(word.text) is not None and any(
            other.is_adjacent
            and other.text.islower()
            and (
                self._is_written_small(word.text)
                or is_a(other.text, "bodies")
                or not self._vocabulary.isdisjoint(keys(_ADJECTIVE.sub("", word.text)))
            )
            for other in after
        )

    def _near(self, window: Sequence[_Word], *, is_heard: bool = False) -> tuple[Person, ...]:
        """Return whose names are like that in `window`, best first.

        `is_heard` says that one word alone may also be a surname that is only heard alike.
        """
        rows: dict[int, float] = {}
        named = [word for word in window if not word.is_initial]
        if len(named) == 1 == len(window):
            found = self._like.to(named[0].keys, _NEAR)
            rows = _best(found, self._given) | _best(found, self._surname)
            if is_heard and not is_a(named[0].text, "given"):
                rows = _best(self._like.heard(named[0].keys), self._surname) | rows
        elif len(named) > 1:
            for row in self._alike_in_part(named):
                ratio = _full_ratio(named, self._full_names[row])
                if ratio >= _NEAR or _is_heard_alike(named, self._full_names[row]):
                    rows[row] = ratio
        if not rows:
            like = self._of_half_surname(named) | self._of_initials(named)
            rows = dict.fromkeys(like, _NEAR)
        best = sorted(rows, key=lambda row: (-rows[row], row))[:_SUGGESTIONS]
        return tuple(self.people[row] for row in best)

    def _of_half_surname(self, named: Sequence[_Word]) -> frozenset[int]:
        """Return who bears a double surname of which `named` has one half: Петров of
        Петров-Водкин, alone or beside the given name.
        """
        if len(named) > 2:
            return _NOBODY
        found = frozenset[int]().union(*(_rows(self._half_surname, word.keys) for word in named))
        return found.intersection(*(word.given for word in named if word.given))

    def _of_initials(self, named: Sequence[_Word]) -> frozenset[int]:
        """Return who bears a surname of `named` and is known by initials alone, which fit."""
        asked = " ".join(word.text for word in named)
        bearers = frozenset[int]().union(*(word.surname for word in named))
        return frozenset(
            row
            for row in bearers
            if len(named) > 1
            and any(
                not parts(name)[0]
                and fold(parts(asked)[0][0] if parts(asked)[0] else asked).startswith(initial(name))
                and not contradict(asked, name)
                for name in (self.people[row].name, *self.people[row].aliases)
            )
        )

    def _alike_in_part(self, named: Sequence[_Word]) -> set[int]:
        """Return who bears a word of `named`, or one like it."""
        rows: set[int] = set()
        for word in named:
            rows |= word.surname or word.given
            alike = {key for key, _ in self._like.to(word.keys, _NEAR - 7)}
            for key in alike.union(key for key, _ in self._like.heard(word.keys)):
                rows |= self._surname.get(key, _NOBODY) or self._given.get(key, _NOBODY)
        return rows


_SMALL_IN_TITLES = {
    "a",
    "an",
    "and",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
}
_PARTICLES_IN_CAPITALS = {"Bin", "Ibn", "Van", "Von", "Der", "De", "La", "Del"}
_INITIALS_OF_TWO = {"Zh", "Kh", "Sh", "Ch", "Yu", "Ya", "Ye", "Dzh", "Dj", "Дж"}


def _best(like: Sequence[tuple[str, float]], table: _Table) -> dict[int, float]:
    """Return who has one of the keys `like` in `table`, with the likeness of the nearest."""
    rows: dict[int, float] = {}
    for key, ratio in like:
        for row in table.get(key, _NOBODY):
            rows[row] = max(ratio, rows.get(row, 0.0))
    return rows


def _enter(
    table: dict[str, set[int]],
    words: Sequence[str],
    forms: Callable[[str], Sequence[str]],
    row: int,
) -> None:
    for word in words:
        for key in forms(word):
            table.setdefault(key, set()).add(row)


def _rows(table: _Table, wanted: Sequence[str]) -> frozenset[int]:
    found = [table[key] for key in wanted if key in table]
    return found[0].union(*found[1:]) if found else _NOBODY


def _full_names(person: Person) -> tuple[tuple[str, str], ...]:
    """Return the given names and the surname of each spelling of `person`, as keys.

    A name only found may stand in a case of its own language, so that of each word without its
    ending is among them.
    """
    names = []
    for name in (person.name, *person.aliases):
        given, surname = parts(name)
        names.append((_joined_keys(given), _joined_keys(surname)))
        if not person.is_curated:
            names += itertools.product(_keys_without_ending(given), _keys_without_ending(surname))
    return tuple(dict.fromkeys(names))


def _joined_keys(words: Sequence[str]) -> str:
    return " ".join(fold(word) for word in words)


def _keys_without_ending(words: Sequence[str]) -> list[str]:
    """Return the keys of `words` as they stand, and of their first without its ending."""
    own = len(readings(words[0])) if words else 0
    bases = keys(words[0])[own : own + _MOST_BASES] if words else ()
    rest = [fold(word) for word in words[1:]]
    return [_joined_keys(words), *(" ".join([base, *rest]) for base in bases)]


def _given_or_initials(person: Person) -> Iterator[str]:
    """Yield the keys of the given names of `person`, and of initials that stand for them."""
    for name in (person.name, *person.aliases):
        given, _ = parts(name)
        first, *rest = given or WORD.findall(name)[:-1] or ("",)
        for reading in readings(first):
            yield " ".join([reading, *map(fold, rest)])


def _full_ratio(named: Sequence[_Word], names: Sequence[tuple[str, str]]) -> float:
    """Return the likeness of the words `named` to the closest of `names`, in either order."""
    best = 0.0
    for given, surname in names:
        for words in (named, list(reversed(named))):
            first = words[:-1]
            for key in words[-1].keys[:4]:
                if fuzz.ratio(key, surname) < _NEAR_IN_PAIR:
                    continue
                for head in first[0].keys[:4]:
                    if _is_other_given(first[0], head, given):
                        continue
                    if fuzz.ratio(head, given) >= _NEAR_IN_PAIR:
                        whole = " ".join([head, *(w.keys[0] for w in first[1:]), key])
                        best = max(best, fuzz.ratio(whole, f"{given} {surname}"))
    return best


def _is_other_given(word: _Word, key: str, given: str) -> bool:
    """Return whether `word`, read as `key`, is clearly another given name than `given`: it begins
    with another sound, and is a name of its own or far from that one.
    """
    if begin_alike(key, given) or fuzz.ratio(key, given) >= _NEAR:
        return False
    return is_a(word.text, "given") or fuzz.ratio(key, given) < _SLIP_OF_FIRST


def _is_heard_alike(named: Sequence[_Word], names: Sequence[tuple[str, str]]) -> bool:
    """Return whether both words `named` may be those of one of `names`, in either order, misspelt
    by ear.
    """
    if len(named) != 2:
        return False
    return any(
        any(are_heard_alike(key, given) for key in one.keys[:4])
        and any(are_heard_alike(key, surname) for key in other.keys[:4])
        for given, surname in names
        for one, other in (named, reversed(named))
    )


def _is_given_before(word: _Word, patronymic: _Word) -> bool:
    """Return whether `word` is the given name before what is a `patronymic` by its shape."""
    if not has_patronymic_shape(patronymic.text) or not patronymic.is_adjacent or word.is_used:
        return False
    is_name = word.is_capital and not is_stop_word(word.text) and not is_ordinary(word.text)
    return is_name or is_a(word.text, "given")


def _may_be_hers(word: _Word, person: Person) -> bool:
    """Return whether `word`, a man's surname, is like that of `person`, who may be a woman."""
    return all(
        is_womans_form(surname, word.text) and is_in_doubt(name)
        for name in (person.name, *person.aliases)
        for surname in parts(name)[1]
    ) and not any(word.keys[0] in readings(w) for w in parts(person.name)[1])


def _may_be(asked: str, person: Person) -> bool:
    """Return whether nothing in the full name `asked` tells it from that of `person`."""
    return any(not contradict(asked, name) for name in (person.name, *person.aliases))


def _is_slip(asked: str, person: Person) -> bool:
    """Return whether a patronymic in `asked` is nearly that of `person`."""
    return any(
        fuzz.ratio(fold(one), fold(other)) >= _NEAR
        for name in (person.name, *person.aliases)
        for one in middle(asked)
        for other in middle(name)
        if len(one) > 1 and len(other) > 1
    )


def _bears_patronymic(word: str, person: Person) -> bool:
    return any(
        is_fit(word, other) for name in (person.name, *person.aliases) for other in middle(name)
    )


def _has_middle(person: Person) -> bool:
    return any(middle(name) for name in (person.name, *person.aliases))


def _suffixes(person: Person) -> set[str]:
    return {suffix_of(name) for name in (person.name, *person.aliases)}


def _is_particle(text: str, after: str, has_case: bool, *, is_within: bool) -> bool:
    """Return whether `text` goes between the words of a name, as the "bin" of Osama bin Laden."""
    return (
        (text.islower() or (is_within and text in _PARTICLES_IN_CAPITALS))
        and is_a(text, "particles")
        and after != ""
        and (not has_case or begins_with_capital(after) or is_a(after, "particles"))
    )


def _has_case(words: Sequence[str]) -> bool:
    """Return whether capitals tell names in `words`: not in a title, nor all small or all large."""
    if len(words) > 1 and all(word.isupper() for word in words):
        return False
    small = [word for word in words if not word[0].isupper()]
    if len(small) == len(words):
        return False
    return len(words) < 5 or not _SMALL_IN_TITLES.issuperset(small)


def _is_abbreviation(text: str) -> bool:
    """Return whether `text` is all capitals, but for an ending set off from it: БҰҰ-ның."""
    return len(text) > 1 and text.split("-")[0].isupper() and len(text.split("-")[0]) > 1


def _is_initial(text: str, following: str, has_case: bool) -> bool:
    if following == ".":
        return len(text) == 1 or text in _INITIALS_OF_TWO
    return has_case and len(text) == 1 and text.isupper() and text not in "AIАВИКОСУЯ"


def _initial_keys(text: str) -> tuple[str, ...]:
    """Return what the key of a given name with this initial begins with: "zh" for Ж. and Zh."""
    return tuple({fold(text), *keys(text)} - {""})


def _capitalised(documents: Sequence[Document], people: Sequence[Person]) -> frozenset[str]:
    """Return the keys of words that `documents` capitalise and that name nobody of `people`."""
    within = {
        (mention.document, place)
        for person in people
        for mention in person.mentions
        for place in range(mention.start, mention.end)
    }
    words = {
        match.group()
        for document in documents
        for match in WORD.finditer(document.text)
        if match.group()[0].isupper() and (document.id, match.start()) not in within
    }
    return frozenset(
        key
        for word in words
        # Karimova, left without a name, is no other Karimov.
        for key in (readings(word) if is_womans_form(word, "") else keys(word))
    )


def _lower_case_stems(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """Return the stems of words that `documents` write in small letters, by language.

    Of Russian and Kazakh, in which a word has many forms: стартовым and стартовой.
    """
    texts: dict[str, list[Document]] = {}
    for document in documents:
        if document.language in _OF_MANY_FORMS:
            texts.setdefault(document.language, []).append(document)
    return {
        language: frozenset(terms(" ".join(lower_case_words(own)), language))
        for language, own in texts.items()
    }


def _settled(namings: Sequence[Naming]) -> Iterator[Naming]:
    """Yield `namings`, each person once; a shared name whose bearer is named in full means them."""
    exact = {naming.people[0].id for naming in namings if naming.outcome == "exact"}
    seen: set[tuple[str, ...]] = set()
    for naming in namings:
        if naming.outcome == "shared" and any(person.id in exact for person in naming.people):
            continue
        key = tuple(person.id for person in naming.people)
        if key and key in seen:
            continue
        seen.add(key)
        yield naming
