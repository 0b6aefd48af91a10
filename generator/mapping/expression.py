"""A small expression over the paper view, as field maps use it: `patient.dob | date("mm/dd/yyyy")`.

The same sandbox and the same filters as in templates; one expression, no tags.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self, cast

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.environment import TemplateExpression
from rapidfuzz import process

from generator.errors import MapNotValid, NameUnknown
from generator.mapping.names import known_names
from generator.mapping.paper import Paper, PaperValue
from generator.sandbox import environment, parse


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression; `text` is as it was written, `names` what it reads (`patient.dob`, lists as `[]`)."""

    text: str
    names: tuple[str, ...]
    _run: TemplateExpression = field(repr=False, compare=False)

    @classmethod
    def read(cls, text: str, *, place: str = "the field map", row: str = "") -> Self:
        """Parse and check; `row` is the list whose entries the expression is about.

        Raises MapNotValid where it is no expression, NameUnknown (with the nearest name) where the plan has no such
        value, RefusedForSafety where it would do more than read.
        """
        return cls(*_read(text, place, row))

    def evaluate(self, paper: Paper) -> PaperValue:
        """The value for one plan; None where a list is too short or nothing stands there."""
        try:
            value = self._run(**paper)
        except UndefinedError:
            return None
        return cast("PaperValue", None if value.__class__.__name__.endswith("Undefined") else value)


@lru_cache(maxsize=4096)
def _read(text: str, place: str, row: str) -> tuple[str, tuple[str, ...], TemplateExpression]:
    """What `Expression.read` makes of a text; kept, for a map is read again with each document. It holds no plan's value."""
    try:
        tree = parse("{{ (" + text + ") }}")
        outputs = [node for node in tree.body if isinstance(node, nodes.Output)]
        if len(tree.body) != 1 or len(outputs) != 1 or len(outputs[0].nodes) != 1:
            raise MapNotValid(f"{place} has more than one expression.")
        names = tuple(sorted(_names(outputs[0].nodes[0])))
        run = environment().compile_expression(text, undefined_to_none=False)
    except TemplateSyntaxError as error:
        raise MapNotValid(f"{place} cannot be read as an expression: {error.message}.") from None
    for name in names:
        _refuse_unknown(name, place, row)
    return text, names, run


def _names(node: nodes.Node) -> set[str]:
    path = _path(node)
    if path is not None:
        return {path}
    return {name for child in node.iter_child_nodes() for name in _names(child)}


def _path(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node)
        return None if inner is None else f"{inner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = _path(node.node)
        if inner is not None:
            return f"{inner}[]" if isinstance(node.arg.value, int) else f"{inner}.{node.arg.value}"
    return None


def _refuse_unknown(name: str, place: str, row: str) -> None:
    known = known_names()
    prefix = f"{re.sub(r'[0-9]+', '', row)}[]." if row else ""
    if f"{prefix}{name}" in known or name in known or (row and name == "item"):
        return
    near = process.extractOne(f"{prefix}{name}", known)
    hint = f" Did you mean {near[0].removeprefix(prefix)}?" if near else ""
    raise NameUnknown(f'{place} names "{name}", which a plan does not have.{hint}')
