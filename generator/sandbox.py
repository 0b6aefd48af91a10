"""Jinja held at arm's length: what a template or field map may say, decided on the syntax tree before it compiles.

Templates come from outside. Allowed are names, keys and items of plain data, comparisons, sums of numbers, joined texts,
the filters of `filters` and a few of Jinja's own, tests, `if`, `for` and `set`. Not allowed: calls, names that start with
an underscore, powers, imports, macros, includes. A dot never reaches an attribute of a Python object, only a key.
"""

from collections.abc import Callable
from functools import cache, lru_cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.errors import RefusedForSafety
from generator.filters import FILTERS

_JINJA_FILTERS = (
    "abs capitalize default d escape e first float groupby int items last length count list lower map reject rejectattr "
    "reverse round select selectattr sort string sum title trim truncate unique upper"
).split()
_JINJA_TESTS = (
    "boolean defined divisibleby eq equalto even false float ge greaterthan gt in integer iterable le lessthan lower lt "
    "mapping ne none number odd sameas sequence string true undefined upper == != > >= < <="
).split()
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.If, nodes.For, nodes.Assign, nodes.Concat, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv),
    *(nodes.Mod, nodes.Neg, nodes.Pos, nodes.List, nodes.Tuple, nodes.Keyword, nodes.Slice),
)
_GROWS = (nodes.Concat, nodes.Add)
_ON_NUMBERS = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod)
_AS_FILTER = {
    **{name: name for name in ("upper", "lower", "title", "capitalize", "items")},
    **{"strip": "trim", "iteritems": "items"},
}
_LONGEST_TEXT = 2_000
_LARGEST_NUMBER = 10**15
_DEEPEST = 60
_DEEPEST_LOOP = 12
_LONGEST_CHAIN = 300
LOOP_WORDS = frozenset(
    ("index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem", "depth", "depth0")
)
"""What `loop.` offers inside a for."""
LONGEST_MADE = 1_000_000
"""Characters that one filter or joining of texts may make."""


class PlainEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which `a.b` and `a["b"]` are keys of plain data; attributes of objects do not exist."""

    def getattr(self, obj: object, attribute: str) -> object:
        """A key of a mapping; of a group (`groupby`), its `grouper` and `list`."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP_WORDS:
            return getattr(obj, attribute)
        if isinstance(obj, tuple) and attribute in ("grouper", "list") and hasattr(obj, "_fields"):
            return obj[attribute == "list"]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """A key of a mapping, or a place or slice of a list or text."""
        if type(obj) in (dict, list, str) or isinstance(obj, tuple):
            try:
                return obj[argument]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                if isinstance(argument, str):
                    return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=argument if isinstance(argument, str) else str(type(argument).__name__))


@cache
def environment() -> PlainEnvironment:
    """The one environment: sandboxed, autoescaping, strict about names, with our filters and no globals."""
    env = PlainEnvironment(autoescape=True, undefined=StrictUndefined, optimized=False)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _JINJA_FILTERS}
    env.filters |= {"replace": replaced, "join": joined}
    env.filters |= {one.name: one.call for one in FILTERS}
    env.tests = {name: env.tests[name] for name in _JINJA_TESTS}
    return env


@lru_cache(4096)
def parse(source: str, *, filters: frozenset[str] = frozenset()) -> nodes.Template:
    """The syntax tree of a template, checked. Raises jinja2.TemplateSyntaxError, or RefusedForSafety saying what.

    `filters` are names of filters that a program adds to those of the environment. Trees are kept, and not to be
    changed: a template asks for the same tag many times, its doctor in every round.
    """
    try:
        tree = environment().parse(source)
    except RecursionError:
        raise RefusedForSafety("The tags of this template are nested too deeply.") from None
    tree = without_calls(tree)
    refuse_unless_plain(tree, filters=filters)
    return tree


def without_calls(tree: nodes.Template) -> nodes.Template:
    """`name.upper()` written as `name | upper`: the few calls that only mean a filter. All other calls stay, and fall."""
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        for name, value in list(node.iter_fields()):
            if isinstance(value, nodes.Call):
                setattr(node, name, _as_filter(value))
            elif isinstance(value, list):
                setattr(node, name, [_as_filter(one) if isinstance(one, nodes.Call) else one for one in value])
        waiting += node.iter_child_nodes()
    return tree


def _as_filter(call: nodes.Call) -> nodes.Expr:
    target = call.node
    if call.kwargs or call.dyn_args or call.dyn_kwargs:
        return call
    if isinstance(target, nodes.Getattr) and not call.args and target.attr in _AS_FILTER:
        return nodes.Filter(target.node, _AS_FILTER[target.attr], [], [], None, None, lineno=call.lineno)
    if isinstance(target, nodes.Name) and target.name in ("iteritems", "items") and len(call.args) == 1:
        return nodes.Filter(call.args[0], "items", [], [], None, None, lineno=call.lineno)
    return call


