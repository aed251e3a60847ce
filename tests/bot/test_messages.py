"""Messages as a reader gets them: parsed as Telegram parses, and never changed on the way."""

import html as html_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Block, Run, answer_blocks, pack, quote_blocks
from knowledge.answers import quote
from knowledge.knowledge_base import KnowledgeBase
from tests.botapi.html import parse

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
    assert entities == []


def test_a_wide_character_after_a_cut_at_a_narrow_space_still_fits() -> None:
    messages = pack([Block((Run(" " + "a" * 15 + "🙂" * 3),))], limit=16)
    assert all(units(parse(message)[0]) <= 16 for message in messages)


def test_a_text_without_a_space_is_cut_between_characters() -> None:
    messages = pack([Block((Run("🙂" * 60, is_bold=True),), "blockquote")], limit=50)
    assert [parse(message)[0] for message in messages] == ["🙂" * 25, "🙂" * 25, "🙂" * 10]
    assert all(message.startswith("<blockquote><b>") for message in messages)


def test_every_passage_is_shown_verbatim_with_its_sentence_in_bold(base: KnowledgeBase) -> None:
    for passage in base.passages:
        for sentence in passage.sentences:
            found = quote(passage, sentence)
            (message,) = pack(quote_blocks(found, "en"))
            shown, entities = parse(message)
            marked = [
                (entity["type"], _slice(shown, entity["offset"], entity["length"]))
                for entity in entities
            ]
            quoted = [text for kind, text in marked if "blockquote" in kind]
            assert quoted[-1] == passage.text
            assert all(text in passage.document.text for text in quoted)
            assert found.highlight in [text for kind, text in marked if kind == "bold"]
            assert f"14 March 2019 · paragraph {passage.paragraph}" in shown


def test_a_long_passage_is_folded_under_the_sentence_that_answers(base: KnowledgeBase) -> None:
    found = base.ask("When was the collective complaint presented?")
    (message,) = pack(answer_blocks(found, base))
    assert len(found.quotes[0].text) > 700
    sentence = html_module.escape(found.quotes[0].highlight, quote=False)
    assert f"<blockquote><b>{sentence}</b></blockquote>" in message
    assert "<blockquote expandable>" in message


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("Which movement was banned?", "paragraph 1"),
        ("Какое движение запретили?", "абзац 1 · язык оригинала: английский"),
        ("Қай қозғалысқа тыйым салынды?", "1-абзац · түпнұсқа тілі: ағылшын"),
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


def _slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")
