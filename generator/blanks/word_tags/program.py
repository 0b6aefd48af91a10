"""A checked syntax tree made into a function: the template compiled once, run for each plan.

The pieces of XML between values are put together as they are; all values of a part are escaped in one go. What a value
stands in (a run, an attribute, a property) is known when the template is compiled, and so is whether the XML stays whole
whichever way the conditions fall.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from jinja2 import TemplateSyntaxError, nodes
from jinja2.nodes import EvalContext

from generator.blanks.word_tags import values
from generator.blanks.word_tags.budget import LARGEST_PART, Budget
from generator.blanks.word_tags.shape import Shape, ShapeBroken, Spot
from generator.errors import RefusedForSafety
from generator.sandbox import PlainEnvironment

_LOOP = {
    "index": "i{n}",
    "index0": "(i{n} - 1)",
    "first": "(i{n} == 1)",
    "last": "(i{n} == n{n})",
    "length": "n{n}",
    "revindex": "(n{n} - i{n} + 1)",
    "revindex0": "(n{n} - i{n})",
    "previtem": "(r{n}[i{n} - 2] if i{n} > 1 else undefined('loop.previtem'))",
    "nextitem": "(r{n}[i{n}] if i{n} < n{n} else undefined('loop.nextitem'))",
    "depth": "{depth}",
    "depth0": "({depth} - 1)",
}
"""How each word of `sandbox.LOOP_WORDS` is worked out from the place in the list."""

_MARK = "\0"
_LITERALS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
_ARITHMETIC = {
    nodes.Add: "add",
    nodes.Sub: "sub",
    nodes.Mul: "mul",
    nodes.Div: "div",
    nodes.FloorDiv: "floordiv",
    nodes.Mod: "mod",
}
_STATIC_SPACE = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)(?=</w:t>)")
_PICTURE = "<wp:docPr"
_PICTURE_ID = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")\d+')
_WRITERS = {
    Spot.ATTRIBUTE: "attribute",
    Spot.TEXT: "other",
    Spot.BLOCK: "block",
    Spot.INLINE: "inline",
    Spot.IN_RUN: "in_run",
}


@dataclass(frozen=True, slots=True)
class Program:
    """One part of a template, ready to run.

    `is_whole` where the XML was shown to stay well-formed whatever the conditions; `has_pictures_in_loops` where the
    numbers of pictures must be given anew.
    """

    run: Callable[[Mapping[str, object], list[str], list[str], Budget], None] = field(repr=False)
    is_whole: bool
    has_pictures_in_loops: bool

    def render(self, context: Mapping[str, object]) -> bytes:
        """The part's XML for one plan. `context` is plain data.

        Raises jinja2.UndefinedError for a name that is not there, TypeError or ValueError where a value does not suit
        its filter, RefusedForSafety where the limits are passed.
        """
        pieces: list[str] = []
        texts: list[str] = []
        self.run(context, pieces, texts, Budget())
        if sum(map(len, texts)) + sum(map(len, pieces)) > LARGEST_PART:
            raise RefusedForSafety("This template makes a document that is far too large.")
        data = "".join(pieces).encode()
        if texts:
            whole: list[bytes] = [b""] * (2 * len(texts) + 1)
            whole[::2] = data.split(b"\0")
            whole[1::2] = values.escaped_for_runs(texts)
            data = b"".join(whole)
        if self.has_pictures_in_loops:
            numbers = iter(range(1001, 10**9))
            data = _PICTURE_ID.sub(lambda found: found[1] + str(next(numbers)).encode(), data)
        return data


def compile_program(tree: nodes.Template, env: PlainEnvironment) -> Program:
    """Compile a tree that passed `sandbox.refuse_unless_plain`. Raises TemplateSyntaxError for what has no meaning."""
    writer = _Writer(env)
    shape = writer.body(tree.body, Shape())
    writer.flush()
    if writer.is_whole and (shape.open is not None or shape.partial):
        writer.is_whole = False
    return Program(writer.function(), writer.is_whole, writer.has_pictures_in_loops)


class _Writer:
    """Writes the function's source; names of the template become numbered locals, texts become constants."""

    def __init__(self, env: PlainEnvironment) -> None:
        self.env = env
        self.lines: list[str] = []
        self.indent = 1
        self.count = 0
        self.static: list[str] = []
        self.pending: list[str] = []
        self.scopes: list[dict[str, str]] = [{}]
        self.roots: dict[str, str] = {}
        self.loops: list[int] = []
        self.is_whole = True
        self.has_pictures_in_loops = False
        self.sizes = [0]
        self.filters: Mapping[str, Callable[..., object]] = env.filters
        self.tests = cast("Mapping[str, Callable[..., object]]", env.tests)
        self.globals: dict[str, object] = {**values.RUNTIME, "get": env.getattr, "item": env.getitem}
        self.globals["undefined"] = lambda name: env.undefined(name=name)

    def function(self) -> Callable[[Mapping[str, object], list[str], list[str], Budget], None]:
        """The finished function."""
        head = [
            "def run(context, pieces, texts, budget):",
            " piece, text, rows, made, took = pieces.append, texts.extend, budget.rows, budget.text, budget.taken",
            *(
                f" {local} = context[{name!r}] if {name!r} in context else undefined({name!r})"
                for name, local in self.roots.items()
            ),
        ]
        scope = dict(self.globals)
        # The source is our own: every name in it is numbered, every text of the template stands in it as a literal.
        exec(compile("\n".join([*head, *self.lines, " return"]), "<template>", "exec"), scope)  # noqa: S102
        run: Callable[[Mapping[str, object], list[str], list[str], Budget], None] = scope["run"]  # type: ignore[assignment]
        return run

    def line(self, text: str) -> None:
        self.lines.append(" " * self.indent + text)

    def new(self) -> int:
        self.count += 1
        return self.count

    def flush(self) -> None:
        """Write out the XML and the values gathered so far."""
        if self.static:
            whole = "".join(self.static)
            self.sizes[-1] += len(whole)
            self.line(f"piece({whole!r})")
            self.static.clear()
        if self.pending:
            self.line(f"text(({', '.join(self.pending)},))")
            self.pending.clear()

    # Statements

    def body(self, body: Sequence[nodes.Node], shape: Shape) -> Shape:
        """Statements in order; back comes the shape of the XML behind them."""
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    shape = self.output(child, shape)
            elif isinstance(node, nodes.If):
                shape = self.condition(node, shape)
            elif isinstance(node, nodes.For):
                shape = self.loop(node, shape)
            elif isinstance(node, nodes.Assign):
                self.assign(node)
            else:
                raise TemplateSyntaxError(f"{type(node).__name__.lower()} cannot stand here", node.lineno)
        return shape

    def output(self, node: nodes.Node, shape: Shape) -> Shape:
        if isinstance(node, nodes.TemplateData):
            data = node.data
            for written, shown in _LITERALS:
                data = data.replace(written, shown)
            self.has_pictures_in_loops |= bool(self.loops) and _PICTURE in data
            if "\n" in data or "\t" in data:
                data = _STATIC_SPACE.sub(lambda found: found[1] + values.with_breaks(found[2]), data)
            self.static.append(data)
            return self.after(shape, data)
        if not isinstance(node, nodes.Expr):
            raise TemplateSyntaxError("this cannot be printed", node.lineno)
        spot, expression = shape.spot, self.expression(node)
        if spot is Spot.NOWHERE:
            if self.is_whole:
                raise TemplateSyntaxError(
                    "a value stands where no text can be, such as between two table rows", node.lineno
                )
            spot = Spot.RUN
        if spot is Spot.RUN:
            self.static.append(_MARK)
            self.pending.append(f"(v if (v := {expression}).__class__ is str else plain(v))")
        else:
            self.flush()
            self.line(f"piece({_WRITERS[spot]}({expression}))")
        return Shape(shape.open, shape.partial + "x") if shape.partial else shape

    def after(self, shape: Shape, text: str) -> Shape:
        if not self.is_whole:
            return shape
        try:
            return shape.after(text)
        except ShapeBroken:
            self.is_whole = False
            return Shape(("w:t", None))

    def condition(self, node: nodes.If, shape: Shape) -> Shape:
        self.flush()
        branches = [(node.test, node.body), *((other.test, other.body) for other in node.elif_)]
        ends: list[Shape] = []
        word = "if"
        for test, body in branches:
            expression = self.expression(test)
            self.line(f"{word} {expression}:")
            ends.append(self.block(body, shape))
            word = "elif"
        if node.else_:
            self.line("else:")
            ends.append(self.block(node.else_, shape))
        else:
            ends.append(shape)
        if any(not end.fits(ends[0]) for end in ends):
            self.is_whole = False
        return ends[0]

    def block(self, body: Sequence[nodes.Node], shape: Shape) -> Shape:
        self.indent += 1
        self.line("pass")
        end = self.body(body, shape)
        self.flush()
        self.indent -= 1
        return end

    def loop(self, node: nodes.For, shape: Shape) -> Shape:
        self.flush()
        n = self.new()
        source = self.expression(node.iter)
        weight = 1 + _weight(node.body)
        # The size of a body is known only when it is written, so its line is filled in afterwards.
        at = len(self.lines)
        self.line("")
        scope: dict[str, str] = {}
        target = self.target(node.target, scope)
        self.scopes.append(scope)
        if node.test is not None:
            self.line(f"t{n} = r{n}")
            self.line(f"r{n} = []")
            self.line(f"for w{n} in t{n}:")
            self.line(f" {target} = w{n}")
            self.line(f" if {self.expression(node.test)}: r{n}.append(w{n})")
        self.line(f"n{n} = len(r{n})")
        self.line(f"i{n} = 0")
        self.line(f"for {target} in r{n}:")
        self.indent += 1
        self.line(f"i{n} += 1")
        self.loops.append(n)
        scope["loop"] = f"#{n}"
        self.bind(node.body, scope)
        self.sizes.append(0)
        end = self.body(node.body, shape)
        self.flush()
        size = self.sizes.pop()
        self.loops.pop()
        self.scopes.pop()
        self.indent -= 1
        self.lines[at] = " " * self.indent + f"r{n} = rows({source}, {weight}, {size})"
        if not end.fits(shape):
            self.is_whole = False
        if node.else_:
            self.line(f"if not r{n}:")
            if not self.block(node.else_, shape).fits(shape):
                self.is_whole = False
        return shape

    def bind(self, body: Sequence[nodes.Node], scope: dict[str, str]) -> None:
        """Names that a loop's body sets begin each round as what they are outside."""
        for name in sorted(set(_assigned(body)) - scope.keys()):
            outside = self.name(name)
            scope[name] = f"s{self.new()}"
            self.line(f"{scope[name]} = {outside}")

    def target(self, node: nodes.Node, scope: dict[str, str]) -> str:
        if isinstance(node, nodes.Name):
            scope[node.name] = f"s{self.new()}"
            return scope[node.name]
        if isinstance(node, nodes.Tuple):
            return "(" + ", ".join(self.target(item, scope) for item in node.items) + ",)"
        raise TemplateSyntaxError("this is no name to give to a value", node.lineno)

    def assign(self, node: nodes.Assign) -> None:
        self.flush()
        expression = self.expression(node.node)
        scope = self.scopes[-1]
        known = dict(scope)
        made: dict[str, str] = {}
        target = self.target(node.target, made)
        self.line(f"{target} = {expression}")
        for name, local in made.items():
            if name in known and not known[name].startswith("#"):
                self.line(f"{known[name]} = {local}")
            else:
                # At the top a name may be set in one branch only; outside of it, it is what the plan has.
                root = self.roots.setdefault(name, f"g{self.new()}")
                self.line(f"{root} = {local}")

    # Expressions

    def name(self, name: str) -> str:
        for scope in reversed(self.scopes):
            if name in scope:
                if scope[name].startswith("#"):
                    raise TemplateSyntaxError("loop is used as loop.index, loop.first, loop.last or loop.length", 1)
                return scope[name]
        return self.roots.setdefault(name, f"g{self.new()}")

    def expression(self, node: nodes.Node) -> str:
        """The Python expression for a node."""
        match node:
            case nodes.Const():
                return self.constant(node.value)
            case nodes.TemplateData():
                return repr(node.data)
            case nodes.Name():
                return self.name(node.name)
            case nodes.Getattr():
                return self.key(node)
            case nodes.Getitem(node=inner, arg=argument):
                return f"item({self.expression(inner)}, {self.expression(argument)})"
            case nodes.Slice():
                bounds = ", ".join(
                    "None" if b is None else self.expression(b) for b in (node.start, node.stop, node.step)
                )
                return f"slice({bounds})"
            case nodes.Filter():
                return f"made({self.called(node, self.filters, 'f')})"
            case nodes.Test():
                return self.called(node, self.tests, "t")
            case nodes.Compare():
                rest = " ".join(f"{_OPERATORS[one.op]} {self.compared(one)}" for one in node.ops)
                return f"({self.expression(node.expr)} {rest})"
            case nodes.And() | nodes.Or():
                return self.chain(node)
            case nodes.Not():
                return f"(not {self.expression(node.node)})"
            case nodes.CondExpr():
                other = "undefined('an else')" if node.expr2 is None else self.expression(node.expr2)
                return f"({self.expression(node.expr1)} if {self.expression(node.test)} else {other})"
            case nodes.Concat():
                return f"made(joined({', '.join(self.expression(one) for one in node.nodes)}))"
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div() | nodes.FloorDiv() | nodes.Mod():
                word = _ARITHMETIC[type(node)]
                return f"made({word}({self.expression(node.left)}, {self.expression(node.right)}))"
            case nodes.Neg():
                return f"sub(0, {self.expression(node.node)})"
            case nodes.Pos():
                return f"add(0, {self.expression(node.node)})"
            case nodes.List():
                return "[" + "".join(f"{self.expression(one)}, " for one in node.items) + "]"
            case nodes.Tuple():
                return "(" + "".join(f"{self.expression(one)}, " for one in node.items) + ")"
        raise TemplateSyntaxError(f"{type(node).__name__.lower()} cannot stand here", node.lineno)

    def chain(self, node: nodes.And | nodes.Or) -> str:
        """`a or b or c` without a bracket for each or: Python allows 200 of them."""
        parts: list[str] = []
        inner: nodes.Expr = node
        while isinstance(inner, nodes.And | nodes.Or) and type(inner) is type(node):
            parts.insert(0, self.expression(inner.right))
            inner = inner.left
        parts.insert(0, self.expression(inner))
        return "(" + (" and " if isinstance(node, nodes.And) else " or ").join(parts) + ")"

    def compared(self, one: nodes.Operand) -> str:
        expression = self.expression(one.expr)
        return f"took({expression})" if one.op in ("in", "notin") else expression

    def constant(self, value: object) -> str:
        if value is None or isinstance(value, bool | int | str):
            return repr(value)
        name = f"k{self.new()}"
        self.globals[name] = value
        return name

    def key(self, node: nodes.Getattr) -> str:
        inner = node.node
        if isinstance(inner, nodes.Name) and inner.name == "loop":
            for scope in reversed(self.scopes):
                local = scope.get("loop", "")
                if local.startswith("#"):
                    if node.attr not in _LOOP:
                        raise TemplateSyntaxError(f"loop has no {node.attr!r}", node.lineno)
                    return _LOOP[node.attr].format(n=local[1:], depth=self.loops.index(int(local[1:])) + 1)
                if local:
                    break
        return f"get({self.expression(inner)}, {node.attr!r})"

    def called(self, node: nodes.Filter | nodes.Test, table: Mapping[str, Callable[..., object]], kind: str) -> str:
        if node.node is None:
            raise TemplateSyntaxError("a filter stands without a value", node.lineno)
        name = f"{kind}_{node.name}" if node.name.isidentifier() else f"{kind}{self.new()}"
        self.globals[name] = bound(table[node.name], self.env)
        arguments = [f"took({self.expression(node.node)})", *(self.expression(one) for one in node.args)]
        if node.kwargs:
            pairs = ", ".join(f"{one.key!r}: {self.expression(one.value)}" for one in node.kwargs)
            arguments.append(f"**{{{pairs}}}")
        return f"{name}({', '.join(arguments)})"


