"""Expressions of a definition: what they read, when that is given, and how they look inside a row."""

import re

from jinja2 import nodes

from generator.sandbox import parse


def names_of(expression: str) -> tuple[str, ...]:
    """The dotted names an expression reads, in order: `patient.dob`, `g.statement`. Items of lists are left out."""
    found: dict[str, None] = {}
    waiting: list[nodes.Node] = [parse("{{ (" + expression + ") }}")]
    while waiting:
        node = waiting.pop(0)
        name = _dotted(node)
        if name:
            found[name] = None
            continue
        waiting = [*node.iter_child_nodes(), *waiting]
    return tuple(found)


def given(expression: str) -> str:
    """A condition: one of the values that the expression reads is not blank."""
    return " or ".join(f"({name} is not none and {name} != '' and {name} != [])" for name in names_of(expression))


def in_row(expression: str, var: str) -> str:
    """The expression as a row's own: `g.statement` is `statement`."""
    return re.sub(rf"(?<![\w.'\"]){re.escape(var)}\.", "", expression)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = _dotted(node.node)
        return f"{inner}.{node.attr}" if inner else ""
    return ""
