"""Words, stems and BM25, with weights and scores worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words.lexical import LexicalIndex, content_terms, terms, words

SOME_WORDS = st.lists(
    st.sampled_from(["cat", "cats", "Cat's", "мышь", "мыши", "қала", "қалада", "the", "2019", "é"]),
    min_size=1,
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The CAT, sat!", ["the", "cat", "sat"]),
        ("Алёна ЁЖ", ["алена", "еж"]),
        ("Abishev’s and Abishev's", ["abishev's", "and", "abishev's"]),
        ("14.03.2019", ["14", "03", "2019"]),
        ("ﬁne １２", ["fine", "12"]),
        ("1,250 or 1\u00a0250 or 1 250", ["1250", "or", "1250", "or", "1250"]),
        ("12,5 млн", ["12500000", "млн"]),
        ("3.5 and 3.2.1", ["3.5", "and", "3", "2", "1"]),
        ("… — 😀 ?!", []),
        ("", []),
    ],
    ids=[
        "case",
        "yo",
        "apostrophes",
        "figures",
        "compatibility",
        "groups",
        "scale",
        "decimal",
        "no-words",
        "empty",
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "prisoners", "prisoner"),
        ("en", "Abishev's", "Abishev"),
        ("en", "Abishev’s", "ABISHEV"),
        ("ru", "активистов", "активисты"),
        ("ru", "тюрьмой", "тюрьмы"),
        ("ru", "ребёнка", "ребенка"),
    ],
)
def test_forms_of_a_word_are_one_stem(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize("word", ["authority", "authorities", "authorise", "Authorized"])
def test_authors_are_no_authorities(word: str) -> None:
    author, other = terms("authors", "en")[0], terms(word, "en")[0]
    assert not other.startswith(author)


def test_a_date_in_figures_has_the_words_of_its_language() -> None:
    assert terms("14.03.2019", "en") == terms("14 March 2019", "en")
    assert terms("2019-03-14", "ru") == terms("14 марта 2019", "ru")


def test_a_language_without_stemmer_has_runs_of_four_letters() -> None:
    assert terms("бала балалар", "kk") == ["бала", "балалар", "бала", "алал", "лала", "алар"]
    assert terms("casas", "xx") == ["casas", "casa", "asas"]


def test_words_without_meaning_are_no_content() -> None:
    assert content_terms("What does the cat say to the cats?", "en") == ["cat"]
    assert content_terms("Что было в тюрьме?", "ru") == terms("тюрьме", "ru")
    assert content_terms("балалар", "kk") == ["балалар"]
    assert content_terms("What is it?", "en") == []


@pytest.mark.parametrize(
    ("term", "weight"),
    [
        ("cat", math.log(1 + 0.5 / 3.5)),
        ("dog", math.log(1 + 2.5 / 1.5)),
        ("fish", math.log(1 + 3.5 / 0.5)),
    ],
    ids=["in-all", "in-one", "in-none"],
)
def test_a_rarer_term_weighs_more(term: str, weight: float) -> None:
    index = LexicalIndex(["cat cat", "cat dog dog", "the cat"], "en")
    assert index.weight(term) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("query", "scores"),
    [
        # One word in each text, so a word found once gives 1 / (1.2 * (0.25 + 0.75) + 1).
        ("cat", [1 / 2.2, 0]),
        ("cat dog", [0.5 / 2.2, 0.5 / 2.2]),
        ("cats cats", [1 / 2.2, 0]),
        # A word in one of two texts weighs log 2, one in none log 6.
        ("cat fish", [math.log(2) / math.log(12) / 2.2, 0]),
        ("fish", [0, 0]),
        ("?!", [0, 0]),
        ("", [0, 0]),
    ],
    ids=["one", "both", "twice", "half-known", "unknown", "no-words", "empty"],
)
def test_scores_are_a_share_of_what_the_query_allows(query: str, scores: list[float]) -> None:
    assert LexicalIndex(["cat", "dog"], "en").scores(query).tolist() == pytest.approx(scores)


@pytest.mark.parametrize(
    ("language", "texts", "query"),
    [
        ("en", ["The poet was jailed.", "The poet sang.", "It rained."], "jailed poets"),
        ("ru", ["Поэта посадили в тюрьму.", "Поэт пел.", "Шёл дождь."], "поэты в тюрьме"),
        ("kk", ["Ақынды қамауға алды.", "Ақын ән салды.", "Жаңбыр жауды."], "ақынның қамаудан"),
    ],
    ids=["en", "ru", "kk"],
)
def test_more_of_the_words_score_higher(language: str, texts: list[str], query: str) -> None:
    both, one, none = LexicalIndex(texts, language).scores(query)
    assert both > one > none == 0


@given(
    st.lists(SOME_WORDS, min_size=1, max_size=6), SOME_WORDS, st.sampled_from(["en", "ru", "kk"])
)
def test_scores_lie_between_0_and_1(texts: list[str], query: str, language: str) -> None:
    scores = LexicalIndex(texts, language).scores(query)
    assert scores.shape == (len(texts),)
    assert np.all((scores >= 0) & (scores <= 1))


def test_a_text_without_words_beside_others_scores_nothing() -> None:
    assert LexicalIndex(["…", "cat"], "en").scores("cat").tolist()[0] == 0