def bound(function: Callable[..., object], env: PlainEnvironment) -> Callable[..., object]:
    """A filter or test with what Jinja hands it beside the value: its environment, or an empty context."""
    wanted = getattr(function, "jinja_pass_arg", None)
    if wanted is None:
        return function
    word = wanted.name
    first: object = env
    if word == "context":
        first = env.from_string("").new_context()
    elif word == "eval_context":
        first = EvalContext(env)
    return lambda *args, **kwargs: function(first, *args, **kwargs)


def _weight(body: Sequence[nodes.Node]) -> int:
    """How many nodes one round of a loop works through, the inside of inner loops left out."""
    count, waiting = 0, list(body)
    while waiting:
        node = waiting.pop()
        count += not isinstance(node, nodes.TemplateData)
        waiting += [node.iter] if isinstance(node, nodes.For) else node.iter_child_nodes()
    return count


def _assigned(body: Sequence[nodes.Node]) -> Iterator[str]:
    """Names set in a body, in its conditions too, not in its inner loops."""
    for node in body:
        if isinstance(node, nodes.Assign):
            yield from (
                [node.target.name]
                if isinstance(node.target, nodes.Name)
                else (n.name for n in node.target.find_all(nodes.Name))
            )
        elif isinstance(node, nodes.If):
            yield from _assigned([*node.body, *(one for other in node.elif_ for one in other.body), *node.else_])
