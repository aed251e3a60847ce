"""Messages as a reader gets them: parsed as Telegram parses, and never changed on the way."""

import html as html_module
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import (
    SCREEN,
    Block,
    Run,
    answer_blocks,
    around_blocks,
    list_blocks,
    pack,
    page_length,
    phone_lines,
    plain,
    quote_blocks,
)
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import quote
from knowledge.reading.documents import read_document
from knowledge.reading.passages import split
from tests.botapi.html import parse
from tests.botapi.text import tappable

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\u030a"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")
RUNS = st.lists(st.builds(Run, TEXT, st.booleans()), min_size=1, max_size=4).map(tuple)
BLOCKS = st.lists(
    st.builds(Block, RUNS, st.sampled_from(["", "blockquote", "blockquote expandable"])),
    min_size=1,
    max_size=6,
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(BLOCKS, st.integers(10, 80))
def test_packed_messages_hold_every_character_in_order_and_fit(
    blocks: list[Block], limit: int
) -> None:
    shown = [parse(message)[0] for message in pack(blocks, limit)]
    written = "".join(run.text for block in blocks for run in block.runs)
    assert squeezed("".join(shown)) == squeezed(written)
    assert all(units(text) <= limit for text in shown)


@given(BLOCKS)
def test_blocks_that_fit_together_are_one_message(blocks: list[Block]) -> None:
    assert len(pack(blocks)) == 1


@given(TEXT)
def test_markup_in_a_text_stays_text(text: str) -> None:
    dressed = f"<b>{text}</b> &amp; <script>"
    shown, entities = parse(pack([Block((Run(dressed),))])[0])
    assert shown == dressed
    assert {one["type"] for one in entities} <= {"code"}  # what could be tapped
    assert not any(one[0] in "/@#$" for one in tappable(shown, entities))


def test_a_wide_character_after_a_cut_at_a_narrow_space_still_fits() -> None:
    messages = pack([Block((Run(" " + "a" * 15 + "🙂" * 3),))], limit=16)
    assert all(units(parse(message)[0]) <= 16 for message in messages)


def test_a_text_without_a_space_is_cut_between_characters() -> None:
    messages = pack([Block((Run("🙂" * 60, is_bold=True),), "blockquote")], limit=50)
    assert [parse(message)[0] for message in messages] == ["🙂" * 25, "🙂" * 25, "🙂" * 10]
    assert all(message.startswith("<blockquote><b>") for message in messages)


def test_the_sentence_stands_alone_and_the_rest_of_its_passage_once(base: KnowledgeBase) -> None:
    folded = 0
    for passage in base.passages:
        for sentence in passage.sentences:
            found = quote(passage, sentence)
            _, alone, *rest, source = blocks = quote_blocks(found, "en")
            assert phone_lines(blocks) <= SCREEN + SCREEN // 2
            shown = "".join(run.text for run in alone.runs)
            assert shown.endswith(found.highlight)
            assert source.runs[0].text.endswith(f"14 March 2019 · ¶ {passage.paragraph}")
            assert len(source.runs[0].text) <= 40
            if not rest:
                continue
            folded += 1
            assert phone_lines(blocks) <= SCREEN
            # With what is shown in the place of each mark, the rest is the passage again.
            pieces = ("(.*)" if run.is_bold else re.escape(run.text) for run in rest[0].runs)
            whole = re.fullmatch("".join(pieces), passage.text, re.DOTALL)
            assert whole is not None
            assert squeezed("".join(whole.groups())) == squeezed(shown)
    assert folded > 5


def test_what_is_one_sentence_has_nothing_to_unfold(base: KnowledgeBase) -> None:
    (message,) = pack(answer_blocks(base.ask("How many citizens signed the appeal?"), base))
    assert "expandable" not in message


def test_the_place_of_the_sentence_is_marked_in_the_rest_of_its_passage(
    base: KnowledgeBase,
) -> None:
    passage = base.passages[8]
    (message,) = pack(quote_blocks(quote(passage, passage.sentences[0]), "en"))
    assert message.count("This resolution represents the result") == 1
    assert "<blockquote expandable><b>…</b> Over recent years," in message


def test_a_passage_that_no_screen_has_room_for_is_left_to_its_button(base: KnowledgeBase) -> None:
    found = base.ask("When was the collective complaint presented?")
    (message,) = pack(answer_blocks(found, base))
    sentence = html_module.escape(found.quotes[0].highlight, quote=False)
    assert f"<blockquote><b>{sentence}</b></blockquote>" in message
    assert "expandable" not in message
    around = pack(around_blocks(base.around(base.row(found.quotes[0].passage)), "en"))
    shown = parse(around[-1])[0]
    assert found.quotes[0].text in shown
    assert "human rights in Kazakhstan · Open Dialogue Foundation, 14 March 2019" in shown


def test_a_sentence_much_longer_than_a_screen_is_folded(tmp_path: Path) -> None:
    told = "The committee visited " + ", ".join(f"village number {n}" for n in range(50)) + "."
    (tmp_path / "visits.txt").write_text(told, "utf-8")
    (passage,) = split(read_document(tmp_path / "visits.txt", 10_000))
    (message,) = pack(quote_blocks(quote(passage, passage.sentences[0]), "en"))
    assert f"<blockquote expandable><b>{told}</b></blockquote>" in message


def test_an_item_of_a_list_stands_under_what_it_goes_on_from(base: KnowledgeBase) -> None:
    passage = base.passages[-1]
    item = next(s for s in passage.sentences if "DCK activists" in passage.sentence_text(s))
    (message,) = pack(quote_blocks(quote(passage, item), "en"))
    assert (
        "<blockquote>- Read our publications:\n"
        "<b>○ The persecution of DCK activists in Kazakhstan</b></blockquote>"
    ) in message
    assert message.count("- Read our publications:") == 1


def test_a_list_names_its_document_once(base: KnowledgeBase) -> None:
    answer = base.ask("What does the resolution demand?")
    blocks = list_blocks(answer.quotes, 0, "en", 3)
    shown = "\n".join(parse(message)[0] for message in pack(blocks))
    assert shown.count("— ") == 1
    assert shown.splitlines()[-1] == "— The European… · 14 March 2019"
    assert "2 of 7 · Demanded by: The European Parliament · ¶ 4" in shown


def test_a_page_of_a_list_fits_a_phone(base: KnowledgeBase) -> None:
    demands = base.ask("What does the resolution demand?").quotes
    for first in range(len(demands)):
        length = page_length(demands, first, "en")
        page = list_blocks(demands, first, "en")
        assert page == list_blocks(demands, first, "en", length)
        assert phone_lines(page) <= SCREEN


@pytest.mark.parametrize(
    ("blocks", "lines"),
    [
        ([plain("a" * 40)], 1),
        ([plain("a " * 21)], 2),
        ([plain("One.\n\nTwo.")], 3),
        ([Block((Run("word " * 100),), "blockquote expandable")], 3),
        ([Block((Run("short"),), "blockquote expandable"), plain("x")], 2),
    ],
)
def test_lines_of_a_phone(blocks: list[Block], lines: int) -> None:
    assert phone_lines(blocks) == lines


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("Which movement was banned?", "¶ 1"),
        ("Какое движение запретили?", "абз. 1 · английский"),
        ("Қай қозғалысқа тыйым салынды?", "1-абз. · ағылшын"),
    ],
)
def test_a_quote_in_another_language_than_the_question_says_so(
    base: KnowledgeBase, question: str, last: str
) -> None:
    shown, _ = parse(pack(answer_blocks(base.ask(question), base))[-1])
    assert shown.endswith(f"· {last}")


def test_no_source_stands_beside_a_no(base: KnowledgeBase) -> None:
    (message,) = pack(answer_blocks(base.ask("What is the capital of France?"), base))
    assert message == "This is not in my documents."
