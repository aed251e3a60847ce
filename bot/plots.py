"""Plots of an evaluation as SVG that stands by itself: no script, no font, no resource.

Colours come from the classes of bot/evaluation.css, so that one drawing reads
in light and in dark. Each plot has a title and a description for those who cannot see it.
"""

import html
import math
from collections.abc import Iterable, Sequence

from knowledge.evaluation.measures import Bin, Calibration, Measures, Risk

_WIDTH, _HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 346, 14, 254  # of the plotting area, in units of the viewBox
_SHOWN_FROM = 0.1  # coverage; below it, one wrong answer among few takes the risk off the plot
_BAR, _BETWEEN = 16, 14  # height of a bar, and the gap between kinds


def reliability_plot(calibration: Calibration) -> str:
    """Return the reliability curve: how much is right at each confidence, beside the diagonal
    on which a confidence means what it says.
    """
    bins = [one for one in calibration.bins if one.right is not None]
    largest = max((one.count for one in bins), default=1)
    points = [(_x(one.confidence or 0.0), _y(one.right or 0.0)) for one in bins]
    dots = "".join(
        _dot("dot", x, y, 3 + 6 * math.sqrt(one.count / largest), _told(one))
        for one, (x, y) in zip(bins, points, strict=True)
    )
    return _svg(
        "Reliability curve",
        "; ".join(_told(one) for one in bins) or "No question found anything.",
        _axes("confidence", "share right", 1.0)
        + f'<path class="ideal" d="M{_x(0):.1f},{_y(0):.1f}L{_x(1):.1f},{_y(1):.1f}"/>'
        + _line(points)
        + dots,
    )


def risk_plot(calibration: Calibration) -> str:
    """Return the risk–coverage curve, with the point where the decision to answer stands."""
    chosen = calibration.chosen
    curve = [one for one in calibration.risks if one.coverage >= _SHOWN_FROM]
    highest = _nice(max([one.risk or 0.0 for one in (*curve, chosen)], default=0.0))
    points = [(_x(one.coverage), _y((one.risk or 0.0) / highest)) for one in curve]
    mark = ""
    if chosen.risk is not None:
        x, y = _x(chosen.coverage), _y(chosen.risk / highest)
        # The label stands where there is room.
        above = y - 12 if y > _TOP + 30 else y + 22
        mark = _dot("chosen", x, y, 5, _at(chosen))
        mark += _text(f"{chosen.risk:.1%} wrong", x - 4, above, anchor="end", css="label")
    return _svg(
        "Risk–coverage curve",
        f"Where the decision stands: {_at(chosen)}. "
        + "; ".join(_at(one) for one in _thinned(curve)),
        _axes("share of questions answered", "share of answers wrong", highest)
        + _line(points)
        + mark,
    )


def kinds_plot(kinds: Sequence[tuple[str, Measures]]) -> str:
    """Return bars of the measures of each kind of question."""
    rows: list[str] = []
    y = float(_TOP)
    left, right = 74.0, 310.0
    told = []
    for kind, measures in kinds:
        bars = [
            (css, name, value)
            for css, name, value in (
                ("passage", "right passage", measures.passage_at_1),
                ("sentence", "right sentence", measures.sentence_at_1),
                ("false", "false answers", measures.false_answers),
            )
            if value is not None
        ]
        count = measures.answerable + measures.unanswerable
        told.append(f"{kind}, {count}: " + ", ".join(f"{n} {v:.3f}" for _, n, v in bars))
        middle = y + len(bars) * _BAR / 2
        rows.append(_text(kind, left - 8, middle, anchor="end", css="label"))
        rows.append(_text(str(count), left - 8, middle + 13, anchor="end"))
        for css, name, value in bars:
            width = (right - left) * value
            rows.append(
                f'<rect class="{css}" x="{left}" y="{y:.1f}" width="{width:.1f}"'
                f' height="{_BAR - 2}" rx="2"><title>{kind}: {name} {value:.3f}</title></rect>'
            )
            rows.append(_text(f"{value:.3f}", left + width + 5, y + _BAR - 3))
            y += _BAR
        y += _BETWEEN
    rows.append(f'<path class="axis" d="M{left},{_TOP - 4}V{y - _BETWEEN + 4:.1f}"/>')
    return _svg("By kind of question", "; ".join(told), "".join(rows), height=max(y, 60))


def _axes(across: str, up: str, highest: float) -> str:
    """Return grid, ticks and names of the axes; x goes from 0 to 1 and y from 0 to `highest`."""
    parts = []
    places = 1 if highest >= 0.5 else 2
    for step in range(6):
        x, y = _x(step / 5), _y(step / 5)
        parts.append(f'<path class="grid" d="M{x:.1f},{_TOP}V{_BOTTOM}M{_LEFT},{y:.1f}H{_RIGHT}"/>')
        parts.append(_text(f"{step / 5:.1f}", x, _BOTTOM + 15, anchor="middle"))
        parts.append(_text(f"{highest * step / 5:.{places}f}", _LEFT - 6, y + 4, anchor="end"))
    middle = (_TOP + _BOTTOM) / 2
    parts.append(f'<path class="axis" d="M{_LEFT},{_TOP}V{_BOTTOM}H{_RIGHT}"/>')
    parts.append(
        _text(across, (_LEFT + _RIGHT) / 2, _HEIGHT - 10, anchor="middle", css="label")
        + f'<g transform="translate(12,{middle}) rotate(-90)">'
        + _text(up, 0, 0, anchor="middle", css="label")
        + "</g>"
    )
    return "".join(parts)


def _text(words: str, x: float, y: float, *, anchor: str = "start", css: str = "tick") -> str:
    return (
        f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{html.escape(words)}</text>"
    )


def _dot(css: str, x: float, y: float, radius: float, told: str) -> str:
    return (
        f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{html.escape(told)}</title></circle>"
    )


def _line(points: Iterable[tuple[float, float]]) -> str:
    placed = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<path class="curve" d="M{placed}"/>' if placed else ""


def _svg(title: str, description: str, inner: str, height: float = _HEIGHT) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>{inner}</svg>"
    )


def _x(value: float) -> float:
    return _LEFT + value * (_RIGHT - _LEFT)


def _y(value: float) -> float:
    return _BOTTOM - value * (_BOTTOM - _TOP)


def _nice(value: float) -> float:
    """Return the end of an axis that holds `value` and divides well into five."""
    return next((end for end in (0.05, 0.1, 0.2, 0.5) if value <= end), 1.0)


def _thinned(curve: Sequence[Risk]) -> Sequence[Risk]:
    """Return about ten of `curve`, its end among them: enough to be read out."""
    return curve[:: -max(1, len(curve) // 10)][::-1]


def _told(one: Bin) -> str:
    return (
        f"confidence {one.low:.1f} to {one.high:.1f}: {one.right:.3f} of {one.count} right"
        if one.right is not None
        else ""
    )


def _at(one: Risk) -> str:
    risk = "none" if one.risk is None else f"{one.risk:.3f}"
    return f"{one.coverage:.3f} answered, {risk} of them wrong"
