"""What a Word template reads: every name with its place, loops followed to the lists they go over.

Also where it cannot work: a block that is not closed, an expression that is none, a filter there is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from generator.blanks.word_tags.scan import Tag, part_of, tags
from generator.errors import RefusedForSafety, TemplateNotValid
from generator.sandbox import parse

_ENDS = {"endfor": "for", "endif": "if", "endset": "set"}
_LOOP = "loop"


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name that a template reads: `problems[].goals[].statement`.

    `is_printed` where its value is shown, `filters` the filters it goes through then, with their constant arguments.
    """

    path: str
    where: str
    around: str
    is_printed: bool
    filters: tuple[tuple[str, tuple[object, ...]], ...] = ()


@dataclass(slots=True)
class _Scope:
    """What the names of one block mean; `opened` is the tag that opened it."""

    opened: Tag | None
    kind: str
    meaning: dict[str, str] = field(default_factory=dict)


def names_used(parts: Mapping[str, bytes]) -> tuple[NameUse, ...]:
    """Every name in the order of the document.

    Raises TemplateNotValid for the first fault of syntax, RefusedForSafety for a tag that does more than read; both
    say the place and the words there.
    """
    found: list[NameUse] = []
    scopes: list[_Scope] = [_Scope(None, "part")]
    part = ""
    for tag in tags(parts):
        if part_of(tag) != part:
            _refuse_open_block(scopes)
            part, scopes = part_of(tag), [_Scope(None, "part")]
        found += _read(tag, scopes)
    _refuse_open_block(scopes)
    return tuple(found)


def _read(tag: Tag, scopes: list[_Scope]) -> list[NameUse]:
    if tag.opens == "{{":
        return list(_uses(_parsed("{{ " + tag.inside + " }}", tag), tag, scopes, is_printed=True))
    word, _, rest = tag.inside.partition(" ")
    if word in ("hm", "vm") and not rest:
        return []
    if word in ("cellbg", "colspan"):
        return list(_uses(_parsed("{{ " + rest + " }}", tag), tag, scopes, is_printed=True))
    if word in _ENDS:
        if scopes[-1].kind != _ENDS[word]:
            raise _fault(tag, f"{word} closes nothing here")
        scopes.pop()
        return []
    if word == "else" or word == "elif":
        if scopes[-1].kind not in ("for", "if"):
            raise _fault(tag, f"{word} stands outside of if")
        if word == "else":
            return []
        tree = _parsed("{% if " + rest + " %}{% endif %}", tag)
        return list(_uses(tree, tag, scopes, is_printed=False))
    if word == "for":
        return _open_loop(tag, scopes)
    if word == "if":
        tree = _parsed("{% " + tag.inside + " %}{% endif %}", tag)
        uses = list(_uses(tree, tag, scopes, is_printed=False))
        scopes.append(_Scope(tag, "if"))
        return uses
    if word == "set":
        return _set(tag, scopes)
    raise _fault(tag, f'"{word}" is no word that templates know here')


def _open_loop(tag: Tag, scopes: list[_Scope]) -> list[NameUse]:
    tree = _parsed("{% " + tag.inside + " %}{% endfor %}", tag)
    loop = next(tree.find_all(nodes.For))
    uses = list(_uses(loop.iter, tag, scopes, is_printed=False))
    scope = _Scope(tag, "for", {_LOOP: ""})
    if isinstance(loop.target, nodes.Name):
        path = _path(loop.iter, scopes)
        scope.meaning[loop.target.name] = f"{path}[]" if path else ""
    else:
        scope.meaning |= {name.name: "" for name in loop.target.find_all(nodes.Name)}
    scopes.append(scope)
    if loop.test is not None:
        uses += _uses(loop.test, tag, scopes, is_printed=False)
    return uses


def _set(tag: Tag, scopes: list[_Scope]) -> list[NameUse]:
    if "=" not in tag.inside:
        raise _fault(tag, "set needs a name, = and a value")
    tree = _parsed("{% " + tag.inside + " %}", tag)
    assign = next(tree.find_all(nodes.Assign))
    uses = list(_uses(assign.node, tag, scopes, is_printed=False))
    for name in [assign.target] if isinstance(assign.target, nodes.Name) else assign.target.find_all(nodes.Name):
        scopes[-1].meaning[name.name] = _path(assign.node, scopes) or ""
    return uses


def _parsed(source: str, tag: Tag) -> nodes.Template:
    try:
        return parse(source)
    except TemplateSyntaxError as error:
        raise _fault(tag, error.message or "it cannot be read") from None
    except RefusedForSafety as error:
        raise RefusedForSafety(f"In {tag.where}, near “{tag.around}”: {error}") from None


def _uses(node: nodes.Node, tag: Tag, scopes: list[_Scope], *, is_printed: bool) -> Iterator[NameUse]:
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, scopes)
        if path is not None:
            if path:
                yield NameUse(path, tag.where, tag.around, is_printed)
            return
    if isinstance(node, nodes.Filter) and is_printed:
        chain = _filter_chain(node)
        path = _path(chain[0], scopes) if chain is not None else None
        if chain is not None and path:
            yield NameUse(path, tag.where, tag.around, is_printed, chain[1])
            return
    if isinstance(node, nodes.CondExpr):
        yield from _uses(node.test, tag, scopes, is_printed=False)
        rest = [node.expr1, node.expr2] if node.expr2 is not None else [node.expr1]
        for inner in rest:
            yield from _uses(inner, tag, scopes, is_printed=is_printed)
        return
    for child in node.iter_child_nodes():
        yield from _uses(child, tag, scopes, is_printed=is_printed)


def _filter_chain(node: nodes.Filter) -> tuple[nodes.Node, tuple[tuple[str, tuple[object, ...]], ...]] | None:
    """What is filtered, and the filters in the order in which they run; None where an argument is no constant."""
    chain: list[tuple[str, tuple[object, ...]]] = []
    inner: nodes.Node | None = node
    while isinstance(inner, nodes.Filter):
        if inner.kwargs or not all(isinstance(arg, nodes.Const) for arg in inner.args):
            return None
        chain.insert(0, (inner.name, tuple(arg.value for arg in inner.args if isinstance(arg, nodes.Const))))
        inner = inner.node
    return (inner, tuple(chain)) if inner is not None else None


def _path(node: nodes.Node, scopes: list[_Scope]) -> str | None:
    """The plan path that a name means; "" where it is the template's own, None where the node is no path."""
    if isinstance(node, nodes.Name):
        for scope in reversed(scopes):
            if node.name in scope.meaning:
                return scope.meaning[node.name]
        return node.name
    if (
        isinstance(node, nodes.Filter)
        and node.node is not None
        and node.name in ("list", "sort", "selectattr", "rejectattr")
    ):
        return _path(node.node, scopes)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        inner = _path(node.node, scopes)
        if not inner:
            return inner
        if isinstance(node, nodes.Getattr):
            return f"{inner}.{node.attr}"
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return f"{inner}.{node.arg.value}"
        return f"{inner}[]"
    return None


def _refuse_open_block(scopes: list[_Scope]) -> None:
    opened = scopes[-1].opened
    if opened is not None:
        raise _fault(opened, f"this {scopes[-1].kind} is never closed; add {{% end{scopes[-1].kind} %}} where it ends")


def _fault(tag: Tag, what: str) -> TemplateNotValid:
    return TemplateNotValid(f"In {tag.where}, near “{tag.around}”: {what.rstrip('.')}.")
