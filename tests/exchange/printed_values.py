"""Which values of a plan a document prints, told without the reader that is measured: names, paper, and looking.

A value counts when a name that the form reads leads to it and one of its printed forms stands in the slot's text.
"""

import re
from collections.abc import Iterator, Mapping

from generator.filters import as_date, as_long_date, as_phone, language_name, money
from generator.mapping.field_map import FieldMap, resolve
from generator.mapping.kinds import fields_by_name
from generator.mapping.names import FLAT, known_names, shown_by
from generator.mapping.paper import Paper, PaperValue
from generator.mapping.words import choice_title
from generator.plan.catalog import by_path
from generator.plan.notes import general
from generator.slots import Fill
from generator.worker import call

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_MADE_UP = re.compile(r"(^today|^words|\.number$|_number$|\.age$|\.is_minor$)")


def of_map(field_map: FieldMap, paper: Paper, language: str) -> dict[str, PaperValue]:
    """Place on paper → value, for all that a form with this map prints of a plan."""
    resolution = resolve(field_map, paper)
    out: dict[str, PaperValue] = {}
    for one in resolution.fills:
        row = re.match(r"(.+?\[\d+\])", one.path) if any("[]" in name for name in one.names) else None
        text = "Yes" if one.fill.value is True else str(one.fill.value)
        found: dict[str, PaperValue] = {}
        for name in sorted(one.names, key=lambda name: _first(one.path, name)):
            for place, value in printed(paper, _concrete(name, row[1] if row else ""), text, language).items():
                # "a or b" prints one of them; the other may happen to be the same.
                if " or " not in one.path or value not in found.values():
                    found[place] = value
        out |= found
    for extra in resolution.extra:
        row = re.match(r"(.+?\[\d+\])", extra.paths[0])
        inner = next(row_map for row_map in field_map.rows if extra.label.rpartition(" ")[0] == row_map.name)
        for entry in inner.fields.values():
            for name in entry.expression.names if entry.expression else ():
                out |= printed(paper, f"{row[1]}.{name}", extra.text, language)
    return out


def of_template(template: bytes, paper: Paper, language: str) -> dict[str, PaperValue]:
    """The same for a tagged template: it is filled with the places' names instead of values, and those are looked for."""
    marked = _marked(paper, "")
    names = call("template-names", template, known_names())
    fills = [Fill(name, at(marked, name)) for name in sorted({use.path.partition("[]")[0] for use in names})]
    text = " ".join(call("read-finished", call("fill-word-tags", template, fills).data).pages)
    out: dict[str, PaperValue] = {}
    for place in re.findall("\u27e6(.+?)\u27e7", text):
        value = at(paper, place)
        out |= printed(paper, place, str(value), language)
    return out


def _marked(value: PaperValue, place: str) -> PaperValue:
    if isinstance(value, dict):
        return {key: _marked(inner, f"{place}.{key}" if place else key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner, f"{place}[{i}]") for i, inner in enumerate(value)]
    if value is None or value == "" or isinstance(value, bool):
        return value
    field = fields_by_name().get(general(place))
    if field is not None and field.kind == "choice":  # templates ask what it is; its words are marked
        return value
    return f"\u27e6{place}\u27e7"


def _first(expression: str, name: str) -> int:
    return expression.find(name.rpartition("[]")[2].lstrip("."))


def _concrete(name: str, row: str) -> str:
    """The name with the row's number: `goals[].statement` in `goals[2]` is `goals[2].statement`."""
    if row and name.startswith(f"{general(row)}."):
        return row + name[len(general(row)) :]
    return name.replace("[]", "[0]") if row or "[]." in name else name


def printed(paper: Paper, place: str, text: str, language: str) -> dict[str, PaperValue]:
    """The values that stand at a place of the paper view and in a text."""
    return {where: value for where, value in _leaves(paper, place) if _stands_in(value, text, language)}


def at(paper: PaperValue, place: str) -> PaperValue:
    """What stands at a place; None where nothing does."""
    here = paper
    for name, index in _STEP.findall(place):
        if name:
            here = here.get(name) if isinstance(here, dict) else None
        else:
            here = here[int(index)] if isinstance(here, list) and int(index) < len(here) else None
    return here


def is_same(one: PaperValue, other: PaperValue) -> bool:
    """Whether two values are the same on paper, space apart."""
    return other is not None and str(one).split() == str(other).split()


def _leaves(paper: Paper, place: str) -> Iterator[tuple[str, PaperValue]]:
    name = general(place)
    if _MADE_UP.search(name):
        return
    owner, _, key = place.rpartition(".")
    if ".staff." in f".{place}" or "_staff." in place:
        for part in ("name", "credential") if key == "full" else (key,):
            yield f"{owner}.{part}", at(paper, f"{owner}.{part}")
        return
    base = place.removesuffix("_title") if key.endswith("_title") else place
    whole = next(
        (path + general(base)[len(flat) :] for flat, path in FLAT.items() if general(base).startswith(flat)),
        general(base),
    )
    if whole.removesuffix("[]") in by_path():
        yield from _below(at(paper, base), base)
        return
    row = re.match(r"(.+\])\.", place)
    prefix = next(
        (path for flat, path in FLAT.items() if row and general(row[1]) == flat), general(row[1]) if row else ""
    )
    for path in shown_by(name):
        if not path.startswith("staff[]"):
            inner = f"{row[1]}{path[len(prefix) :]}" if row and path.startswith(prefix) else path
            yield from _spread(paper, inner)


def _spread(paper: Paper, place: str) -> Iterator[tuple[str, PaperValue]]:
    """All entries of lists that a path leaves open."""
    before, bracket, after = place.partition("[]")
    if not bracket:
        yield from _below(at(paper, place), place)
        return
    rows = at(paper, before)
    for i in range(len(rows) if isinstance(rows, list) else 0):
        yield from _spread(paper, f"{before}[{i}]{after}")


def _below(value: PaperValue, place: str) -> Iterator[tuple[str, PaperValue]]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _below(item, f"{place}[{i}]")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _below(item, f"{place}.{key}")
    else:
        yield place, value


def _stands_in(value: PaperValue, text: str, language: str) -> bool:
    if value is None or value == "":
        return False
    if value is True:
        return True
    if value is False:
        return text.strip() == "No" or text.startswith("No, ")
    shown = str(value)
    forms = {shown, as_date(shown), as_long_date(shown, language), choice_title(shown, language), as_phone(shown)}
    forms |= {language_name(shown, language), money(shown), choice_title(shown, language).lower()}
    unspaced = re.sub(r"\s+", " ", text)
    return any(re.sub(r"\s+", " ", one) in unspaced for one in forms)
