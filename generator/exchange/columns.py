"""Which column of a sheet goes to which value of a plan: suggested from its header, confirmed by a person, kept.

A map is kept under the hash of its header, so that next month's export of the same system is read without a question.
Only places are kept, never a cell.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from generator.errors import MapNotValid
from generator.exchange.cells import CellNotRead, DateOrder, date_order, read_cell
from generator.exchange.places import field_of, is_place, title_of
from generator.files import home, write_whole
from generator.mapping.accept import Accept, toml_text
from generator.mapping.phrases import split_joined, words
from generator.mapping.suggest import SURE, Suggestion, suggest
from generator.mapping.vocabulary import known_words
from generator.plan.catalog import by_path
from generator.plan.notes import general
from generator.slots import Slot

_SAMPLE = 60  # cells of a column that are looked at before it is called sure
_LEVELS = ("problem", "goal", "objective", "intervention")
_LEVEL_WORDS = {
    "problem": "problem", "problema": "problem", "prob": "problem", "need": "problem", "p": "problem",
    "goal": "goal", "meta": "goal", "g": "goal", "objective": "objective", "objetivo": "objective", "obj": "objective",
    "o": "objective", "intervention": "intervention", "intervencion": "intervention", "interv": "intervention", "i": "intervention",
}  # fmt: skip
_LASTS = frozenset(
    map(
        words,
        (
            "last name",
            "last",
            "apellido",
            "apellidos",
            "surname",
            "family name",
            "patient last name",
            "lname",
            "primer apellido",
        ),
    )
)
_FIRSTS = frozenset(
    map(
        words,
        ("first name", "first", "given name", "nombre", "nombres", "patient first name", "fname", "primer nombre"),
    )
)
_TOWNS = frozenset(map(words, ("city", "ciudad", "zip", "zip code", "codigo postal", "town", "municipio")))
_ORDINALS = {
    "primary": 1, "principal": 1, "first": 1, "primaria": 1, "secondary": 2, "second": 2, "secundario": 2, "secundaria": 2,
    "tertiary": 3, "third": 3, "terciario": 3,
}  # fmt: skip
_NUMBERED = re.compile(r"([a-z]+)[\s_#.\-]*(\d+(?:[.\-]\d+)*)")
_IN_NAMES = re.compile(
    r"icd[\s\-_]*10(?:[\s\-_]*cm)?|cie[\s\-_]*10(?:[\s\-_]*mc)?|dsm[\s\-_]*(?:5|iv)|phq[\s\-_]*[29]|gad[\s\-_]*7|pcl[\s\-_]*5"
)
_TREE = "problems[].goals[].objectives[]"
_DOING = f"{_TREE}.interventions[]"
_STATEMENTS = ("problems[].title", "problems[].goals[].statement", f"{_TREE}.statement", f"{_DOING}.description")

# What a bare header means in a list of people: it is theirs, where a form's caption could be anybody's.
_BARE: Mapping[str, str] = {
    "patient.name.full": "name, patient name, patient, full name, nombre, nombre completo, paciente, nombre del paciente, nombre y apellidos, client s name, member name, participant name",
    "patient.name.last_first": "last first, name last first, last name first name, apellidos y nombre, apellido nombre",
    "patient.name.first": "first, first name, patient first name, given name, nombres, primer nombre, nombre del cliente de pila, fname",
    "patient.name.last": "last, last name, patient last name, surname, family name, apellido, apellidos, primer apellido, lname",
    "patient.name.middle": "middle, middle name, middle initial, mi, segundo nombre, inicial",
    "patient.dob": "dob, birth date, date of birth, birthdate, birthday, fecha de nacimiento, fecha nac, f nacimiento, nacimiento, patient dob",
    "patient.record_number": "id, patient id, client id, mrn, chart, chart number, record, record number, medical record number, expediente, "
    "numero de expediente, patient number, account number, case number, unique id, numero de paciente, client number",
    "patient.phone": "phone, phone number, cell, cell phone, mobile, mobile phone, home phone, primary phone, telephone, telefono, celular, telefono celular, numero de telefono, patient phone",
    "patient.email": "email, e mail, mail, correo, correo electronico, email address, patient email",
    "patient.address.line1": "address, street, street address, address 1, address line 1, home address, mailing address, direccion, domicilio, calle, patient address",
    "patient.address.line2": "address 2, address line 2, apt, unit, suite, apartment, direccion 2, apartamento",
    "patient.address.city": "city, town, ciudad, municipio",
    "patient.address.state": "state, st, estado, state code",
    "patient.address.zip": "zip, zip code, postal code, codigo postal, zipcode",
    "patient.sex": "sex, gender, sexo, genero, patient gender, birth sex",
    "patient.language.preferred": "language, preferred language, primary language, idioma, idioma preferido",
    "plan.id": "plan id, plan number, numero de plan, treatment plan id",
    "plan.plan_date": "date, plan date, fecha, fecha del plan, date of plan, treatment plan date",
    "plan.admission_date": "admission, admit date, intake date, intake, start of care, enrollment date, fecha de admision, fecha de ingreso",
    "plan.program": "program, programa",
    "plan.prepared_by_staff.full": "therapist, clinician, provider, counselor, staff, case manager, prepared by, author, assigned clinician, primary clinician, primary therapist, "
    "terapeuta, consejero, consejera, profesional, preparado por, therapist name, clinician name, provider name, counselor name",
    "plan.prepared_by_staff.credential": "credential, license type, credencial, clinician credential, therapist credential, provider credential",
    "plan.supervisor_staff.full": "supervisor, clinical supervisor, supervisora, supervisor name",
    "agency.name": "agency, clinic, facility, practice, organization, agencia, clinica, agency name, facility name, clinic name, location name",
    "agency.npi": "agency npi, facility npi, group npi, billing npi",
    "agency.phone": "agency phone, clinic phone, facility phone, office phone",
    "plan.prepared_by_staff.npi": "npi, provider npi, rendering npi, clinician npi",
    "coverage[].payer": "payer, payor, insurance, insurer, insurance company, insurance name, health plan, carrier, primary insurance, secondary insurance, seguro, aseguradora, compania de seguro",
    "coverage[].member_id": "member id, policy, policy number, policy id, subscriber id, insurance id, medicaid id, medicaid number, medicare id, member number, "
    "numero de poliza, numero de miembro, poliza, insurance member id, primary insurance id, secondary insurance id",
    "coverage[].group_no": "group, group number, group id, grupo, numero de grupo, insurance group",
    "coverage[].authorization.number": "authorization, authorization number, auth, auth number, prior authorization, numero de autorizacion",
    "diagnoses[].line": "diagnosis, dx, primary diagnosis, primary dx, principal diagnosis, secondary diagnosis, diagnostico, diagnostico principal, diagnostico primario, diagnostico secundario, secondary dx, tertiary diagnosis",
    "diagnoses[].icd10cm": "diagnosis code, dx code, icd 10, icd10, icd 10 cm, icd 10 code, icd code, icd, icd 10 cm code, primary diagnosis code, secondary diagnosis code, "
    "codigo de diagnostico, codigo cie 10, cie 10, cie 10 mc, primary dx code, secondary dx code, codigo diagnostico, dx icd 10, diagnosis icd 10",
    "diagnoses[].description": "diagnosis description, dx description, diagnosis name, dx name, descripcion del diagnostico, primary diagnosis description, secondary diagnosis description, nombre del diagnostico",
    "problems[].title": "problem, problem title, problem name, problem area, need, issue, problema, problem statement, area de problema",
    "problems[].as_evidenced_by": "as evidenced by, evidence, problem description, evidenciado por, symptoms, problem as evidenced by",
    "problems[].goals[].statement": "goal, goal statement, goal text, goal description, meta, long term goal, treatment goal, problem goal, meta del tratamiento",
    "problems[].goals[].target_date": "goal target date, goal date, goal due date, fecha de la meta, problem goal target date",
    f"{_TREE}.statement": "objective, objective statement, objective text, objective description, objetivo, short term goal, goal objective, problem objective, problem goal objective",
    f"{_TREE}.target_date": "target date, objective target date, objective due date, due date, objective date, fecha meta, fecha objetivo, fecha limite, fecha del objetivo, goal objective target date, problem goal objective target date",
    f"{_TREE}.measure.what": "measure, measured by, indicator, objective measure, medida",
    f"{_TREE}.measure.baseline": "baseline, objective baseline, linea base",
    f"{_TREE}.measure.target": "target, target value, objective target, goal objective target, valor meta",
    f"{_TREE}.measure.unit": "unit of measure, measure unit, objective unit, unidad",
    f"{_DOING}.description": "intervention, intervention description, intervention text, service, intervencion, servicio, goal intervention, objective intervention, problem goal objective intervention, problem intervention",
    f"{_DOING}.frequency.text": "frequency, how often, frecuencia, intervention frequency, service frequency, session frequency",
    f"{_DOING}.duration.text": "duration, how long, duracion, intervention duration, length of treatment",
    f"{_DOING}.session_minutes": "session minutes, minutes, minutes per session, session length, minutos, minutos por sesion",
    f"{_DOING}.method": "method, session type, individual group family, metodo",
    "history.medications_text": "medication, medicine, current medication, medication list, medicamento, medicine list",
    "history.allergies": "allergy, allergies, alergia, alergias",
    "presenting_problem.description": "presenting problem, reason for treatment, chief complaint, presenting issue, problema principal, motivo de consulta",
    "snap.strengths": "strength, client strength, fortaleza, patient strength",
    "snap.needs": "needs, patient need, necesidades",
    "snap.abilities": "ability, abilities, habilidades",
    "snap.preferences": "preference, preferences, preferencias",
    "discharge.criteria": "discharge criteria, criterios de alta, criteria for discharge",
    "reviews.next_due": "next review, review date, next review date, review due, proxima revision, fecha de revision",
    "legal.guardian.name": "guardian, guardian name, parent, parent name, legal guardian, tutor, tutora, nombre del tutor, parent guardian",
    "patient.emergency_contact.name": "emergency contact, emergency contact name, contacto de emergencia, emergency name",
    "patient.emergency_contact.phone": "emergency phone, emergency contact phone, telefono de emergencia, emergency contact number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number from 0, its key in a map, and where it seems to go ("" for nowhere), how surely and why."""

    number: int
    key: str
    path: str
    confidence: float
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether it may be used without a person's yes, where that was asked for."""
        return bool(self.path) and self.confidence >= SURE

    @property
    def letter(self) -> str:
        """The column as a spreadsheet calls it: A, B ... AA."""
        return letter_of(self.number)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe columns --json`."""
        return {
            "column": self.letter,
            "header": self.key,
            "path": self.path,
            "confidence": round(self.confidence, 3),
            "sure": self.is_sure,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where the columns of one header go: number of the column → place. `left` says of the others why they are not used.

    `dates` is the order of day and month where a date is all numbers ("" where each column tells); `always` are values
    that every plan of the sheet gets.
    """

    header: str
    places: Mapping[int, str]
    left: Mapping[int, str] = field(default_factory=dict)
    dates: str = ""
    always: Mapping[str, object] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what a row becomes."""
        said = repr(
            (self.header, sorted(self.places.items()), self.dates, sorted((k, repr(v)) for k, v in self.always.items()))
        )
        return hashlib.sha256(said.encode()).hexdigest()


def letter_of(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def header_hash(header: Sequence[str]) -> str:
    """What a header is known by: its words in order, without case, accents and signs."""
    plain = "\x1f".join(_plain(cell) for cell in header)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(cell: str) -> str:
    """A column's words without case, accents and signs; the sign itself where there are no words."""
    return " ".join(re.findall(r"[a-z0-9]+", _folded(cell))) or cell.strip()


def header_keys(header: Sequence[str]) -> tuple[str, ...]:
    """A key for each column that is its alone: a second "Problem" is "Problem (2)", one without words "column F"."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for number, cell in enumerate(header):
        key = " ".join(cell.split())[:120] or f"column {letter_of(number)}"
        seen[key.lower()] = seen.get(key.lower(), 0) + 1
        out.append(key if seen[key.lower()] == 1 else f"{key} ({seen[key.lower()]})")
        if out[-1] in out[:-1]:
            out[-1] = f"column {letter_of(number)}"
    return tuple(out)


def find_header(rows: Sequence[Sequence[str]], within: int = 12) -> int:
    """The number of the row with the columns' names, from 0: titles may stand over it. -1 where no row is one."""
    best, found = -1, 0
    for number, row in enumerate(rows[:within]):
        told = sum(1 for cell in row if cell.strip() and len(cell) < 120 and _is_known(cell))
        if told > found:
            best, found = number, told
    return best if found >= 2 or (found == 1 and sum(bool(c.strip()) for c in rows[best]) == 1) else -1


def suggest_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), own: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Where each column seems to go. `rows` are looked at so that a column whose cells say otherwise is not called sure.

    `own` are the agency's own words, caption → path.
    """
    keys = header_keys(header)
    heads = [_Head.of(key) for key in keys]
    slots = [Slot(f"c{n}", label=head.caption) for n, head in enumerate(heads)]
    suggested = suggest(slots, own)
    told = {phrase for head in heads for phrase in (words(head.caption),)}
    columns: list[Column] = []
    chosen = [_general_place(head, one, told) for head, one in zip(heads, suggested, strict=True)]
    numbering = _Numbering(heads, [path for path, _, _ in chosen])
    taken: dict[str, str] = {}
    for number, (key, (path, confidence, why)) in enumerate(zip(keys, chosen, strict=True)):
        place, is_certain = numbering.place(number)
        if path and not is_place(place):
            path, confidence, why = "", 0.0, "a sheet's cell cannot say this"
        if not path:
            columns.append(Column(number, key, "", confidence, why))
            continue
        if not is_certain:
            confidence, why = min(confidence, 0.7), "it is not plain which goal or objective its number counts under"
        if place in taken:
            confidence, why = min(confidence, 0.5), f"column {taken[place]} says the same"
        elif not _suits(place, [row[number] for row in rows[:_SAMPLE] if number < len(row)]):
            confidence, why = min(confidence, 0.6), "its cells do not look like this"
        taken.setdefault(place, letter_of(number))
        columns.append(Column(number, key, place, confidence, why))
    return tuple(columns)


def accepted_map(header: Sequence[str], columns: Sequence[Column], accept: Accept = "confident") -> ColumnMap:
    """The map of what is accepted of a suggestion; of two columns for one place the surer one is used."""
    places: dict[int, str] = {}
    left: dict[int, str] = {}
    used: set[str] = set()
    for one in sorted(columns, key=lambda one: (-one.confidence, one.number)):
        is_wanted = bool(one.path) and (accept == "all" or (accept == "confident" and one.is_sure))
        if is_wanted and one.path not in used:
            places[one.number] = one.path
            used.add(one.path)
        else:
            left[one.number] = (
                one.why if not one.path or one.path in used else "not sure enough to be used without a person"
            )
    return ColumnMap(header_hash(header), dict(sorted(places.items())), dict(sorted(left.items())))


def columns_text(header: Sequence[str], columns: Sequence[Column], name: str = "") -> str:
    """A column map as TOML to edit: what is sure stands as it is, what is not behind `#?` until a person takes it off."""
    lines = [
        f"# Which column of {name or 'the sheet'} goes to which value of a plan.",
        "# Lines without # are used. A line that starts with #? is a guess: take the #? away if it is right, or write",
        "# another name. Every name there is: planscribe schema. A column that stands in no line is not used.",
        "",
        f"header = {_quoted(header_hash(header))}",
        '# dates = "month-first"   # or "day-first": for dates such as 03/04/2026, where the sheet itself does not tell',
        "",
        "[columns]",
    ]
    for one in columns:
        lines.append(f"# column {one.letter}  ({one.confidence:.0%}: {one.why})")
        value = _quoted(one.path) if one.path else f"{{ leave = {_quoted(one.why)} }}"
        lines.append(f"{'#? ' if one.path and not one.is_sure else ''}{_quoted(one.key)} = {value}")
    lines += ["", "# Values that every plan of the sheet gets.", "[always]", '# "agency.name" = "Our agency"']
    return "\n".join(lines) + "\n"


