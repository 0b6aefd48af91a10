"""Where a column of a sheet may go in a plan, and how its text is written there.

A place is a path of the plan with its indexes (`problems[0].goals[0].statement`), or one of the few that one cell says
at once: a full name, a one-line address, a diagnosis with its code, the person who wrote the plan.
"""

import re
from collections.abc import Callable, Mapping

from generator.exchange.cells import CellNotRead, DateOrder, read_cell, read_list
from generator.plan.catalog import FieldWords, by_path
from generator.plan.notes import general
from generator.plan.types.icd10cm import has_shape, normalise

Data = dict[str, object]
_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")
_MOST_ENTRIES = 60
_SUFFIXES = frozenset("jr sr ii iii iv v".split())
_PARTICLES = frozenset("de del la las los van von der den da di do dos san santa mc mac st".split())
_CREDENTIALS = re.compile(r"^[A-Z][A-Za-z]*(?:[-/][A-Za-z0-9]+)*$")
_PER = {
    "daily": (1, "day"), "diario": (1, "day"), "diaria": (1, "day"), "weekly": (1, "week"), "semanal": (1, "week"),
    "biweekly": (1, "2 weeks"), "quincenal": (1, "2 weeks"), "monthly": (1, "month"), "mensual": (1, "month"),
}  # fmt: skip
_UNITS = {
    "day": "day", "dia": "day", "día": "day", "week": "week", "semana": "week", "wk": "week", "month": "month",
    "mes": "month", "meses": "month", "mo": "month", "year": "year", "año": "year", "yr": "year", "session": "session",
    "sesion": "session", "sesión": "session", "sesiones": "session",
}  # fmt: skip
_NUMBERS = {
    "once": 1, "one": 1, "una": 1, "un": 1, "uno": 1, "twice": 2, "two": 2, "dos": 2, "three": 3, "tres": 3, "four": 4, "cuatro": 4,
}  # fmt: skip


def is_place(path: str) -> bool:
    """Whether a column may go there."""
    try:
        steps_of(path)
    except ValueError:
        return False
    plain = general(path)
    if plain in _WRITERS or _writer_of_end(plain) is not None:
        return True
    field = by_path().get(plain)
    return field is not None and field.kind not in ("rows", "section")


def title_of(path: str) -> str:
    """What a person calls the place: "Date of birth", "Problem 2"."""
    plain = general(path)
    field = (
        by_path().get(plain) or by_path().get(plain.rpartition(".")[0]) or by_path().get(plain.removesuffix("_text"))
    )
    numbers = [int(n) + 1 for n in re.findall(r"\[(\d+)\]", path)]
    name = _TITLES.get(plain) or (field.title if field is not None else path)
    return f"{name} {'.'.join(map(str, numbers))}" if numbers else name


def field_of(path: str) -> FieldWords | None:
    """The field of the plan at a place; None for a place that one cell says at once."""
    return by_path().get(general(path))


def steps_of(path: str) -> list[tuple[str, int | None]]:
    """The keys of a path, each with its index. ValueError where it is none, or counts past any plan."""
    out: list[tuple[str, int | None]] = []
    for part in path.split("."):
        found = _STEP.fullmatch(part)
        if found is None or (found[2] and int(found[2]) >= _MOST_ENTRIES):
            raise ValueError(path)
        out.append((found[1], int(found[2]) if found[2] else None))
    return out


def write(data: Data, path: str, text: str, order: DateOrder = "month-first") -> None:
    """Put a cell's text in its place in a plan's data. Raises CellNotRead; blank cells are not written."""
    if not text.strip():
        return
    plain = general(path)
    writer = _WRITERS.get(plain)
    if writer is not None:
        writer(data, path, text.strip())
        return
    ended = _writer_of_end(plain)
    if ended is not None:
        ended(data, path, text.strip())
        return
    field = by_path()[plain]
    put(data, path, read_cell(text, field, order))


def put(data: Data, path: str, value: object) -> None:
    """Set a value at a path, with the sections and entries on the way made."""
    here: Data = data
    *parents, (last, _) = steps_of(path)
    for key, index in parents:
        if index is None:
            inner = here.setdefault(key, {})
        else:
            rows = here.setdefault(key, [])
            if not isinstance(rows, list):
                raise CellNotRead("something this place can take beside another column")
            rows.extend({} for _ in range(index + 1 - len(rows)))
            inner = rows[index]
        if not isinstance(inner, dict):
            raise CellNotRead("something this place can take beside another column")
        here = inner
    if here.get(last, value) != value:
        raise CellNotRead("the same as another column says of this")
    here[last] = value


