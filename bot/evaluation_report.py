"""The outcome of an evaluation, as tables in a terminal and as JSON for other programs."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluating import Evaluation, Failure
from knowledge.evaluation.measures import (
    BINS,
    Calibration,
    Measures,
    Outcome,
    calibration,
    measure,
)

LEGEND = {
    "asked": "questions that the documents answer",
    "P@1": "share of these with the right passage first; a no, or asking back, counts as wrong",
    "P@3": "share with the right passage among the first three",
    "S@1": "share with the answer in the first sentence shown, the one in bold",
    "S@3": "share with the answer in one of the first three",
    "MRR": "mean reciprocal rank of the right passage: 1 where it is first, 1/2 second, 1/3 third,"
    " 0 where it is missing",
    "answered": "share answered at all, right or wrong",
    "exact": "share of quotes that match their document letter by letter; below 1 is a fault",
    "without": "questions that the documents do not answer, where a no is right",
    "false": "share of these that were answered all the same: the lower the better",
    "AUROC": "whether right answers have more confidence than wrong ones: 1 always, 0.5 by chance",
    "ECE": "how far, on average, the confidence lies from the share that is right: 0 is best",
    "ms p50, p95": "milliseconds that half of the questions take at most, and that 19 of 20 do",
}
"""What each figure means, in a line, for those who do not measure for a living."""
GOLDEN_LEGEND = (
    "right: one of the sentences shown is the expected one, or the question is declined as it"
    " should be. P@1 and S@1 are stricter: they look only at what comes first. In a list of all who"
    " are named the expected sentence may come fifth, so all golden questions can be right while"
    " P@1 is below 1."
)


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of the questions of a file in one language."""

    name: str
    language: str
    outcomes: tuple[Outcome, ...]
    measures: Measures
    calibration: Calibration

    @property
    def short_name(self) -> str:
        """The name of the file without its ending, so that tables fit a terminal."""
        return PurePath(self.name).stem

    @property
    def kinds(self) -> Iterator[tuple[str, Measures]]:
        """The measures by kind of question."""
        return self._by(lambda outcome: outcome.kind)

    @property
    def misses(self) -> Iterator[tuple[str, Measures]]:
        """The measures by kind of near miss, of the questions where it is known."""
        return self._by(lambda outcome: outcome.miss)

    def _by(self, key: Callable[[Outcome], str | None]) -> Iterator[tuple[str, Measures]]:
        names = sorted({name for one in self.outcomes if (name := key(one)) is not None})
        for name in names:
            yield name, measure([one for one in self.outcomes if key(one) == name])


def groups(evaluation: Evaluation) -> list[Group]:
    """Return the outcomes of `evaluation` by language, in the order the languages come in."""
    languages = dict.fromkeys(one.language for one in evaluation.outcomes)
    found = []
    for language in languages:
        outcomes = tuple(one for one in evaluation.outcomes if one.language == language)
        found.append(
            Group(evaluation.name, language, outcomes, measure(outcomes), calibration(outcomes))
        )
    return found


def as_json(evaluations: Sequence[Evaluation]) -> str:
    """Return `evaluations` as one JSON object, in the form `docs/evaluation.md` shows."""
    listed = [_fields(evaluation) for evaluation in evaluations]
    return json.dumps({"evaluations": listed}, ensure_ascii=False)


def show(evaluations: Sequence[Evaluation], console: Console) -> None:
    """Print `evaluations`: for golden questions, how many are right and which are not; for SQuAD's
    format and for a corpus, the measures by language, by kind of question and by near miss, and
    how reliable the confidence is.
    """
    golden = [one for one in evaluations if one.format == "golden"]
    squad = [group for one in evaluations if one.format != "golden" for group in groups(one)]
    for evaluation in golden:
        _show_golden(evaluation, console)
    if squad:
        for table in (
            _by_language("Answers", squad, accuracy),
            _by_language("Trust and time", squad, trust),
            _kinds(squad),
            _misses(squad),
            _reliability(squad),
        ):
            if table.row_count:
                console.print(table)
        console.print(_legend())