def read_columns(text: str, header: Sequence[str], *, name: str = "The column map") -> ColumnMap:
    """A column map from its TOML, for a header. Raises MapNotValid: not TOML, an unknown place or column, a place twice."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapNotValid(f"{name} is not TOML: {error}.") from None
    numbers = _numbers(header_keys(header))
    table = data.get("columns")
    if not isinstance(table, dict):
        raise MapNotValid(f"{name} needs a table [columns]. Make one with: planscribe columns")
    places: dict[int, str] = {}
    left = dict.fromkeys(range(len(header)), "the column map says nothing of it")
    for key, entry in table.items():
        number = numbers.get(key, numbers.get(_plain(key)))
        if number is None:
            raise MapNotValid(
                f'{name} names a column that this sheet does not have: "{key}". Is it the map of another sheet?'
            )
        if isinstance(entry, dict) and set(entry) <= {"leave"}:
            left[number] = str(entry.get("leave", "left out by the column map"))
            continue
        if not isinstance(entry, str) or not is_place(entry):
            raise MapNotValid(f'{name}: a plan has no place for the column "{key}"; write a name such as patient.dob.')
        if entry in places.values():
            raise MapNotValid(f'{name} puts two columns into "{entry}". Leave one of them out.')
        places[number] = entry
        left.pop(number, None)
    order = data.get("dates", "")
    if order not in ("", "month-first", "day-first"):
        raise MapNotValid(f'{name}: dates is "month-first" or "day-first".')
    always = data.get("always", {})
    if not isinstance(always, dict) or not all(is_place(str(key)) for key in always):
        raise MapNotValid(f"{name}: a name under [always] is none of a plan.")
    return ColumnMap(header_hash(header), places, left, str(order), always)


def _numbers(keys: Sequence[str]) -> dict[str, int]:
    """The columns by their keys, and by their words alone where these are one column's."""
    plain = Counter(_plain(key) for key in keys)
    folded = {_plain(key): number for number, key in enumerate(keys) if plain[_plain(key)] == 1}
    return folded | {key: number for number, key in enumerate(keys)}


