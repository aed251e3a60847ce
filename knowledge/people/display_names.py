"""How a person is called before somebody who reads one language: in letters of that language where
the documents or whoever curated the people write the name so, and never in a spelling of ours.
"""

from knowledge.languages import SPOKEN
from knowledge.people.person import Person
from knowledge.words.detection import script
from knowledge.words.patterns import patterns

_LETTERS = {language: patterns("letters")[language] for language in SPOKEN}
_ALPHABETS = {language: frozenset(own["alphabet"]) for language, own in _LETTERS.items()}


def display_name(person: Person, language: str) -> str:
    """Return the name of `person` for who reads `language`.

    Of several spellings in its letters it is the one that fewest other languages could write: one
    with letters of Kazakh alone to a Kazakh reader. Without one in its letters it is one in its
    script, and without that the name as a document spells it.
    """
    forms = dict.fromkeys((person.name, *person.spellings, *person.aliases))
    own = [form for form in forms if language in _written_in(form)]
    if own:
        return min(own, key=lambda form: len(_written_in(form)))
    own_script = _LETTERS.get(language, {}).get("script")
    of_script = (form for form in forms if script(form) == own_script)
    return next(of_script, person.name)


def other_form(person: Person, language: str) -> str | None:
    """Return the spelling to stand once beside `display_name`: that of the documents or, where that
    is shown already, one in another script; None if nobody has written one.
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
    return frozenset(language for language, own in _ALPHABETS.items() if letters <= own)