def _full_name(data: Data, path: str, text: str) -> None:
    """ "Ana Maria de la Cruz", or "Cruz, Ana Maria" where a comma says that the last name comes first."""
    parent = path.rpartition(".")[0]
    last, comma, given = (part.strip() for part in text.partition(","))
    suffix = ""
    if comma and given.lower().strip(".") in _SUFFIXES:
        text, comma, suffix = last, "", given
    if comma:
        names = given.split()
        parts = {"last": last, "first": names[0] if names else "", "middle": " ".join(names[1:])}
    else:
        names = text.split()
        if len(names) > 1 and names[-1].lower().strip(".") in _SUFFIXES:
            suffix = names.pop()
        start = len(names) - 1
        while start > 1 and names[start - 1].lower().strip(".") in _PARTICLES:
            start -= 1
        parts = {
            "first": names[0],
            "middle": " ".join(names[1:start]),
            "last": " ".join(names[start:]) if start else "",
        }
    for key, value in (parts | {"suffix": suffix}).items():
        if value:
            put(data, f"{parent}.{key}", value)


def _address(data: Data, path: str, text: str) -> None:
    """ "12 Example Road, Apt 3, Albany, NY 12208" in its parts; what has another shape stays whole in the first line."""
    parent = path.rpartition(".")[0]
    one = " ".join(text.replace("\n", ", ").split())
    found = re.fullmatch(r"(.+?),\s*(?:(.+?),\s*)?([^,\d]+),\s*([A-Za-z]{2})\.?,?\s+(\d{5}(?:-\d{4})?)", one)
    if found is None:
        put(data, f"{parent}.line1", text)
        return
    for key, value in zip(("line1", "line2", "city", "state", "zip"), found.groups(), strict=True):
        if value:
            put(data, f"{parent}.{key}", value)


def _city(data: Data, path: str, text: str) -> None:
    parent = path.rpartition(".")[0]
    found = re.fullmatch(r"([^,\d]+),?\s+([A-Za-z]{2})\.?,?\s+(\d{5}(?:-\d{4})?)", text)
    if found is None:
        raise CellNotRead("a city, a state and a ZIP code, such as Albany, NY 12208")
    for key, value in zip(("city", "state", "zip"), found.groups(), strict=True):
        put(data, f"{parent}.{key}", value.strip())


def _diagnosis(data: Data, path: str, text: str) -> None:
    """A code, a name, or both: "F10.20 Alcohol dependence", "Alcohol dependence (F10.20)"."""
    parent = path.rpartition(".")[0]
    first, _, rest = text.partition(" ")
    ended = re.fullmatch(r"(.+?)\s*[(\[]\s*([A-Za-z]\w{2}\.?\w{0,4})\s*[)\]]", text)
    if has_shape(first.strip(":,;-–")):
        put(data, f"{parent}.icd10cm", normalise(first.strip(":,;-–")))
        if rest.strip(" -–:"):
            put(data, f"{parent}.description", rest.strip(" -–:"))
    elif ended and has_shape(ended[2]):
        put(data, f"{parent}.description", ended[1])
        put(data, f"{parent}.icd10cm", normalise(ended[2]))
    else:
        put(data, f"{parent}.description", text)


def _staff(role: str, key: str) -> Callable[[Data, str, str], None]:
    """A writer for somebody of the staff: an entry of `staff`, and the plan's own reference to it."""

    def write_member(data: Data, path: str, text: str) -> None:
        staff = data.setdefault("staff", [])
        if not isinstance(staff, list):
            raise CellNotRead("a name beside the other columns")
        member = next((one for one in staff if isinstance(one, dict) and one.get("id") == role), None)
        if member is None:
            member = {"id": role}
            staff.append(member)
        if role == "author":
            put(data, "plan.prepared_by", role)
        else:
            author = next((one for one in staff if isinstance(one, dict) and one.get("id") == "author"), None)
            if author is not None:
                author["supervisor"] = role
        name, comma, titles = text.partition(",")
        if key == "full" and comma and all(_CREDENTIALS.match(one) for one in titles.replace(",", " ").split()):
            member.update(name=name.strip(), credential=titles.strip())
        else:
            member["name" if key == "full" else key] = text

    return write_member