def refuse_unless_plain(tree: nodes.Node, *, filters: frozenset[str] = frozenset()) -> None:
    """Raise RefusedForSafety at the first thing in a syntax tree that templates may not do."""
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 0, 0, 0)]
    while waiting:
        node, depth, loops, chain = waiting.pop()
        loops += isinstance(node, nodes.For)
        if depth > _DEEPEST or loops > _DEEPEST_LOOP or chain > _LONGEST_CHAIN:
            raise RefusedForSafety("The tags of this template are nested too deeply.")
        _refuse_unless_allowed(node, filters)
        for child in node.iter_child_nodes():
            # "a or b or c" is a chain to its reader, though each or holds all before it.
            is_chain = isinstance(node, nodes.And | nodes.Or) and type(child) is type(node) and child is node.left
            waiting.append((child, depth + (not is_chain), loops, chain + 1 if is_chain else 0))


def _refuse_unless_allowed(node: nodes.Node, filters: frozenset[str]) -> None:
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
    elif isinstance(node, nodes.Const):
        # Constants name attributes too: x["__class__"], x | map(attribute="a.__class__").
        value = node.value
        hidden = isinstance(value, str) and "__" in value and "___" not in value
        if isinstance(value, str) and len(value) > _LONGEST_TEXT:
            raise RefusedForSafety("A text inside a template's tag is too long.")
        if isinstance(value, int | float) and abs(value) > _LARGEST_NUMBER:
            raise RefusedForSafety("A number inside a template's tag is too large.")
    elif isinstance(node, nodes.Filter | nodes.Test):
        _check_known(node, filters)
    elif isinstance(node, nodes.Assign):
        _refuse_growth(node)
    elif isinstance(node, _ON_NUMBERS) and any(_is_text(side) for side in (node.left, node.right)):
        raise RefusedForSafety("A template may work out numbers only; texts are neither multiplied nor formatted.")
    if hidden:
        raise RefusedForSafety("A template may not use names that start with an underscore.")


def _refuse_growth(node: nodes.Assign) -> None:
    """A text that is joined to itself in set doubles with every round; limits at run time would stop it too."""
    targets = {
        name.name
        for name in ([node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name))
    }
    whole = [node.node] if isinstance(node.node, _GROWS) else node.node.find_all(_GROWS)
    for grown in whole:
        names = {name.name for name in grown.find_all(nodes.Name)}
        if not names or names & targets:
            raise RefusedForSafety("A template may not join a text to itself in set; join it where it is printed.")


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.List | nodes.Tuple) or (isinstance(node, nodes.Const) and isinstance(node.value, str))


def _check_known(node: nodes.Filter | nodes.Test, filters: frozenset[str]) -> None:
    env = environment()
    kind, known = ("filter", env.filters) if isinstance(node, nodes.Filter) else ("test", env.tests)
    if node.name not in known and not (kind == "filter" and node.name in filters):
        raise TemplateSyntaxError(f"no {kind} named {node.name!r}", node.lineno)
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise RefusedForSafety("A template may not unpack arguments.")


def replaced(value: object, old: object, new: object, count: object = None) -> str:
    """Jinja's replace for plain text, held to a length."""
    text, a, b = str(value), str(old), str(new)
    limit = count if isinstance(count, int) else -1
    if len(text) + text.count(a) * max(len(b) - len(a), 0) > LONGEST_MADE:
        raise RefusedForSafety("A tag of this template makes a text that is far too long.")
    return text.replace(a, b, limit)


def joined(value: object, between: object = "", attribute: object = None) -> str:
    """Jinja's join for plain data, held to a length."""
    items = list(value) if isinstance(value, list | tuple | str | dict) else [value]
    if isinstance(value, Undefined):
        str(value)
    if attribute is not None:
        env = environment()
        items = [_reached(env, item, str(attribute)) for item in items]
    separator, texts = str(between), [str(item) for item in items]
    if sum(map(len, texts)) + len(separator) * len(texts) > LONGEST_MADE:
        raise RefusedForSafety("A tag of this template makes a text that is far too long.")
    return separator.join(texts)


def _reached(env: PlainEnvironment, item: object, path: str) -> object:
    for step in path.split("."):
        item = env.getitem(item, int(step) if step.isdigit() else step)
    return item


def call_with_environment(function: Callable[..., object]) -> bool:
    """Whether Jinja hands a filter or test more than its value (its environment or context)."""
    return getattr(function, "jinja_pass_arg", None) is not None
