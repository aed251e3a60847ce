"""What is remembered of a chat, by a clock that the test winds."""

import pytest

from bot.conversation import LocalMemory

MINUTES = 60.0


class Clock:
    """Counts seconds when told to."""

    def __init__(self) -> None:
        self.now = 12_345.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def answered(clock: Clock) -> LocalMemory[tuple[int, ...]]:
    return LocalMemory(clock)


def test_an_answer_is_recalled_by_chat_and_message(answered: LocalMemory[tuple[int, ...]]) -> None:
    answered.remember((1, 10), (11, 12))
    answered.remember((2, 10), (13,))
    assert answered.recall((1, 10)) == (11, 12)
    assert answered.recall((2, 10)) == (13,)
    assert answered.recall((1, 11)) is None


def test_a_question_never_asked_is_not_recalled(answered: LocalMemory[tuple[int, ...]]) -> None:
    assert answered.recall((1, 10)) is None


def test_no_answers_are_not_the_same_as_nothing_remembered(
    answered: LocalMemory[tuple[int, ...]],
) -> None:
    answered.remember((1, 10), ())
    assert answered.recall((1, 10)) == ()


def test_an_answer_is_forgotten_after_15_minutes(
    answered: LocalMemory[tuple[int, ...]], clock: Clock
) -> None:
    answered.remember((1, 10), (11,))
    clock.now += 15 * MINUTES
    assert answered.recall((1, 10)) == (11,)
    clock.now += 0.5
    assert answered.recall((1, 10)) is None


def test_answering_again_starts_the_15_minutes_anew(
    answered: LocalMemory[tuple[int, ...]], clock: Clock
) -> None:
    answered.remember((1, 10), (11,))
    clock.now += 10 * MINUTES
    answered.remember((1, 10), (11, 12))
    clock.now += 10 * MINUTES
    assert answered.recall((1, 10)) == (11, 12)


def test_answering_again_spares_a_question_from_making_room(
    answered: LocalMemory[tuple[int, ...]], clock: Clock
) -> None:
    answered.remember((1, 1), (2,))
    answered.remember((1, 3), (4,))
    clock.now += 10 * MINUTES
    answered.remember((1, 1), (2,))
    clock.now += 10 * MINUTES
    answered.remember((1, 5), (6,))
    assert answered.recall((1, 1)) == (2,)
    assert answered.recall((1, 3)) is None


def test_the_oldest_of_too_many_make_room(answered: LocalMemory[tuple[int, ...]]) -> None:
    for message in range(10_001):
        answered.remember((1, message), (message,))
    assert answered.recall((1, 0)) is None
    assert answered.recall((1, 1)) == (1,)
    assert answered.recall((1, 10_000)) == (10_000,)


def test_time_is_that_of_the_machine_unless_said() -> None:
    answered: LocalMemory[tuple[int, ...]] = LocalMemory()
    answered.remember((1, 10), (11,))
    assert answered.recall((1, 10)) == (11,)


def test_a_chat_is_forgotten_whole_and_alone(answered: LocalMemory[tuple[int, ...]]) -> None:
    answered.remember((1, 10), (11,))
    answered.remember((1, 12), (13,))
    answered.remember((2, 10), (14,))
    answered.forget(1)
    assert answered.recall((1, 10)) is None
    assert answered.recall((1, 12)) is None
    assert answered.recall((2, 10)) == (14,)
