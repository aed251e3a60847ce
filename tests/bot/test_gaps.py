"""Questions handed over to the editors, on disk."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.gaps import KEPT, Gap, Gaps
from knowledge.errors import KnowledgeError


def test_a_question_is_kept_once_with_its_day_until_it_is_dismissed(tmp_path: Path) -> None:
    gaps = Gaps(tmp_path / "gaps.json")
    assert gaps.all() == ()
    for question in ("Who?", "When?", "who ?", "Who?"):
        gaps.add(question)
    today = datetime.datetime.now(datetime.UTC).date()
    assert Gaps(tmp_path / "gaps.json").all() == (Gap("When?", today), Gap("Who?", today, count=3))
    gaps.dismiss(gaps.all()[0].id, "00000000")
    assert [gap.question for gap in gaps.all()] == ["Who?"]


def test_a_question_kept_by_an_earlier_release_found_no_answer(tmp_path: Path) -> None:
    (tmp_path / "gaps.json").write_text('[{"question": "Who?", "day": "2026-01-05"}]')
    gaps = Gaps(tmp_path / "gaps.json")
    gaps.add("When?", is_wrong=True)
    assert [(gap.question, gap.is_wrong) for gap in gaps.all()] == [
        ("Who?", False),
        ("When?", True),
    ]


def test_what_two_processes_hand_over_at_once_is_all_kept(tmp_path: Path) -> None:
    both = [Gaps(tmp_path / "gaps.json") for _ in range(2)]  # as each process has its own

    def hand_over(number: int) -> None:
        both[number % 2].add(f"Question {number}?")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(hand_over, range(100)))
    assert sorted(gap.question for gap in both[0].all()) == sorted(
        f"Question {number}?" for number in range(100)
    )


def test_the_oldest_makes_room(tmp_path: Path) -> None:
    full = [{"question": f"Question {number}?", "day": "2026-01-05"} for number in range(KEPT)]
    (tmp_path / "gaps.json").write_text(json.dumps(full))
    gaps = Gaps(tmp_path / "gaps.json")
    for number in range(KEPT, KEPT + 2):
        gaps.add(f"Question {number}?")
    kept = [gap.question for gap in gaps.all()]
    assert (len(kept), kept[0], kept[-1]) == (500, "Question 2?", "Question 501?")


def test_what_cannot_be_seen_is_not_kept(tmp_path: Path) -> None:
    gaps = Gaps(tmp_path / "gaps.json")
    gaps.add("Who\u202e is\x00 it?\n")
    assert gaps.all()[0].question == "Who is it?"


@pytest.mark.parametrize("text", ["", "{", '[{"question": 5}]'])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "gaps.json").write_text(text)
    with pytest.raises(KnowledgeError, match=r"gaps\.json: cannot be read; move it away"):
        Gaps(tmp_path / "gaps.json").add("Who?")
