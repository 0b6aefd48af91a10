"""Which texts a template will print for one plan: its names, followed through the lists of that plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.filters import FILTERS
from generator.mapping.paper import Paper, PaperValue


@dataclass(frozen=True, slots=True)
class Printed:
    """One text that should be seen: `id` is its place (`problems[0].title`), `name` the template's name for it."""

    id: str
    name: str
    text: str


Filters = tuple[tuple[str, tuple[object, ...]], ...]
_BY_NAME: dict[str, Callable[..., str]] = {one.name: one.call for one in FILTERS}
_BY_NAME |= {"lower": str.lower, "upper": str.upper, "capitalize": str.capitalize, "trim": str.strip}


def printed_values(names: Sequence[tuple[str, Filters]], paper: Paper) -> tuple[Printed, ...]:
    """The texts of all names as their filters show them, each place once; blanks and flags are left out."""
    out: dict[str, Printed] = {}
    for name, filters in dict.fromkeys(names):
        for place, value in _values(paper, name.replace("[]", ".[]").split("."), ""):
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                out.setdefault(place, Printed(place, name, _filtered(value, filters)))
    return tuple(out.values())


def _filtered(value: str | int, filters: Filters) -> str:
    """The text after our own filters; one of Jinja's own ends the way, and the text so far is looked for."""
    text: object = value
    for name, arguments in filters:
        if name not in _BY_NAME:
            break
        text = _BY_NAME[name](str(text), *arguments)
    return str(text)


def _values(value: PaperValue, steps: list[str], place: str) -> Iterator[tuple[str, PaperValue]]:
    if not steps:
        if isinstance(value, list):
            for i, item in enumerate(value):
                yield f"{place}[{i}]", item
        else:
            yield place, value
    elif steps[0] == "[]":
        for i, item in enumerate(value if isinstance(value, list) else []):
            yield from _values(item, steps[1:], f"{place}[{i}]")
    elif isinstance(value, dict):
        yield from _values(value.get(steps[0]), steps[1:], f"{place}.{steps[0]}" if place else steps[0])
