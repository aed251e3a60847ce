"""By what name a person is shown to whom: in the reader's letters, if a document writes it so."""

from pathlib import Path

import pytest

from knowledge.people.display_names import display_name, other_form
from knowledge.people.person import Person
from knowledge.reading.documents import read_documents
from tests.knowledge.people.named import named_in


def person(name: str, *aliases: str) -> Person:
    return Person("p", name, aliases, None, True, ())


@pytest.mark.parametrize(
    ("language", "shown", "other"),
    [
        ("en", "Aset Abishev", "Асет Абишев"),
        ("ru", "Асет Абишев", "Aset Abishev"),
        ("kk", "Әсет Әбішев", "Aset Abishev"),
    ],
)
def test_a_name_is_shown_in_the_letters_of_who_reads(language: str, shown: str, other: str) -> None:
    known = person("Aset Abishev", "Асет Абишев", "Әсет Әбішев")
    assert (display_name(known, language), other_form(known, language)) == (shown, other)


def test_without_a_spelling_of_its_own_a_language_takes_one_in_its_script() -> None:
    known = person("Aset Abishev", "Әсет Әбішев")
    assert display_name(known, "ru") == "Әсет Әбішев"
    assert display_name(person("Арон Атабек"), "kk") == "Арон Атабек"


def test_nobody_spells_a_name_that_nobody_has_written() -> None:
    known = person("Ștefan Rostaș")
    assert [display_name(known, language) for language in ("en", "ru", "kk")] == [known.name] * 3
    assert other_form(known, "ru") is None


def test_documents_say_how_a_name_is_spelled_in_its_first_case(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The court released Yerlan Dosov in May. Yerlan Dosov left.")
    (tmp_path / "b.txt").write_text("Дело Ерлана Досова закрыли. Потом Ерлан Досов уехал.")
    (found,) = named_in(read_documents(tmp_path, 10_000).readable).people
    assert (display_name(found, "en"), display_name(found, "ru")) == ("Yerlan Dosov", "Ерлан Досов")
