"""Rectangles of a page: how they lie to each other. All are left, bottom, right, top in points."""

from collections.abc import Sequence

from generator.slots import Rect

SQUARE = (4.5, 21.0)
"""The sides of a box to tick, in points."""


def flat(r: Rect) -> Rect:
    """A lying rule as a line without thickness."""
    middle = (r[1] + r[3]) / 2
    return (r[0], middle, r[2], middle)


def upright(r: Rect) -> Rect:
    """A standing rule as a line without thickness."""
    middle = (r[0] + r[2]) / 2
    return (middle, r[1], middle, r[3])


def is_square(r: Rect) -> bool:
    """Whether it has the size and shape of a box to tick."""
    wide, high = r[2] - r[0], r[3] - r[1]
    return SQUARE[0] <= wide <= SQUARE[1] and SQUARE[0] <= high <= SQUARE[1] and 0.66 <= wide / high <= 1.5


def inset(r: Rect) -> Rect:
    """A point smaller on each side."""
    return (r[0] + 1, r[1] + 1, r[2] - 1, r[3] - 1)


def around(rects: Sequence[Rect]) -> Rect:
    """The smallest that holds all."""
    return (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))


def area(r: Rect) -> float:
    """In square points."""
    return max(0.0, r[2] - r[0]) * max(0.0, r[3] - r[1])


def common(a: Rect, b: Rect) -> float:
    """The area that two share, in square points."""
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def overlap(a: Rect, b: Rect) -> float:
    """Shared over joint area, 0 to 1."""
    shared = common(a, b)
    return shared / max(0.01, area(a) + area(b) - shared)


def middle_in(a: Rect, b: Rect) -> bool:
    """Whether the middle of `a` lies in `b`."""
    return b[0] <= (a[0] + a[2]) / 2 <= b[2] and b[1] <= (a[1] + a[3]) / 2 <= b[3]


def inside(a: Rect, b: Rect, slack: float) -> bool:
    """Whether `a` lies in `b`, `slack` points over its edge allowed."""
    return a[0] >= b[0] - slack and a[1] >= b[1] - slack and a[2] <= b[2] + slack and a[3] <= b[3] + slack


def overlaps(a: Rect, b: Rect, least: float) -> bool:
    """Whether they share more than `least` points in both directions."""
    return min(a[2], b[2]) - max(a[0], b[0]) > least and min(a[3], b[3]) - max(a[1], b[1]) > least


def without_doubles(rects: Sequence[Rect]) -> list[Rect]:
    """Each once: of two that mostly cover each other the first stays."""
    out: list[Rect] = []
    for r in rects:
        if not any(overlap(r, other) > 0.55 for other in out[-400:]):
            out.append(r)
    return out


def without_nested(rects: Sequence[Rect]) -> list[Rect]:
    """A ring round a square is one box to tick: the inner one stays."""
    return [
        r
        for r in rects
        if not any(
            o is not r and middle_in(o, r) and area(o) < area(r) < 5 * area(o) and inside(o, r, 1.5) for o in rects
        )
    ]


def joined(rules: list[Rect], axis: int, gap: float = 1.6) -> list[Rect]:
    """Pieces of one rule, and doubles, as one: `axis` 0 for rules that lie, 1 for those that stand; `gap` in points."""
    other = 1 - axis
    out: list[Rect] = []
    for r in sorted(rules, key=lambda one: (round(one[other] / 1.2), one[axis])):
        for n in range(len(out) - 1, max(-1, len(out) - 6), -1):
            last = out[n]
            if (
                abs(last[other] - r[other]) < 1.3
                and r[axis] <= last[axis + 2] + gap
                and r[axis + 2] >= last[axis] - gap
            ):
                merged = list(last)
                merged[axis] = min(last[axis], r[axis])
                merged[axis + 2] = max(last[axis + 2], r[axis + 2])
                out[n] = (merged[0], merged[1], merged[2], merged[3])
                break
        else:
            out.append(r)
    return out
