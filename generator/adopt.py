"""Make an agency's own form fillable: a flat PDF gets fields, a Word form gets tags. The file given is never changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator import library
from generator.blank_file import adopt_pdf, inspect, read_blank
from generator.blanks.tasks import Seen
from generator.blanks.word_adopt import Loop, Tagged
from generator.errors import FormUnsupported, MapNotValid
from generator.files import write_whole
from generator.finding import Finding, Severity
from generator.mapping.accept import accepted
from generator.mapping.growing import with_rows
from generator.mapping.suggest import suggest
from generator.old_files import as_word_or_pdf
from generator.own_forms import read_map
from generator.worker import call


@dataclass(frozen=True, slots=True)
class Adopted:
    """The form as it is now, and what a person should look at."""

    seen: Seen
    findings: tuple[Finding, ...]


def adopt_file(path: Path, output: Path, *, map_file: Path | None = None) -> Adopted:
    """Write the fillable form. For a Word form the map says the tags; without one, what is sure of the suggested map does.

    Raises FormUnsupported where the form is fillable already or offers no place for an answer, MapNotValid for a map
    that cannot be written.
    """
    data = read_blank(path)
    seen = inspect(data)
    if seen.kind == "pdf-flat":
        made, findings = adopt_pdf(data), seen.findings
    elif seen.kind.startswith("word") and seen.kind != "word-tags":
        made, findings = _adopt_word(as_word_or_pdf(data), seen, map_file)
    else:
        raise FormUnsupported(f"{path.name} can be filled as it is ({seen.kind}). Next: planscribe map {path.name}")
    write_whole(output, made)
    return Adopted(inspect(made), findings)


def _adopt_word(data: bytes, seen: Seen, map_file: Path | None) -> tuple[bytes, tuple[Finding, ...]]:
    found = (
        {"fields": read_map(map_file)} if map_file else accepted(suggest(seen.slots, library.aliases()), "confident")
    )
    grown = with_rows(found)
    fields, rows = grown.get("fields", {}), grown.get("rows", {})
    if not isinstance(fields, Mapping) or not isinstance(rows, Mapping):
        raise MapNotValid("The field map needs a table [fields].")
    shapes = {slot.id: slot.format.removeprefix("date:") for slot in seen.slots if slot.format.startswith("date:")}
    tags = {str(slot): tag for slot, entry in fields.items() if (tag := _tag(_dated(entry, shapes.get(str(slot), ""))))}
    loops = [_loop(row, [slot.id for slot in seen.slots], shapes) for row in rows.values() if isinstance(row, Mapping)]
    if not tags and not loops:
        raise MapNotValid(
            "The field map fills no place of this form, so there is nothing to write. Map it with: planscribe map"
        )
    made = cast("Tagged", call("write-tags", data, tags, loops))
    labels = {slot.id: slot.label for slot in seen.slots}
    findings = tuple(
        Finding(
            "tag-not-written",
            Severity.WARNING,
            labels.get(slot, slot),
            f"Its tag was not written: {why}.",
            "Type it in Word.",
        )
        for slot, why in made.left.items()
    )
    return made.data, findings


def _dated(entry: object, shape: str) -> object:
    """A date in the shape that its blank shows; the map leaves that to the fill."""
    return f"{entry} | date('{shape}')" if shape and isinstance(entry, str) and "|" not in entry else entry


def _tag(entry: object) -> str:
    """An entry of a map as a tag; "" for one that stays empty."""
    if isinstance(entry, str):
        return "{{ " + _guarded(entry) + " }}"
    if isinstance(entry, Mapping) and isinstance(entry.get("when"), str):
        when, equals = str(entry["when"]), entry.get("is")
        test = f"{when} == '{equals}'" if equals is not None else when
        return "{{ (" + _guarded(test, "false") + ") | check }}"
    if isinstance(entry, Mapping) and isinstance(entry.get("value"), str):
        return "{{ " + _guarded(str(entry["value"])) + " }}"
    return ""


def _guarded(expression: str, otherwise: str = "''") -> str:
    """The expression with a check that its lists are long enough: a template refuses what is not there."""
    checks = []
    for found in re.finditer(r"\[(\d+)\]", expression):
        before = re.search(r"[\w.\[\]]+$", expression[: found.start()])
        if before:
            checks.append(f"({before[0]} | length) > {found[1]}")
    if not checks:
        return expression
    core, bar, filters = expression.partition(" | ")
    inner = f"({core} if {' and '.join(dict.fromkeys(checks))} else {otherwise})"
    return f"{inner}{bar}{filters}"


def _loop(row: Mapping[object, object], slots: Sequence[str], shapes: Mapping[str, str]) -> Loop:
    path, fields = str(row.get("path", "")), row.get("fields", {})
    patterns = {str(p): str(e) for p, e in fields.items()} if isinstance(fields, Mapping) else {}
    first = {pattern.replace("{n}", "1"): tail for pattern, tail in patterns.items()}
    cells = {slot: "{{ item." + str(_dated(tail, shapes.get(slot, ""))) + " }}" for slot, tail in first.items()}
    alike = [re.compile(re.escape(pattern).replace(re.escape("{n}"), r"\d+")) for pattern in patterns]
    others = [slot for slot in slots if slot not in cells and any(shape.fullmatch(slot) for shape in alike)]
    return Loop(f"for item in {path}", cells, others)