def share(value: float | None) -> str:
    """Return a share as it is shown: with three decimals, or a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def milliseconds(value: float | None) -> str:
    """Return a time as it is shown, in whole milliseconds."""
    return "–" if value is None else f"{value:.0f}"


def accuracy(group: Group) -> dict[str, str]:
    """Return how right the answers of `group` are: figures as they are shown, by heading."""
    m = group.measures
    return {
        "asked": str(m.answerable),
        "P@1": share(m.passage_at_1),
        "P@3": share(m.passage_at_3),
        "S@1": share(m.sentence_at_1),
        "S@3": share(m.sentence_at_3),
        "MRR": share(m.mrr),
        "answered": share(m.answered),
    }


def trust(group: Group) -> dict[str, str]:
    """Return how far the answers of `group` can be trusted and how long they take, as `accuracy`
    does.
    """
    m = group.measures
    return {
        "exact": share(m.exact_quotes),
        "without": str(m.unanswerable),
        "false": share(m.false_answers),
        "AUROC": share(group.calibration.auroc),
        "ECE": share(group.calibration.error),
        "ms p50": milliseconds(m.milliseconds_p50),
        "p95": milliseconds(m.milliseconds_p95),
    }


def expected(failure: Failure) -> str:
    """Return what a right answer would have been."""
    shows = failure.golden.shows
    return "to be declined" if shows is None else f"“{shows}”"


def answered(failure: Failure) -> str:
    """Return what was answered: the first sentences quoted, or that there was none."""
    quotes = failure.answer.quotes
    if not quotes:
        return {"not_found": "declined", "clarify": "asked back"}.get(
            failure.answer.status, "small talk"
        )
    more = f" (and {len(quotes) - 1} more)" if len(quotes) > 1 else ""
    return f"“{quotes[0].highlight}”{more}"


def _show_golden(evaluation: Evaluation, console: Console) -> None:
    table = _table(evaluation.name, "language", "to answer", "right", "share", "to decline")
    for heading in ("right", "share", "ms p50", "p95"):
        table.add_column(heading, justify="right")
    for group in groups(evaluation):
        m = group.measures
        table.add_row(
            group.language,
            str(m.answerable),
            str(m.right_answers),
            share(m.right_answers / m.answerable if m.answerable else None),
            str(m.unanswerable),
            str(m.right_declines),
            share(m.right_declines / m.unanswerable if m.unanswerable else None),
            milliseconds(m.milliseconds_p50),
            milliseconds(m.milliseconds_p95),
        )
    console.print(table)
    count = len(evaluation.outcomes)
    for failure in evaluation.failures:
        lines = (f"  expected  {expected(failure)}", f"  answered  {answered(failure)}")
        console.print(Text(failure.golden.question, style="bold"), soft_wrap=True)
        for line in lines:
            console.print(Text(line), soft_wrap=not console.is_terminal)
    wrong = len(evaluation.failures)
    console.print(f"{wrong} of {count} fail" if wrong else f"All {count} are right")
    console.print(Text(GOLDEN_LEGEND, style="dim"))


def _legend() -> Table:
    table = Table.grid(padding=(0, 2, 0, 1))
    for figure, meaning in LEGEND.items():
        table.add_row(Text(figure, style="bold dim"), Text(meaning, style="dim"))
    return table


def _by_language(
    title: str, squad: Sequence[Group], figures: Callable[[Group], dict[str, str]]
) -> Table:
    table = _table(title, "file", "", *figures(squad[0]))
    for group in squad:
        table.add_row(group.short_name, group.language, *figures(group).values())
    return table


def _kinds(squad: Sequence[Group]) -> Table:
    table = _table(
        "By kind", "file", "", "kind", "asked", "P@1", "S@1", "answered", "without", "false"
    )
    for group in squad:
        for kind, m in group.kinds:
            table.add_row(
                group.short_name,
                group.language,
                kind,
                str(m.answerable),
                *(share(value) for value in (m.passage_at_1, m.sentence_at_1, m.answered)),
                str(m.unanswerable),
                share(m.false_answers),
            )
    return table


def _misses(squad: Sequence[Group]) -> Table:
    """Return the share of near misses that was declined, by kind of near miss."""
    names = sorted({name for group in squad for name, _ in group.misses})
    table = _table("Declined, by near miss", "file", "", *names)
    for group in squad:
        if shares := {name: m.false_answers for name, m in group.misses}:
            declined = (None if (s := shares.get(name)) is None else 1 - s for name in names)
            table.add_row(group.short_name, group.language, *map(share, declined))
    return table


def _reliability(squad: Sequence[Group]) -> Table:
    headings = (f"{group.short_name} {group.language}" for group in squad)
    table = _table("Right at each confidence", "confidence", *headings)
    for number in range(BINS):
        bins = [group.calibration.bins[number] for group in squad]
        table.add_row(
            f"{bins[0].low:.1f}–{bins[0].high:.1f}",
            *(f"{share(one.right)} of {one.count:4}" if one.count else "–" for one in bins),
        )
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    for place, heading in enumerate(headings):
        is_text = place == 0 or heading in {"", "kind"}
        table.add_column(heading, justify="left" if is_text else "right")
    return table


def _fields(evaluation: Evaluation) -> dict[str, Any]:
    languages = {
        group.language: {
            **_rounded(asdict(group.measures)),
            "calibration": {
                "error": _rounded(group.calibration.error),
                "auroc": _rounded(group.calibration.auroc),
                "bins": [_rounded(asdict(one)) for one in group.calibration.bins],
            },
            "kinds": {kind: _rounded(asdict(measures)) for kind, measures in group.kinds},
            "misses": {miss: _rounded(asdict(measures)) for miss, measures in group.misses},
        }
        for group in groups(evaluation)
    }
    return {
        "file": evaluation.name,
        "format": evaluation.format,
        "documents": evaluation.documents,
        "passages": evaluation.passages,
        "left_out": evaluation.left_out,
        "languages": languages,
        "failing": [
            {
                "question": failure.golden.question,
                "expected": failure.golden.shows,
                "status": failure.answer.status,
                "quotes": [one.highlight for one in failure.answer.quotes],
            }
            for failure in evaluation.failures
        ],
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return value
