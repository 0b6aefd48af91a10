"""Lines of a document from a tagged template as patterns: words, tags and choices that stand in one paragraph."""

import json
import re
from collections.abc import Mapping, Sequence

from jinja2 import TemplateSyntaxError

from generator.errors import RefusedForSafety
from generator.mapping.reading.gather import Shown
from generator.mapping.reading.made import made
from generator.mapping.reading.pattern import NOTHING, Alt, Lit, Pattern, Scope, Seq, Told, Unknown, flags, pattern_of
from generator.plan.notes import general

_PATH = re.compile(r"[a-z_][\w]*(\[\d+\])?(\.[a-z_][\w]*(\[\d+\])?)*")


def shown_line(text: str, pieces: str, names: Mapping[str, str], where: str, language: str) -> Shown:
    """A line with its pattern. `pieces` is the JSON of `word_tags.align`; `names` are the loops' names and entries."""
    scope = Scope(language, names=names)
    is_known = all(_PATH.fullmatch(path) for path in names.values())
    pattern = _seq(json.loads(pieces), scope) if is_known else Unknown(tuple(names.values()))
    return Shown(where, text, pattern, _label(json.loads(pieces), names))


def _seq(pieces: Sequence[object], scope: Scope) -> Pattern:
    parts = tuple(_part(one, scope) for one in pieces)
    flat: list[Pattern] = []
    for part in parts:
        flat += part.parts if isinstance(part, Seq) else [part] if part != NOTHING else []
    return flat[0] if len(flat) == 1 else Seq(tuple(flat))


def _part(piece: object, scope: Scope) -> Pattern:
    if not isinstance(piece, list) or len(piece) != 2:
        return Unknown()
    kind, inside = piece
    if kind == "t":
        return Lit(str(inside))
    if kind == "e":
        return _tag(str(inside), scope)
    if kind == "i" and isinstance(inside, list):
        return _choice(inside, scope)
    return Unknown((str(inside),))


def _tag(text: str, scope: Scope) -> Pattern:
    try:
        return pattern_of(text, scope, made)
    except (TemplateSyntaxError, RefusedForSafety, ValueError):
        return Unknown((text,))


def _choice(bodies: Sequence[object], scope: Scope) -> Pattern:
    options: list[Pattern] = []
    has_else = False
    for one in bodies:
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[1], list):
            return Unknown()
        condition, body = str(one[0]), _seq(one[1], scope)
        has_else = has_else or not condition
        place = scope.place(condition) if _PATH.fullmatch(condition) else ""
        is_flag = bool(place) and general(place) in flags()
        options.append(Seq((body, Told(place, True))) if is_flag else body)
    return Alt((*options, *(() if has_else else (NOTHING,))))


def _label(pieces: Sequence[object], names: Mapping[str, str]) -> str:
    """The line as its template has it, for a person: words and tags, and the entry that it is about."""
    said = "".join(
        str(one[1]) if one[0] == "t" else f"{{{{ {one[1]} }}}}" if one[0] == "e" else "…"
        for one in pieces
        if isinstance(one, list) and len(one) == 2
    )
    last = list(names.values())[-1:]
    return f"{said} ({last[0]})" if last else said
