"""Sums that a form works out itself: what AFSimple_Calculate does, done without running a script.

Any other calculation is a program of the form's; it is named, so that a person looks at it. See Acrobat's JavaScript
reference (AFSimple_Calculate, AFNumber_Format) and ISO 32000-2, 12.6.3 (additional actions, C) and 12.7.3 (CO).
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

import pikepdf

from generator.blanks.pdf_fields.fields import Field, dictionary, items, text_of

_SIMPLE = re.compile(
    r"AFSimple_Calculate\(\s*[\"'](SUM|AVG|PRD|MIN|MAX)[\"']\s*,\s*(.+?)\)\s*;?\s*\)?\s*;?\s*$", re.DOTALL
)
_NAME = re.compile(r"[\"']([^\"']+)[\"']")
_NUMBER_FORMAT = re.compile(
    r"AFNumber_Format\(\s*(\d+)\s*,\s*(\d+)\s*,\s*\d+\s*,\s*\d+\s*,\s*[\"']([^\"']*)[\"']\s*,\s*(true|false)"
)
_MOST_DECIMALS = 10


def calculations(pdf: pikepdf.Pdf, fields: Mapping[str, Field], values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Fields that the form sums up, in its own order, each with the text it comes to.

    `values` are the texts that will stand in fields by their names; others count with what the form holds. A field whose
    operands are all blank, or that is given a value, is left alone.
    """
    known = {name: text_of(one.inherited("/V")) for name, one in fields.items()} | dict(values)
    for one in _in_order(pdf, fields):
        found = _SIMPLE.search(_script(one, "/C"))
        if found is None or one.name in values:
            continue
        operands = [n for name in _operands(found[2], known) if (n := _number(known[name])) is not None]
        if not operands:
            continue
        known[one.name] = _formatted(one, _result(found[1], operands))
        yield one.name, known[one.name]


def not_understood(fields: Sequence[Field]) -> tuple[str, ...]:
    """Names of fields that a script of another kind works out."""
    scripts = ((one.name, _script(one, "/C")) for one in fields)
    return tuple(name for name, script in scripts if script.strip() and _SIMPLE.search(script) is None)


def _in_order(pdf: pikepdf.Pdf, fields: Mapping[str, Field]) -> list[Field]:
    order = {entry.objgen: place for place, entry in enumerate(items(dictionary(pdf.Root.get("/AcroForm")).get("/CO")))}
    calculated = [one for one in fields.values() if _script(one, "/C")]
    return sorted(calculated, key=lambda one: order.get(one.object.objgen, len(order)))


def _operands(listed: str, known: Mapping[str, str]) -> list[str]:
    """The fields named; a parent's name stands for all below it."""
    names = [part.strip() for quoted in _NAME.findall(listed) for part in quoted.split(",")]
    return [field for name in names for field in known if field == name or field.startswith(f"{name}.")]


def _result(kind: str, operands: Sequence[float]) -> float:
    if kind == "PRD":
        return math.prod(operands)
    if kind in ("MIN", "MAX"):
        return min(operands) if kind == "MIN" else max(operands)
    total = math.fsum(operands)
    return total / len(operands) if kind == "AVG" else total


def _number(text: str) -> float | None:
    plain = re.sub(r"[\s$€£%,]", "", text)
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _formatted(one: Field, value: float) -> str:
    found = _NUMBER_FORMAT.search(_script(one, "/F"))
    if found is None:
        return f"{value:.10g}"
    decimals, style = min(int(found[1]), _MOST_DECIMALS), int(found[2])
    text = f"{value:,.{decimals}f}" if style == 0 else f"{value:.{decimals}f}"
    if style in (2, 3):
        text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,")) if style == 2 else text.replace(".", ",")
    return found[3] + text if found[4] == "true" else text + found[3]


def _script(one: Field, key: str) -> str:
    return text_of(dictionary(dictionary(one.object.get("/AA")).get(key)).get("/JS"))
