"""How a person is named to somebody who reads one language.

The name is in letters of that language where documents or the curated list write it so, and never
in a spelling made up here.
"""

from knowledge.languages import SPOKEN
from knowledge.people.person import Person
from knowledge.words.detection import script
from knowledge.words.patterns import patterns

_LETTERS = {language: patterns("letters")[language] for language in SPOKEN}
_ALPHABETS = {language: frozenset(entry["alphabet"]) for language, entry in _LETTERS.items()}


def display_name(person: Person, language: str) -> str:
    """Return the name of `person` for a reader of `language`.

    Of the spellings in its letters, return the one that the fewest languages could write: for a
    Kazakh reader, one with letters that only Kazakh has. If there are none, return a spelling in
    its script, or else `person.name`.
    """
    forms = dict.fromkeys((person.name, *person.spellings, *person.aliases))
    in_its_letters = [form for form in forms if language in _written_in(form)]
    if in_its_letters:
        return min(in_its_letters, key=lambda form: len(_written_in(form)))
    its_script = _LETTERS.get(language, {}).get("script")
    in_its_script = (form for form in forms if script(form) == its_script)
    return next(in_its_script, person.name)


def other_form(person: Person, language: str) -> str | None:
    """Return the spelling to show once beside `display_name`: `person.name` or, where that is shown
    already, a spelling in another script; None if there is none.
    """
    shown = display_name(person, language)
    if shown != person.name:
        return person.name
    others = (
        form for form in (*person.spellings, *person.aliases) if script(form) != script(shown)
    )
    return next(others, None)


def _written_in(form: str) -> frozenset[str]:
    """Return the languages whose alphabets have all letters of `form`."""
    letters = {letter for letter in form.lower() if letter.isalpha()}
    return frozenset(language for language, alphabet in _ALPHABETS.items() if letters <= alphabet)
