"""Jinja held at arm's length: what a template or field map may say, decided on the syntax tree before it compiles.

Templates come from outside. Allowed are names, attributes and items of plain data, comparisons, the filters of
`filters` and a few of Jinja's own, tests, `if`, `for` and `set`. Not allowed: calls, attributes that start with an
underscore, arithmetic that can grow without end, imports, macros, includes.
"""

from collections.abc import Iterator
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.errors import RefusedForSafety
from generator.filters import FILTERS

_JINJA_FILTERS = (
    "abs capitalize default d escape e first float groupby int join last length count list lower map reject rejectattr "
    "replace reverse select selectattr sort string sum title trim truncate unique upper"
).split()
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.If, nodes.For, nodes.Assign, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.List),
    *(nodes.Tuple, nodes.Keyword, nodes.Slice),
)
_GROWS = (nodes.Concat, nodes.Add)
_LONGEST_TEXT = 2_000
_LONGEST_ARGUMENT = 80
_DEEPEST = 60
_LARGEST_OUTPUT = 50_000_000


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment: sandboxed, autoescaping, strict about names, with our filters and no globals."""
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, optimized=False)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _JINJA_FILTERS}
    env.filters |= {one.name: one.call for one in FILTERS}
    return env


def parse(source: str) -> nodes.Template:
    """The syntax tree of a template, checked. Raises jinja2.TemplateSyntaxError, or RefusedForSafety saying what."""
    tree = environment().parse(source)
    refuse_unless_plain(tree)
    return tree


def refuse_unless_plain(tree: nodes.Node) -> None:
    """Raise RefusedForSafety at the first thing in a syntax tree that templates may not do."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RefusedForSafety("The tags of this template are nested too deeply.")
        _refuse_unless_allowed(node)
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _refuse_unless_allowed(node: nodes.Node) -> None:
    if isinstance(node, nodes.Call):
        raise RefusedForSafety("A template may not call anything; use a filter, as in {{ plan.plan_date | date }}.")
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
        raise RefusedForSafety(
            f"A template may not use {type(node).__name__.lower()}; names, filters, if, for and set are enough."
        )
    hidden = False
    if isinstance(node, nodes.Getattr):
        hidden = node.attr.startswith("_")
    elif isinstance(node, nodes.Name):
        hidden = node.name.startswith("_")
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        # Constants name attributes too: x["__class__"], x | map(attribute="a.__class__").
        hidden = "__" in node.value and "___" not in node.value
        if len(node.value) > _LONGEST_TEXT:
            raise RefusedForSafety("A text inside a template's tag is too long.")
    elif isinstance(node, nodes.Filter):
        _check_filter(node)
    elif isinstance(node, nodes.Assign) and (
        isinstance(node.node, _GROWS) or next(node.node.find_all(_GROWS), None) is not None
    ):
        raise RefusedForSafety("A template may not join texts in set; join them where they are printed.")
    if hidden:
        raise RefusedForSafety("A template may not use names that start with an underscore.")


def _check_filter(node: nodes.Filter) -> None:
    if node.name not in environment().filters:
        raise TemplateSyntaxError(f"no filter named {node.name!r}", node.lineno)
    for value in [*node.args, *(keyword.value for keyword in node.kwargs)]:
        if isinstance(value, nodes.Const) and isinstance(value.value, str) and len(value.value) > _LONGEST_ARGUMENT:
            raise RefusedForSafety("A text given to a filter is too long.")
    inner: nodes.Node | None = node.node
    replaced = 0
    while isinstance(inner, nodes.Filter):
        replaced += inner.name == "replace"
        inner = inner.node
    if node.name == "replace" and replaced >= 3:
        raise RefusedForSafety("A template may replace at most three things in one text.")


def bounded(pieces: Iterator[str]) -> str:
    """The text of a render, refused where it grows past any document."""
    out: list[str] = []
    size = 0
    for piece in pieces:
        out.append(piece)
        size += len(piece)
        if size > _LARGEST_OUTPUT:
            raise RefusedForSafety("This template makes a document that is far too large.")
    return "".join(out)
