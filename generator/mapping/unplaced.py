"""Which values of a plan no slot of a form shows: nothing is dropped in silence."""

from collections.abc import Set as AbstractSet

from generator.plan import Plan
from generator.plan.base import Part, is_blank
from generator.plan.layout import fields_at

_NO_PAPER = ("schema", "signatures[].of_text")


def unplaced(plan: Plan, shown: AbstractSet[str]) -> tuple[str, ...]:
    """Paths of the plan's values that stand under none of the `shown` paths (`problems[].title`, `agency`), in order.

    The plan's own marks (ids, schema) are not meant for paper.
    """
    out: list[str] = []
    _look(plan, "", "", shown, out)
    return tuple(out)


def _look(part: Part, path: str, general: str, shown: AbstractSet[str], out: list[str]) -> None:
    """`path` is the part's own, `general` the same without indexes."""
    values = part.__dict__
    for field in fields_at(type(part), general):
        value = values[field.name]
        # What shows a section or a list shows all below it.
        if value is None or value == "" or value == [] or field.path in shown:
            continue
        here = f"{path}.{field.key}" if path else field.key
        if isinstance(value, Part):
            _look(value, here, field.path, shown, out)
        elif isinstance(value, list):
            below = f"{field.path}[]"
            if below in shown:
                continue
            for i, item in enumerate(value):
                if isinstance(item, Part):
                    _look(item, f"{here}[{i}]", below, shown, out)
                elif _is_meant(field.path) and not is_blank(item):
                    out.append(f"{here}[{i}]")
        elif _is_meant(field.path) and not is_blank(value):
            out.append(here)


def _is_meant(path: str) -> bool:
    return path not in _NO_PAPER and not path.endswith(".id")
