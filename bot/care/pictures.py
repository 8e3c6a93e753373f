"""Pictures: drawn just before they are sent, from the figures that travelled in the outbox.

A picture brings its own light card, so that it reads the same in a light and in a dark chat. Colours are of the
palette by Okabe and Ito, each with a mark of its own shape, so that nobody needs to tell colours apart.
"""

import asyncio
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

from bot.delivery.letters import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK, _FAINT, _CARD = "#2B2B2B", "#6B6B6B", "#FBF8F2"
_STYLES = (("#009E73", "o"), ("#D55E00", "s"), ("#0072B2", "D"))
"""A colour and the shape of the marks, for one band after the other."""

_GAP = float("nan")
"""What a line leaves out."""

Draw: TypeAlias = "Callable[[Mapping[str, object]], bytes]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One row of the picture: a value a day (or a week) on a scale, None where there is none."""

    label: str
    low: int
    high: int
    values: tuple[float | None, ...]

    @classmethod
    def read(cls, data: object) -> Self:
        """From the figures as they travelled. Raises ValueError for others."""
        match data:
            case {"label": str(label), "low": int(low), "high": int(high), "values": list(values)}:
                numbers = tuple(value if isinstance(value, int | float) else None for value in values)
                return cls(label=label, low=low, high=high, values=numbers)
            case _:
                raise ValueError("these are not the figures of a band")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How far a rating fell on average (below nothing: rose), under its label, with what is said of it beside."""

    label: str
    value: float
    said: str

    @classmethod
    def read(cls, data: object) -> Self:
        """From the figures as they travelled. Raises ValueError for others."""
        match data:
            case {"label": str(label), "value": int() | float() as value, "said": str(said)}:
                return cls(label=label, value=value, said=said)
            case _:
                raise ValueError("these are not the figures of a bar")


async def draw(picture: Picture) -> bytes:
    """The picture as PNG. Drawing takes a good part of a second, so it is done beside the loop, in a thread.

    Raises ValueError for a kind nobody draws, and for figures that don't fit it.
    """
    if picture.kind not in _DRAWN:
        raise ValueError(f"nobody draws {picture.kind}")
    return await asyncio.to_thread(_DRAWN[picture.kind], picture.data)


def draw_week(data: Mapping[str, object]) -> bytes:
    """A band for each of mood, craving and confidence, one above the other, over the same days."""
    return _draw(data, crowded=False)


def draw_half_year(data: Mapping[str, object]) -> bytes:
    """The same over weeks: smaller marks, and only the latest number is written."""
    return _draw(data, crowded=True)


def _draw(data: Mapping[str, object], *, crowded: bool) -> bytes:
    # Imported here: it takes a second and some memory, and many processes never draw.
    from matplotlib.figure import Figure  # noqa: PLC0415

    match data:
        case {"title": str(title), "days": list(days), "bands": list(rows)}:
            bands = [Band.read(row) for row in rows]
        case _:
            raise ValueError("these are not the figures of a week")
    figure = Figure(figsize=(6, 6.6), dpi=170, facecolor=_CARD)
    figure.text(0.1, 0.955, title, fontsize=20, fontweight="bold", color=_INK, va="center")
    axes = figure.subplots(len(bands), 1, sharex=True, squeeze=False)[:, 0]
    figure.subplots_adjust(left=0.1, right=0.95, top=0.86, bottom=0.075, hspace=0.42)
    for plot, band, (colour, mark) in zip(axes, bands, _STYLES, strict=False):
        _draw_band(plot, band, colour, mark, crowded=crowded)
    axes[-1].set_xticks(range(len(days)), [str(day) for day in days], fontsize=13, color=_INK)
    axes[-1].tick_params(axis="x", length=0, pad=8)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _draw_band(plot: "Axes", band: Band, colour: str, mark: str, *, crowded: bool) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - as above

    span = band.high - band.low
    values = [_GAP if value is None else float(value) for value in band.values]
    days = range(len(values))
    plot.set_title(band.label, loc="left", fontsize=14, fontweight="bold", color=colour, pad=8)
    plot.set_facecolor(_CARD)
    plot.spines[:].set_visible(False)
    plot.set_xlim(-0.5, len(values) + (1.2 if crowded else -0.5))
    plot.set_ylim(band.low - 0.12 * span, band.high + 0.28 * span)
    plot.set_yticks([band.low, band.high], [str(band.low), str(band.high)], fontsize=11, color=_FAINT)
    plot.tick_params(axis="both", length=0)
    plot.grid(axis="y", color="#DDD6C8", linewidth=1)
    plot.set_axisbelow(True)
    plot.fill_between(days, band.low, values, color=colour, alpha=0.13, linewidth=0)
    plot.plot(
        days,
        values,
        color=colour,
        linewidth=2.6,
        marker=mark,
        markersize=5.5 if crowded else 8.5,
        markeredgecolor=_CARD,
    )
    there = [(day, value) for day, value in zip(days, band.values, strict=True) if value is not None]
    for day, value in there[-1:] if crowded else there:
        plot.annotate(
            f"{value:g}",
            (day, value),
            textcoords="offset points",
            xytext=(9, 0) if crowded else (0, 9),
            ha="left" if crowded else "center",
            va="center" if crowded else "bottom",
            fontsize=12,
            color=_INK,
            path_effects=[withStroke(linewidth=4, foreground=_CARD)],
        )


def draw_pulse(data: Mapping[str, object]) -> bytes:
    """A small field for each item, over the same months: what people say, and what staff say as a broken line."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    match data:
        case {
            "title": str(title),
            "people": str(people),
            "staff": str(staff),
            "months": list(months),
            "panels": list(panels),
        }:
            pass
        case _:
            raise ValueError("these are not the figures of a pulse")
    figure = Figure(figsize=(6, 9), dpi=170, facecolor=_CARD)
    figure.text(0.09, 0.968, title, fontsize=20, fontweight="bold", color=_INK, va="center")
    fields = figure.subplots(4, 2, sharex=True, sharey=True).flatten()
    figure.subplots_adjust(left=0.09, right=0.96, top=0.875, bottom=0.05, hspace=0.42, wspace=0.16)
    for plot, panel in zip(fields, panels, strict=True):
        match panel:
            case {"label": str(label), "people": list(ours), "staff": list(theirs)}:
                pass
            case _:
                raise ValueError("these are not the figures of a pulse")
        plot.set_title(label, loc="left", fontsize=12, fontweight="bold", color=_INK, pad=6)
        plot.set_facecolor(_CARD)
        plot.spines[:].set_visible(False)
        plot.grid(axis="y", color="#DDD6C8", linewidth=1)
        plot.tick_params(axis="both", length=0)
        plot.set_ylim(0.7, 5.3)
        plot.set_yticks([1, 3, 5], ["1", "3", "5"], fontsize=10, color=_FAINT)
        plot.set_xlim(-0.4, max(len(months) - 0.6, 0.4))
        for values, (colour, mark), line, name in zip(
            (ours, theirs), (_STYLES[2], _STYLES[1]), ("-", "--"), (people, staff), strict=True
        ):
            there = [(at, float(value)) for at, value in enumerate(values) if isinstance(value, int | float)]
            plot.plot(
                [at for at, _ in there],
                [value for _, value in there],
                color=colour,
                linestyle=line,
                linewidth=2.2,
                marker=mark,
                markersize=6,
                markeredgecolor=_CARD,
                label=name,
            )
    step = max(len(months) // 4, 1)
    for plot in fields[-2:]:
        plot.set_xticks(range(0, len(months), step), [str(each) for each in months[::step]], fontsize=11, color=_INK)
    handles, names = fields[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="upper right", bbox_to_anchor=(0.97, 0.99), ncols=2, frameon=False, fontsize=12)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def draw_helped(data: Mapping[str, object]) -> bytes:
    """A bar for each skill: how far the rating went down. What went up has a bar of its own colour and pattern."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    match data:
        case {"title": str(title), "note": str(note), "rows": [_, *_] as rows}:
            bars = [Bar.read(row) for row in rows]
        case _:
            raise ValueError("these are not the figures of what helped")
    height = 1.5 + 0.85 * len(bars)
    figure = Figure(figsize=(6, height), dpi=170, facecolor=_CARD)
    figure.text(0.07, 1 - 0.36 / height, title, fontsize=20, fontweight="bold", color=_INK, va="center")
    figure.text(0.07, 1 - 0.78 / height, note, fontsize=13, color=_FAINT, va="center")
    plot = figure.add_axes((0.07, 0.2 / height, 0.86, 1 - 1.3 / height))
    plot.set_axis_off()
    plot.set_ylim(len(bars) - 0.3, -0.55)
    longest = max(1.0, *(abs(bar.value) for bar in bars))
    plot.set_xlim(0, longest * 1.4)
    for place, bar in enumerate(bars):
        colour, pattern = (_STYLES[0][0], "") if bar.value >= 0 else (_STYLES[1][0], "///")
        plot.text(0, place - 0.3, bar.label, fontsize=15, color=_INK, va="center")
        # Never without a bar: a line where nothing changed is a figure, too.
        length = max(abs(bar.value), longest * 0.012)
        plot.barh(place + 0.12, length, height=0.36, color=colour, hatch=pattern, edgecolor=_CARD, linewidth=0)
        plot.text(length + longest * 0.03, place + 0.12, bar.said, fontsize=15, color=_INK, va="center")
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


_DRAWN: Mapping[str, Draw] = {
    "week": draw_week,
    "half_year": draw_half_year,
    "pulse": draw_pulse,
    "helped": draw_helped,
}
