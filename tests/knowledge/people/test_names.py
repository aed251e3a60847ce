"""One key for every spelling of a name, and none for two names that only look alike."""

import pytest

from benchmarks.names import matches, read_pairs, same_key
from knowledge.people.names import fold, keys, readings

SAME, DIFFERENT = read_pairs()
RECALL = 0.97  # measured: 315 of 323


def test_there_are_enough_pairs_to_measure() -> None:
    assert len(SAME) >= 200
    assert len(DIFFERENT) >= 80


def test_the_exact_key_finds_as_many_forms_as_it_was_measured_to() -> None:
    missed = [pair for pair in SAME if not matches(same_key, *pair)]
    assert len(missed) <= (1 - RECALL) * len(SAME), missed


def test_no_look_alikes_share_a_key() -> None:
    assert [pair for pair in DIFFERENT if matches(same_key, *pair)] == []


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        ("Жәкішев Джакишев Dzhakishev Djakishev Jakishev Zhakishev Dschakischew", "zhakishev"),
        ("Bokayev Bokaev Bokaiev Bokajew BOKAYEV Бокаев Боқаев", "bokaev"),
        ("Yerimbetov Erimbetov Jerimbetow Ierimbetov Еримбетов Ерімбетов", "erimbetov"),
        ("Akberdiyeva Akberdieva Akberdijewa Акбердиева Ақбердиева", "akberdieva"),
        ("Abzhan Abjan Abdzhan Абжан Әбжан", "abzhan"),
        ("Bakhytzhan Бахытжан", "bakhitzhan"),
        ("Maks Max Макс Мақс", "maks"),
        ("Popoff Popov Попов Popow", "popov"),
        ("Aigul Aygul Aigul' Айгуль Айгүл", "aigul"),
        ("Bоkayev", "bokaev"),  # the second letter is Cyrillic
    ],
)
def test_spellings_of_one_name_fold_to_one_key(spellings: str, key: str) -> None:
    assert {fold(spelling) for spelling in spellings.split()} == {key}


def test_what_is_no_letter_folds_to_nothing() -> None:
    assert fold("") == ""
    assert keys("-") == ("",)


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        ("Бокаева Бокаеву Бокаевым Бокаеве Бокаев", "Bokayev"),
        ("Боқаевтың Боқаевқа Боқаевты Боқаевта Боқаевтан Боқаевпен Бокаевтын", "Bokayev"),
        ("Bokayev's Bokayev’s Bokayev' Bokayev'in Bokayev’e Bokayevs Бокаев's", "Bokayev"),
        ("Акбердиевой Акбердиеву Акбердиева Акбердиеваның Акбердиеваға", "Akberdiyeva"),
        ("Искандера Искандеру Искандером Искандере Искандердің Искандермен", "Iskander"),
        ("Айгуль Айгули Айгулью Айгүлдің Айгүлге", "Aigul"),
        ("Абжана Абжану Абжаном Абжане Абжанның Абжанға Абжаннан", "Abzhan"),
        ("Санатқа Санаттың Санате Санатом", "Sanat"),
        ("Навального Навальному Навальным", "Navalny"),
        ("Зеленского Зеленському Зеленським", "Zelensky"),
        ("Сергея Сергею Сергеем Сергее", "Sergei"),
        ("Марии Марию Марией", "Maria"),
        ("Анны Анне Анну Анной", "Anna"),
    ],
)
def test_a_form_has_the_key_of_its_name(forms: str, name: str) -> None:
    assert [form for form in forms.split() if fold(name) not in keys(form)] == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Bokayeva", "Bokayev"),
        ("Акбердиев", "Akberdiyeva"),
        ("Акбердиевым", "Akberdiyeva"),
        ("Алматы", "Almat"),
        ("Алматыда", "Almat"),
        ("Кали", "Калинин"),
    ],
)
def test_what_only_looks_like_a_form_has_not(form: str, name: str) -> None:
    assert fold(name) not in keys(form)


def test_a_doubtful_letter_has_every_reading_the_usual_first() -> None:
    assert readings("Jakishev") == ("zhakishev", "iakishev")
    assert readings("Maxambet") == ("maksambet", "makhambet")


def test_a_word_of_doubtful_letters_has_few_readings() -> None:
    assert len(readings("cxqchjxcqxchjcxq" * 20)) <= 16


@pytest.mark.parametrize(
    ("inflected", "name"),
    [
        ("Мөңкеұлына", "Мөңкеұлы"),
        ("Тайманулынан", "Тайманулы"),
        ("Сейітқызын", "Сейітқызы"),
        ("Ахметкызында", "Ахметкызы"),
    ],
)
def test_a_kazakh_patronymic_is_known_in_its_cases(inflected: str, name: str) -> None:
    assert fold(name) in keys(inflected)
