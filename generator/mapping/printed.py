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
    reached: dict[str, _Places] = {"": [("", paper)]}
    for name, filters in dict.fromkeys(names):
        for place, value in _values(name, reached):
            kind = type(value)
            if (kind is str or kind is int) and place not in out and str(value).strip():
                out[place] = Printed(place, name, _filtered(value, filters))  # type: ignore[arg-type]
    return tuple(out.values())


def _filtered(value: str | int, filters: Filters) -> str:
    """The text after our own filters; one of Jinja's own ends the way, and the text so far is looked for."""
    text: object = value
    for name, arguments in filters:
        if name not in _BY_NAME:
            break
        text = _BY_NAME[name](str(text), *arguments)
    return str(text)


_Places = list[tuple[str, PaperValue]]


def _values(name: str, reached: dict[str, _Places]) -> Iterator[tuple[str, PaperValue]]:
    """The places of a name with their values; a list at its end is gone through."""
    for place, value in _places(name, reached):
        if type(value) is list:
            for i, item in enumerate(value):
                yield f"{place}[{i}]", item
        else:
            yield place, value


def _places(name: str, reached: dict[str, _Places]) -> _Places:
    """Where a name leads in the plan. `reached` has what was found before: names of one list share the way to its rows."""
    found = reached.get(name)
    if found is None:
        if name.endswith("[]"):
            found = [
                (f"{place}[{i}]", item)
                for place, value in _places(name[:-2], reached)
                if type(value) is list
                for i, item in enumerate(value)
            ]
        else:
            before, _, key = name.rpartition(".")
            dot = "." if before else ""
            found = [
                (f"{place}{dot}{key}", value.get(key))
                for place, value in _places(before, reached)
                if type(value) is dict
            ]
        reached[name] = found
    return found
