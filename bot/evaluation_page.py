"""The outcome of an evaluation as one page of HTML that needs nothing else: it opens offline.

The page holds no script, and its content security policy forbids it to fetch anything. Words of
questions and documents are escaped.
"""

import html
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from bot.errors import BotError
from bot.evaluating import Evaluation
from bot.evaluation_report import (
    GOLDEN_LEGEND,
    LEGEND,
    Group,
    accuracy,
    answered,
    expected,
    groups,
    share,
    trust,
)
from bot.plots import kinds_plot, reliability_plot, risk_plot

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(evaluations: Sequence[Evaluation], file: Path) -> None:
    """Write `evaluations` as a page to `file`. Raises BotError if it cannot be written."""
    try:
        file.write_text(page(evaluations), "utf-8")
    except OSError as error:
        raise BotError(f"{file}: cannot be written ({error.strerror})") from error


def page(evaluations: Sequence[Evaluation]) -> str:
    """Return `evaluations` as a page of HTML: all figures, then plots by file and language."""
    found = [(one, group) for one in evaluations for group in groups(one)]
    sections = "".join(_section(one, group) for one, group in found)
    style = files("bot").joinpath("evaluation.css").read_text("utf-8")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<title>Rapporteur: how good the answers are</title><style>{style}</style></head><body>"
        f"<h1>How good the answers are</h1>{_summary([group for _, group in found])}"
        f"{_legend()}{''.join(map(_failing, evaluations))}{sections}</body></html>"
    )


def _summary(found: Sequence[Group]) -> str:
    if not found:
        return ""
    figures = [accuracy(group) | trust(group) for group in found]
    rows = [
        (group.name, group.language, *of_group.values())
        for group, of_group in zip(found, figures, strict=True)
    ]
    return _table(("file", "language", *figures[0]), rows, words=2)


def _legend() -> str:
    rows = (f"<dt>{figure}</dt><dd>{meaning}</dd>" for figure, meaning in LEGEND.items())
    return f'<dl class="soft">{"".join(rows)}</dl>'


def _failing(evaluation: Evaluation) -> str:
    if evaluation.format != "golden":
        return ""
    count = len(evaluation.outcomes)
    name = html.escape(evaluation.name)
    note = f'<p class="soft">{GOLDEN_LEGEND}</p>'
    if not evaluation.failures:
        return f"<h2>{name}: all {count} golden questions are right</h2>{note}"
    rows = [(one.golden.question, expected(one), answered(one)) for one in evaluation.failures]
    heading = f"<h2>{name}: {len(rows)} of {count} golden questions fail</h2>"
    return heading + note + _table(("question", "expected", "answered"), rows, words=3, css="prose")


def _section(evaluation: Evaluation, group: Group) -> str:
    m = group.measures
    left_out = f", {evaluation.left_out} left out" if evaluation.left_out else ""
    bins = [
        (f"{b.low:.1f}–{b.high:.1f}", str(b.count), share(b.confidence), share(b.right))
        for b in group.calibration.bins
    ]
    kinds = list(group.kinds)
    key = "".join(
        f'<span class="entry"><span class="key {css}"></span>{name}</span> '
        for css, name in (
            ("passage", "right passage first"),
            ("sentence", "right sentence first"),
            *((("false", "answered without an answer"),) if m.unanswerable else ()),
        )
    )
    documents = f"{evaluation.documents} document{'s' * (evaluation.documents != 1)}"
    return (
        f"<h2>{html.escape(group.name)} · {html.escape(group.language)}</h2>"
        f'<p class="soft">{documents}{left_out}, {evaluation.passages} passages;'
        f" {m.answerable} questions with an answer and {m.unanswerable} without.</p>"
        '<div class="plots">'
        + _figure(
            "Is the confidence what it says?",
            reliability_plot(group.calibration),
            "On the dashed line it is; above it the answers are better than it says. The larger a"
            f" dot, the more questions. ECE {share(group.calibration.error)},"
            f" AUROC {share(group.calibration.auroc)}.",
        )
        + _figure(
            "What would answering less save?",
            risk_plot(group.calibration),
            "From the most confident answers on the left to all on the right. The dot is where the"
            " decision to answer stands.",
        )
        + _figure("Which questions are hard?", kinds_plot(kinds), key)
        + "</div><details><summary>Reliability table</summary>"
        + _table(("confidence", "questions", "mean confidence", "right"), bins, words=1)
        + "</details>"
    )


def _figure(heading: str, plot: str, caption: str) -> str:
    return f"<figure><h3>{heading}</h3>{plot}<figcaption>{caption}</figcaption></figure>"


def _class(is_text: bool) -> str:
    return "text" if is_text else "number"


def _table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], words: int, css: str = "figures"
) -> str:
    """Return a table whose first `words` columns hold text, and the rest numbers."""

    def cells(tag: str, values: Sequence[str], scope: str = "") -> str:
        return "".join(
            f'<{tag} class="{_class(place < words)}"{scope}>{html.escape(value)}</{tag}>'
            for place, value in enumerate(values)
        )

    head = cells("th", headings, ' scope="col"')
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    table = f'<table class="{css}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide">{table}</div>'