def _frequency(data: Data, path: str, text: str) -> None:
    """ "2 times a week", "weekly", "1x/week", "una vez por semana"."""
    parent = path.removesuffix(".text")
    plain = text.lower().strip().rstrip(".")
    if plain in _PER:
        count, per = _PER[plain]
    else:
        found = re.fullmatch(
            r"(\w+)\s*(?:x|times?|sessions?|veces|vez|sesiones|sesi[oó]n)?\s*(?:/|per|an?|every|each|por|al|a la|cada|[aà])?\s*(\w+?)s?", plain
        )  # fmt: skip
        told = found[1].rstrip("x") if found else ""
        unit = _UNITS.get(found[2]) if found else None
        if not found or unit is None or not (told.isdecimal() or told in _NUMBERS):
            raise CellNotRead("how often, such as 1 time a week")
        count, per = int(told) if told.isdecimal() else _NUMBERS[told], unit
    put(data, f"{parent}.count", count)
    put(data, f"{parent}.per", per)


def _duration(data: Data, path: str, text: str) -> None:
    """ "12 weeks", "6 meses"."""
    parent = path.removesuffix(".text")
    found = re.fullmatch(r"(?:for |por |durante )?(\w+)\s+(\w+)", text.lower().strip().rstrip("."))
    unit = next((found[2][:n] for n in (99, -1, -2) if found and found[2][:n] in _UNITS), "") if found else ""
    if not found or not unit or not (found[1].isdecimal() or found[1] in _NUMBERS):
        raise CellNotRead("a length of time, such as 12 weeks")
    n = int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
    word = _UNITS[unit]
    put(data, f"{parent}.n", n)
    put(data, f"{parent}.unit", word if n == 1 else f"{word}s")


def _rows_of(key: str) -> Callable[[Data, str, str], None]:
    """A writer of a list in one cell: each item an entry with one value."""

    def write_rows(data: Data, path: str, text: str) -> None:
        parent = path.removesuffix("_text")
        items = read_list(text)
        if len(items) > _MOST_ENTRIES:
            raise CellNotRead(f"a list of {_MOST_ENTRIES} entries or fewer")
        for i, item in enumerate(items):
            put(data, f"{parent}[{i}].{key}", item)

    return write_rows


_TREE = "problems[].goals[].objectives[]"
_WRITERS: Mapping[str, Callable[[Data, str, str], None]] = {
    "patient.name.full": _full_name,
    "patient.name.last_first": _full_name,
    "patient.address.one_line": _address,
    "agency.address.one_line": _address,
    "patient.address.city_line": _city,
    "diagnoses[].line": _diagnosis,
    "plan.prepared_by_staff.full": _staff("author", "full"),
    "plan.prepared_by_staff.name": _staff("author", "full"),
    "plan.prepared_by_staff.credential": _staff("author", "credential"),
    "plan.prepared_by_staff.role": _staff("author", "role"),
    "plan.prepared_by_staff.npi": _staff("author", "npi"),
    "plan.prepared_by_staff.license_no": _staff("author", "license_no"),
    "plan.supervisor_staff.full": _staff("supervisor", "full"),
    "history.medications_text": _rows_of("name"),
    "history.substance_use_text": _rows_of("substance"),
    "history.prior_treatment_text": _rows_of("what"),
    "problems_text": _rows_of("title"),
    "problems[].goals[].objectives_text": _rows_of("statement"),
    f"{_TREE}.interventions_text": _rows_of("description"),
}
_ENDS: Mapping[str, Callable[[Data, str, str], None]] = {
    "interventions[].frequency.text": _frequency,
    "interventions[].duration.text": _duration,
    "discharge.projected_length.text": _duration,
}
_TITLES = {
    "patient.name.full": "Full name",
    "patient.name.last_first": "Full name",
    "patient.address.one_line": "Address",
    "patient.address.city_line": "City, state, ZIP",
    "agency.address.one_line": "Agency address",
    "diagnoses[].line": "Diagnosis",
    "plan.prepared_by_staff.full": "Prepared by",
    "plan.prepared_by_staff.name": "Prepared by",
    "plan.prepared_by_staff.credential": "Credential",
    "plan.supervisor_staff.full": "Supervisor",
    "history.medications_text": "Medicines",
    f"{_TREE}.interventions_text": "Interventions",
    "problems[].goals[].objectives_text": "Objectives",
    f"{_TREE}.interventions[].frequency.text": "Frequency",
    f"{_TREE}.interventions[].duration.text": "Duration",
}


def _writer_of_end(plain: str) -> Callable[[Data, str, str], None] | None:
    return next((writer for end, writer in _ENDS.items() if plain.endswith(end)), None)