def map_as_text(columns: ColumnMap, header: Sequence[str]) -> str:
    """A confirmed map as TOML."""
    keys = header_keys(header)
    table: dict[str, object] = {keys[number]: path for number, path in columns.places.items()}
    table |= {keys[number]: {"leave": why} for number, why in columns.left.items() if number < len(keys)}
    order = {"dates": columns.dates} if columns.dates else {}
    return toml_text({"header": columns.header, **order, "columns": table, "always": dict(columns.always)})


def keep_columns(columns: ColumnMap, header: Sequence[str]) -> Path:
    """Keep a confirmed map under its header's hash. Gives where; raises OutputNotWritable."""
    path = home() / "columns" / f"{columns.header}.toml"
    write_whole(path, map_as_text(columns, header).encode())
    return path


def kept_columns(header: Sequence[str]) -> ColumnMap | None:
    """The map that was kept for this header; None where there is none. Raises MapNotValid for one that was broken since."""
    path = home() / "columns" / f"{header_hash(header)}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    except UnicodeDecodeError:
        raise MapNotValid(f"The kept column map {path.name} is not text. Remove it, and map the sheet again.") from None
    return read_columns(text, header, name=f"The kept column map {path.name[:12]}...")


def orders_of(columns: ColumnMap, rows: Sequence[Sequence[str]]) -> dict[int, DateOrder]:
    """For each column of dates, which number comes first: as the map says, else as its own cells tell, else as the other
    date columns tell, else the month."""
    dated = [n for n, path in columns.places.items() if (one := field_of(path)) is not None and one.kind == "date"]
    if columns.dates:
        return dict.fromkeys(dated, cast("DateOrder", columns.dates))
    told = {n: date_order(row[n] for row in rows if n < len(row)) for n in dated}
    said = {order for order in told.values() if order is not None}
    other: DateOrder = said.pop() if len(said) == 1 else "month-first"
    return {n: order or other for n, order in told.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """A header taken apart: its caption without numbers, the numbers that stand behind names of levels, and the last one."""

    key: str
    caption: str
    levels: Mapping[str, tuple[int, ...]]
    number: tuple[int, ...]
    path: str = ""

    @classmethod
    def of(cls, key: str) -> "_Head":
        if re.fullmatch(r"[a-z_0-9]+(\[\d*\])?(\.[a-z_0-9]+(\[\d*\])?)*", key) and ("." in key or "[" in key):
            return cls(key, key, {}, (), key.replace("[]", "[0]"))
        again = re.search(r" \((\d+)\)$", key)
        plain = _folded(key[: again.start()] if again else key)
        if words(plain) in _bare():  # "Address 2" is not the second of a list
            return cls(key, plain, {}, (int(again[1]),) if again else _ordinal_in(plain))
        plain = re.sub(r"([a-z])([A-Z])", r"\1 \2", key[: again.start()] if again else key)
        plain = _folded(plain.replace("_", " "))
        kept = _IN_NAMES.sub(
            lambda found: re.sub(r"\d+", lambda n: "@" * int(n[0]) if int(n[0]) < 20 else n[0], found[0]), plain
        )
        levels: dict[str, tuple[int, ...]] = {}
        number: tuple[int, ...] = ()
        for word, digits in _NUMBERED.findall(kept):
            numbers = tuple(int(n) for n in re.split(r"[.\-]", digits) if n)
            if word in _LEVEL_WORDS:
                levels[_LEVEL_WORDS[word]] = numbers
            number = numbers
        if not number:
            alone = re.match(r"\s*#?(\d{1,2})(?:st|nd|rd|th|[.)])?\s", kept) or re.search(r"[@\s](\d{1,2})\s*$", kept)
            number = (int(alone[1]),) if alone else ()
        caption = re.sub(r"[#\s]*\d+(?:[.\-]\d+)*(?:st|nd|rd|th)?", " ", kept)
        caption = re.sub(r"@+", lambda run: str(len(run[0])), caption)
        caption = re.sub(r"(?<=\w)[.\-](?=\s|$)|[:()\[\]/]", " ", caption)
        if not number:
            number = (int(again[1]),) if again else _ordinal_in(caption)
        return cls(key, " ".join(caption.split()), levels, number)


def _ordinal_in(caption: str) -> tuple[int, ...]:
    said = next((_ORDINALS[word] for word in caption.split() if word in _ORDINALS), 0)
    return (said,) if said > 1 else ()


def _general_place(head: _Head, one: Suggestion, told: set[tuple[str, ...]]) -> tuple[str, float, str]:
    """The place that a header names, lists as `[]`, with how surely and why."""
    if head.path:
        plain = general(head.path)
        if is_place(head.path):
            return plain, 1.0, "its header is the value's own name"
    phrase = _phrase_of(head.caption)
    path = _bare().get(phrase) or _bare().get(_without_ordinal(phrase))
    if not path and head.levels and set(head.caption.split()) <= _LEVEL_WORDS.keys():  # "P1 G1 O2"
        path = _STATEMENTS[max(_LEVELS.index(level) for level in head.levels)]
    if path in ("patient.name.full", "patient.name.last_first") and told & _FIRSTS and told & _LASTS:
        return path, 0.5, "the first and the last name have columns of their own"
    if path == "patient.name.full" and len(phrase) == 1 and told & _LASTS:
        path = "patient.name.first"
    if path == "patient.address.line1" and not told & _TOWNS:
        path = "patient.address.one_line"
    if path:
        return path, 0.96, "its header says so"
    found = general(one.path)
    found = {"diagnoses[].description": "diagnoses[].line", f"{_TREE}.interventions_text": f"{_DOING}.description"}.get(
        found, found
    )
    if not found:
        return "", one.confidence, one.why
    return found, one.confidence, one.why


def _phrase_of(caption: str) -> tuple[str, ...]:
    known = known_words()
    return tuple(part for word in words(caption) for part in split_joined(word, known))


def _without_ordinal(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in phrase if word not in _ORDINALS)


@cache
def _bare() -> dict[tuple[str, ...], str]:
    return {words(one.strip()): path for path, text in _BARE.items() for one in text.split(",") if one.strip()}


def _is_known(cell: str) -> bool:
    head = _Head.of(" ".join(cell.split()))
    if head.path:
        return is_place(head.path)
    phrase = _phrase_of(head.caption)
    if phrase in _bare() or _without_ordinal(phrase) in _bare():
        return True
    return bool(phrase) and suggest([Slot("c", label=head.caption)])[0].confidence >= SURE


class _Numbering:
    """Which entry of its lists each column belongs to."""

    def __init__(self, heads: Sequence[_Head], paths: Sequence[str]) -> None:
        self._heads, self._paths = heads, paths
        self._counted: dict[str, set[int]] = {level: set() for level in _LEVELS}
        for head, path in zip(heads, paths, strict=True):
            level = _level_of(path)
            if level and not head.path and len(head.levels) < 2 and len(head.number) < 2:
                self._counted[level].add(_own_number(head, level))

    def place(self, column: int) -> tuple[str, bool]:
        """The column's place with its indexes, and whether there is no doubt about them."""
        head, path = self._heads[column], self._paths[column]
        if head.path:
            return head.path, True
        if "[]" not in path:
            return path, len(head.number) == 0 or head.number[-1] == 1 or not path
        level = _level_of(path)
        if not level:
            # Of nested lists only the outer one is counted by a bare number.
            index = max(0, (head.number[0] if head.number else 1) - 1)
            return _with_indexes(path, [index]), len(head.number) < 2
        indexes, is_certain = self._indexes(column, level, head)
        return _with_indexes(path, indexes), is_certain

    def _indexes(self, column: int, level: str, head: _Head) -> tuple[list[int], bool]:
        depth = _LEVELS.index(level)
        named = {name: numbers for name, numbers in head.levels.items() if _LEVELS.index(name) <= depth}
        dotted = next((numbers for numbers in reversed(list(named.values())) if len(numbers) > 1), ())
        dotted = dotted or (head.number if len(head.number) > 1 else ())
        if dotted:
            deepest = max((_LEVELS.index(name) for name, numbers in named.items() if numbers == dotted), default=depth)
            indexes = [0] * (depth + 1)
            for back, n in enumerate(reversed(dotted)):
                if deepest - back >= 0:
                    indexes[deepest - back] = max(0, n - 1)
            return indexes, len(dotted) <= deepest + 1
        if len(named) > 1 or (named and level not in named):
            first = min(_LEVELS.index(name) for name in named)
            outer, is_certain = self._flat(column, _LEVELS[first], named[_LEVELS[first]][0])
            rest = [max(0, named[name][0] - 1) if name in named else 0 for name in _LEVELS[first + 1 : depth + 1]]
            return [*outer, *rest], is_certain
        return self._flat(column, level, _own_number(head, level))

    def _flat(self, column: int, level: str, number: int) -> tuple[list[int], bool]:
        """A number that counts through the whole sheet: "Goal 2" is the goal of "Problem 2" where there are as many of
        both, and the second goal of the only problem where there is one."""
        depth = _LEVELS.index(level)
        if depth == 0:
            return [max(0, number - 1)], True
        above = next((name for name in reversed(_LEVELS[:depth]) if self._counted[name]), "")
        parents = len(self._counted[above]) if above else 1
        gap = [0] * (depth - 1 - (_LEVELS.index(above) if above else depth - 1))
        if parents <= 1:
            outer = self._flat(column, above, min(self._counted[above]))[0] if above else []
            return [*(outer or []), *gap, *([0] * (depth - len(outer) - len(gap))), max(0, number - 1)], True
        if number in self._counted[above] and self._counted[level] <= self._counted[above]:
            outer, is_certain = self._flat(column, above, number)
            return [*outer, *gap, 0], is_certain
        owner, before = self._parent_before(column, above, level)
        outer, is_certain = self._flat(column, above, owner)
        return [*outer, *gap, before], is_certain and self._is_interleaved(above, level)

    def _parent_before(self, column: int, above: str, level: str) -> tuple[int, int]:
        """The parent's number that stands last before a column, and how many of the column's kind stand between."""
        owner, numbers = min(self._counted[above]), list[int]()
        for i in range(column + 1):
            found = _level_of(self._paths[i])
            if found == above:
                number = _own_number(self._heads[i], above)
                owner, numbers = number, numbers if number == owner else []
            elif found == level and (n := _own_number(self._heads[i], level)) not in numbers:
                numbers.append(n)
        return owner, max(0, len(numbers) - 1)

    def _is_interleaved(self, above: str, level: str) -> bool:
        kinds = [found for path in self._paths if (found := _level_of(path)) in (above, level)]
        return level in kinds and above in kinds[kinds.index(level) :]


def _own_number(head: _Head, level: str) -> int:
    if level in head.levels:
        return head.levels[level][-1]
    return head.number[-1] if head.number else 1


def _level_of(path: str) -> str:
    """Which of problem, goal, objective, intervention a place of the tree stands in."""
    if not path.startswith("problems[]"):
        return ""
    return _LEVELS[min(path.count("[]"), 4) - 1]


def _with_indexes(path: str, indexes: Sequence[int]) -> str:
    for index in [*indexes, 0, 0, 0, 0][: path.count("[]")]:
        path = path.replace("[]", f"[{index}]", 1)
    return path


def _suits(place: str, cells: Sequence[str]) -> bool:
    """Whether most cells can be read as what the place takes."""
    one = field_of(place)
    given = [cell for cell in cells if cell.strip()]
    if one is None or not given or one.kind in ("text", "list"):
        return True
    order = date_order(given) or "month-first"
    return sum(_reads(cell, place, order) for cell in given) * 2 >= len(given)


def _reads(cell: str, place: str, order: DateOrder) -> bool:
    one = by_path()[general(place)]
    try:
        read_cell(cell, one, order)
    except CellNotRead:
        return False
    return True


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def _quoted(text: str) -> str:
    return toml_text({"x": text})[4:].rstrip("\n")


__all__ = [
    "Column",
    "ColumnMap",
    "accepted_map",
    "columns_text",
    "find_header",
    "header_hash",
    "header_keys",
    "keep_columns",
    "kept_columns",
    "letter_of",
    "map_as_text",
    "orders_of",
    "read_columns",
    "suggest_columns",
    "title_of",
]
