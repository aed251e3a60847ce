"""What buttons carry: within Telegram's limit, read back as written, and nobody else's data."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.buttons import (
    examples_keyboard,
    quote_keyboard,
    without,
)
from bot.callback_data import (
    Press,
    is_of,
    quotes_at,
    read,
    rest_data,
)
from embeddings.models import Models
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Quote, quote
from knowledge.reading.documents import Document, read_documents

LIMIT = 64  # bytes, as Telegram says
ROWS = 1_100
NUMBERS = st.tuples(st.integers(0, 9_999_999), st.integers(0, 9_999_999))


@pytest.fixture(scope="session")
def large(models: Models, state: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base of 1,100 passages, the last of them of 150 sentences."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "a.txt").write_text("A cat sat.\n" * (ROWS - 1) + "Yes, I do. " * 150)
    return KnowledgeBase.build(
        read_documents(folder, 10_000_000).readable,
        models,
        cache=state / "vectors.sqlite",
        false_answer_rate=1.0,
    )


def carried(keyboard: InlineKeyboardMarkup) -> list[str]:
    """Return the data of every button in order."""
    return [str(button.callback_data) for row in keyboard.inline_keyboard for button in row]


def quotes(base: KnowledgeBase, *places: tuple[int, int]) -> list[Quote]:
    return [quote(base.passages[row], base.passages[row].sentences[s]) for row, s in places]


def test_buttons_under_a_quote_name_what_they_show(large: KnowledgeBase) -> None:
    shown, *rest = quotes(large, (1_050, 0), (1_099, 149), (7, 0), (1_000, 0), (0, 0))
    more, around = carried(quote_keyboard(shown, rest, large, "en"))
    assert more == f"more:{large.version}:1099.149,7.0,1000.0,0.0"
    assert around == f"around:{large.version}:1050.0"


def test_what_is_pressed_is_what_was_offered(large: KnowledgeBase) -> None:
    shown, *rest = quotes(large, (1_050, 0), (1_099, 149), (7, 0), (1_000, 0), (0, 0))
    more, around = map(read, carried(quote_keyboard(shown, rest, large, "en")))
    assert more is not None
    assert around is not None
    assert (more.action, around.action) == ("more", "around")
    assert more.version == around.version == large.version
    assert quotes_at(more, large) == rest
    assert quotes_at(around, large) == [shown]


def test_what_does_not_fit_is_left_out_from_the_end(large: KnowledgeBase) -> None:
    shown, *rest = quotes(large, *[(1_099, 100 + number) for number in range(12)])
    more, around = carried(quote_keyboard(shown, rest, large, "kk"))
    # 14 bytes of action and version, then 8 for a place and 1 between two: 5 places take 58.
    assert len(more.encode()) == 58
    assert len(around.encode()) <= LIMIT
    press = read(more)
    assert press is not None
    assert quotes_at(press, large) == rest[:5]


def test_an_answer_of_a_large_knowledge_base_has_buttons_within_the_limit(
    large: KnowledgeBase,
) -> None:
    answer = large.ask("Where did the cat sit?")
    keyboard = quote_keyboard(answer.quotes[0], answer.more, large, answer.language)
    assert all(0 < len(data.encode()) <= LIMIT for data in carried(keyboard))


def test_without_more_there_is_no_button_for_it(base: KnowledgeBase) -> None:
    (shown,) = quotes(base, (0, 0))
    keyboard = quote_keyboard(shown, [], base, "en")
    assert carried(keyboard) == [f"around:{base.version}:0.0"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.org/report", ["Open", "Share", "Not right?"]),
        ("http://localhost/report", ["Share", "Not right?"]),
        (None, ["Share", "Not right?"]),
    ],
    ids=["on the web", "not for Telegram", "on paper"],
)
def test_under_an_answer_are_at_most_two_rows(
    base: KnowledgeBase, url: str | None, words: list[str]
) -> None:
    shown, *rest = (_from(url, one) for one in quotes(base, (4, 1), (1, 0)))
    keyboard = quote_keyboard(shown, rest, base, "en", is_inline=True, is_told=True)
    rows = [[button.text for button in row] for row in keyboard.inline_keyboard]
    assert rows == [["More", "Around it"], words]
    share = next(b for row in keyboard.inline_keyboard for b in row if b.text == "Share")
    assert share.switch_inline_query == f"share:{base.version}:4.1"
    pressed = read(str(share.switch_inline_query))
    assert pressed is not None
    assert [one.highlight for one in quotes_at(pressed, base)] == [shown.highlight]


def test_the_rest_of_a_list_is_named_with_where_it_goes_on(base: KnowledgeBase) -> None:
    rest = quotes(base, (4, 1), (1, 0))
    data = rest_data(rest, 3, 5, base)
    assert data == f"list:{base.version}:3.5,4.1,1.0"
    pressed = read(data)
    assert pressed is not None
    assert is_of(pressed, base)
    assert quotes_at(pressed, base) == rest
    assert rest_data(rest * 9, 3, 21, base) is None
    nothing = read(f"list:{base.version}:3.5")
    assert nothing is not None
    assert not is_of(nothing, base)


def _from(url: str | None, shown: Quote) -> Quote:
    document = replace(shown.passage.document, url=url)
    return replace(shown, passage=replace(shown.passage, document=document))


def test_examples_stand_one_above_the_other(base: KnowledgeBase) -> None:
    keyboard = examples_keyboard({0: "Who sat?", 4: "Кім отырды?"}, base)
    assert [[button.text for button in row] for row in keyboard.inline_keyboard] == [
        ["Who sat?"],
        ["Кім отырды?"],
    ]
    assert carried(keyboard) == [f"example:{base.version}:0", f"example:{base.version}:4"]
    assert read(carried(keyboard)[1]) == Press("example", base.version, ((4,),))


@given(
    action=st.sampled_from(["more", "list", "around", "share"]),
    version=st.text("0123456789abcdef", min_size=8, max_size=8),
    numbers=st.lists(NUMBERS, min_size=1, max_size=5).map(tuple),
)
def test_data_of_ours_is_read_back(
    action: str, version: str, numbers: tuple[tuple[int, ...], ...]
) -> None:
    detail = ",".join(".".join(map(str, place)) for place in numbers)
    assert read(f"{action}:{version}:{detail}") == Press(action, version, numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "::",
        "more",
        "more:",
        "more:0123abcd",
        "more:0123abcd:",
        "more:0123abcd:a.b",
        "more:0123abcd:1.",
        "more:0123abcd:1,,2",
        "more:0123abcd:1:2",
        "more:0123abcd:1.5e3",
        "MORE:0123abcd:1.2",
        "delete:0123abcd:1.2",
        '{"action": "more"}',
        "😀:😀:😀",
    ],
)
def test_foreign_data_is_nothing(data: str) -> None:
    assert read(data) is None


@given(st.text() | st.text("moreaundxpl:.,0123-_ ٣", max_size=LIMIT))
def test_any_data_without_an_action_of_ours_is_nothing(data: str) -> None:
    press = read(data)
    assert (press is None) or data.split(":")[0] == press.action


def test_a_pressed_button_is_taken_away(base: KnowledgeBase) -> None:
    shown, *rest = quotes(base, (0, 0), (1, 0))
    keyboard = quote_keyboard(shown, rest, base, "en")
    more, around = carried(keyboard)
    assert carried(without(keyboard, more)) == [around]
    assert carried(without(keyboard, "another")) == [more, around]
    left = without(keyboard, more)
    assert left is not None
    assert without(left, around) is None


def test_rows_name_passages_of_every_document(models: Models, state: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A cat sat.")
    (tmp_path / "b.txt").write_text("A dog ran.")
    documents: tuple[Document, ...] = read_documents(tmp_path, 1000).readable
    base = KnowledgeBase.build(
        documents,
        models,
        cache=state / "vectors.sqlite",
        false_answer_rate=1.0,
    )
    (shown,) = quotes(base, (1, 0))
    assert shown.text == "A dog ran."
    assert carried(quote_keyboard(shown, [], base, "en")) == [f"around:{base.version}:1.0"]
