"""How cost grows with the number of forms: a small chart a job, both axes logarithmic, as SVG."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from bench.measure import Measured

_WIDTH, _HEIGHT, _ACROSS = 300, 230, 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 34, 30
_COLOURS = {"naive": "#9a9a9a", "floor": "#d08a2e", "ours": "#1f6f78"}
_Point = tuple[float, float]


def drawn(found: Sequence[Measured]) -> str:
    """Return the picture of all rows whose cost grows."""
    charts = [measured for measured in found if len(measured.costs) > 1]
    down = math.ceil(len(charts) / _ACROSS)
    size = f'width="{_WIDTH * _ACROSS}" height="{_HEIGHT * down}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {_FONT}>', _BACKGROUND]
    for place, measured in enumerate(charts):
        x, y = place % _ACROSS * _WIDTH, place // _ACROSS * _HEIGHT
        parts += [f'<g transform="translate({x},{y})">', *_chart(measured), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


_FONT = 'font-family="sans-serif" font-size="10" fill="#333"'
_BACKGROUND = '<rect width="100%" height="100%" fill="white"/>'


def _chart(measured: Measured) -> Iterator[str]:
    job = measured.row.job.replace("{n} ", "").format(n="")
    yield f'<text x="{_LEFT}" y="18" font-size="12" font-weight="bold">{escape(job)}</text>'
    sizes = sorted(measured.costs)
    taken = [cost.seconds for costs in measured.costs.values() for cost in costs.values()]
    low, high = math.floor(math.log10(min(taken))), math.ceil(math.log10(max(taken)))
    scale = _Scale((math.log10(sizes[0]), math.log10(sizes[-1])), (low, max(high, low + 1)))
    yield from scale.lines(sizes)
    ends: list[tuple[float, str]] = []
    for way in measured.row.ways:
        points = [scale.point(size, measured.costs[size][way].seconds) for size in sizes]
        yield from _curve(points, _COLOURS[way])
        ends.append((points[-1][1], way))
    yield from _names(ends)


def _curve(points: Sequence[_Point], colour: str) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)


def _names(ends: list[tuple[float, str]]) -> Iterator[str]:
    """Yield the name of each curve above its end, none on top of another."""
    above = math.inf
    for height, way in sorted(ends, reverse=True):
        above = min(height - 7, above - 11)
        place = f'x="{_WIDTH - _RIGHT}" y="{above:.1f}" text-anchor="end"'
        yield f'<text {place} fill="{_COLOURS[way]}">{way}</text>'


class _Scale:
    """Numbers of forms and seconds → places in a chart; both in powers of ten."""

    def __init__(self, across: _Point, up: tuple[int, int]):
        self._across, self._up = across, up

    def point(self, size: int, seconds: float) -> _Point:
        """Return where a measurement stands."""
        share = (math.log10(size) - self._across[0]) / (self._across[1] - self._across[0])
        height = (math.log10(seconds) - self._up[0]) / (self._up[1] - self._up[0])
        x = _LEFT + share * (_WIDTH - _LEFT - _RIGHT)
        return x, _HEIGHT - _BOTTOM - height * (_HEIGHT - _TOP - _BOTTOM)

    def lines(self, sizes: Sequence[int]) -> Iterator[str]:
        """Yield the axes with their numbers."""
        for power in range(self._up[0], self._up[1] + 1):
            _, y = self.point(sizes[0], 10.0**power)
            yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
            told = f"{10**power} s" if power >= 0 else f"{10.0 ** (power + 3):g} ms"
            yield f'<text x="{_LEFT - 6}" y="{y + 3:.1f}" text-anchor="end">{told}</text>'
        for size in sizes:
            x, _ = self.point(size, 1)
            place = f'x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle"'
            yield f"<text {place}>{size:,}</text>"
