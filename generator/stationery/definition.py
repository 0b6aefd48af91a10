"""Form definitions: what stands on a form, as data. One definition makes the Word template and the fillable PDF.

The shape of the YAML is told in `generator/data/stationery/README.md`. Nothing here draws.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import yaml

from generator.charts import OF
from generator.errors import FormUnknown, MapNotValid
from generator.yaml_safe import TextNotReadable, read_yaml

STANDARD = (
    *("individualized-plan", "one-page-plan", "treatment-contract", "plan-review", "release-of-information"),
    *("safety-plan", "intake-face-sheet", "discharge-plan", "accommodation-record", "telehealth-addendum"),
    *("client-copy", "progress-chart", "prior-authorization"),
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_KEPT = frozenset(("footer_name", "footer_record", "form_line", "agency_name", "agency_address", "agency_numbers"))
_DEEPEST = 3
_LONGEST = 4000
Words: TypeAlias = Mapping[str, str]
"""The same words in each language: {"en": ..., "es": ...}."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled place for one value. `lines` and `comb` matter in the PDF, `width` in both (share of the row)."""

    id: str
    label: Words
    value: str
    lines: int = 1
    width: float = 1.0
    comb: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled answers, `columns` beside each other (0: in running lines). `keep`: blanks are printed too."""

    columns: int
    answers: tuple[Answer, ...]
    keep: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A row of a Word table that goes across: a label and a value, one for each of a list, or a line to write on."""

    label: Words
    value: str = ""
    var: str = ""
    path: str = ""
    is_line: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One row for each entry, called `var`, of the list `path`; `rows` in the PDF, `blanks` empty ones in Word."""

    var: str
    path: str
    rows: int
    columns: tuple[Answer, ...]
    lead: tuple[WholeRow, ...] = ()
    tail: tuple[WholeRow, ...] = ()
    blanks: int = 0
    only: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """Blocks that come again for each entry, called `var`, of the list `path`; `rows` times in the PDF.

    `blanks`: a plan without an entry prints the blocks once, empty.
    """

    var: str
    path: str
    rows: int
    blocks: "tuple[Block, ...]"
    blanks: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are printed. `style` is plain, small, quote or strong."""

    words: Words
    style: str = "plain"
    only: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place for words of the agency's own, with what to check."""

    words: Words
    only: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A smaller heading; `{{ }}` tags in it are for Word."""

    words: Words
    level: int = 2
    only: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Rows to sign: those the plan names; the `roles` where it names nobody; `rows` in the PDF."""

    rows: int
    roles: tuple[str, ...]
    only: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot of `measures` or `objectives` over time, drawn when the form is filled."""

    of: str
    only: str = ""


Block: TypeAlias = Facts | Table | Each | Text | Place | Heading | Signatures | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form with a heading (or none)."""

    id: str
    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A form. `short` is an expression under the title, `size` that of its text in points; `check` what an agency should look at before it uses it."""

    id: str
    title: Words
    short: Words
    source: str
    sections: tuple[Section, ...]
    size: float = 10.0
    check: Words = field(default_factory=dict)

    def in_size(self, size: float) -> "Definition":
        """The same form with its text in another size."""
        return replace(self, size=size)


def standard(form_id: str) -> Definition:
    """The definition of a standard form. Raises FormUnknown, naming those there are."""
    if form_id not in STANDARD:
        raise FormUnknown(f'There is no standard form "{form_id}". There are: {", ".join(STANDARD)}.')
    return read_definition(form_id, _load(f"{form_id}.yaml"))


def read_definition(form_id: str, data: object) -> Definition:
    """A definition from the data of its YAML. Raises MapNotValid, naming the place."""
    root = _mapping(data, form_id)
    sections = root.get("sections")
    if not isinstance(sections, list) or not sections:
        raise MapNotValid(f"The form {form_id} has no sections.")
    definition = Definition(
        id=form_id,
        title=_words(root.get("title"), f"{form_id}: title"),
        short=_words(root.get("short", {}), f"{form_id}: short"),
        source=str(root.get("source", "")),
        sections=tuple(read_section(one, form_id) for one in sections),
        size=float(_whole(root.get("size", 10), form_id)),
        check=_words(root.get("check", {}), f"{form_id}: check"),
    )
    _refuse_ids_used_twice(definition)
    return definition


def read_own(path: Path) -> Definition:
    """A definition in a file of the agency's own; its id is the file's name.

    Raises FormUnknown where there is no such file, MapNotValid for what is no definition.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise FormUnknown(f"There is no form definition {path.name}, or it is not text (UTF-8).") from None
    try:
        data = read_yaml(text)
    except TextNotReadable as error:
        raise MapNotValid(f"{path.name} cannot be read: {error}. Correct it there and try again.") from None
    return read_definition(path.stem, data)


def read_section(data: object, form_id: str) -> Section:
    """One section. Raises MapNotValid, naming it."""
    section = _mapping(data, f"{form_id}: a section")
    name = str(section.get("id", ""))
    place = f"{form_id}, section {name or 'without an id'}"
    blocks = section.get("blocks")
    if not name or not isinstance(blocks, list):
        raise MapNotValid(f"{place}: a section needs an id and blocks.")
    return Section(name, _words(section.get("title", {}), place), tuple(_block(one, place) for one in blocks))


def arranged(
    definition: Definition, *, leave_out: Sequence[str] = (), order: Sequence[str] = (), add: Sequence[object] = ()
) -> Definition:
    """The form as an agency wants it: sections left out, added at the end, and put in order (the rest follows).

    Raises MapNotValid for a section that the form does not have.
    """
    sections = [*definition.sections, *(read_section(one, definition.id) for one in add)]
    known = {section.id for section in sections}
    for name in (*leave_out, *order):
        if name not in known:
            raise MapNotValid(
                f"The form {definition.id} has no section {name}. It has: {', '.join(s.id for s in sections)}."
            )
    kept = [section for section in sections if section.id not in leave_out]
    if not kept:
        raise MapNotValid(f"The form {definition.id} would have no section left.")
    _refuse_ids_used_twice(replace(definition, sections=tuple(kept)))
    places = {name: place for place, name in enumerate(order)}
    return replace(definition, sections=tuple(sorted(kept, key=lambda section: places.get(section.id, len(places)))))


def answers_of(blocks: Sequence[Block]) -> Iterator[Answer]:
    """Every answer of these blocks, nested ones too."""
    for block in blocks:
        if isinstance(block, Facts):
            yield from block.answers
        elif isinstance(block, Table):
            yield from block.columns
        elif isinstance(block, Each):
            yield from answers_of(block.blocks)


def _refuse_ids_used_twice(definition: Definition) -> None:
    """Two answers of one name would be one field; a section is left out and ordered by its id."""
    sections: set[str] = set()
    fields: set[str] = set()
    for section in definition.sections:
        if section.id in sections:
            raise MapNotValid(f"{definition.id}: the section id {section.id} is used twice. Give each its own.")
        sections.add(section.id)
        for name in _field_names([block for block in section.blocks if block.only != "word"]):
            if name in fields or name in _KEPT:
                why = "is kept for the page itself" if name in _KEPT else "is used twice"
                raise MapNotValid(f"{definition.id}, section {section.id}: the id {name} {why}. Give each its own.")
            fields.add(name)


def _field_names(blocks: Sequence[Block]) -> Iterator[str]:
    """Names of the PDF's fields; {n} stands for the number of a row."""
    for block in blocks:
        if isinstance(block, Facts):
            yield from (answer.id for answer in block.answers)
        elif isinstance(block, Table | Each) and block.rows:
            yield from (f"{answer.id}_{{n}}" for answer in answers_of((block,)))
        elif isinstance(block, Signatures) and block.rows:
            yield "signature_{n}"
        elif isinstance(block, Chart):
            yield f"chart:{block.of}"


def _block(data: object, place: str, depth: int = 0) -> Block:
    block = _mapping(data, place)
    if depth > _DEEPEST:
        raise MapNotValid(f"{place}: blocks stand in each other more than {_DEEPEST} deep.")
    if "use" in block:
        shared = _load("shared.yaml")
        name = str(block["use"])
        if not isinstance(shared, dict) or name not in shared:
            raise MapNotValid(f"{place}: there is no shared block {name}.")
        used = _block(shared[name], f"{place}, {name}")
        return replace(used, keep=True) if isinstance(used, Facts) and block.get("keep") is True else used
    only = str(block.get("only", ""))
    if "facts" in block:
        facts = _mapping(block["facts"], place)
        return Facts(_whole(facts.get("columns", 1), place), _answers(facts, place), facts.get("keep") is True, only)
    if "table" in block:
        return _table(_mapping(block["table"], place), place, only)
    if "each" in block:
        each = _mapping(block["each"], place)
        inner = each.get("blocks")
        if not isinstance(inner, list):
            raise MapNotValid(f"{place}: each needs blocks.")
        var, path = _loop(each, place)
        blocks = tuple(_block(one, place, depth + 1) for one in inner)
        return Each(var, path, _whole(each.get("rows", 0), place), blocks, each.get("blanks") is True, only)
    if "signatures" in block:
        sign = _mapping(block["signatures"], place)
        roles = sign.get("roles", [])
        named = tuple(str(role) for role in roles) if isinstance(roles, list) else ()
        return Signatures(_whole(sign.get("rows", 2), place), named, only)
    if "chart" in block:
        if block["chart"] not in OF:
            raise MapNotValid(f"{place}: a chart is of {' or '.join(OF)}.")
        return Chart(str(block["chart"]), only)
    for key, make in (("place", Place), ("heading", Heading)):
        if key in block:
            words = _words(block[key], place)
            return Heading(words, _whole(block.get("level", 2), place), only) if make is Heading else Place(words, only)
    if "text" in block:
        text = _mapping(block["text"], place)
        words = _words({key: text[key] for key in text if key in ("en", "es")}, place)
        return Text(words, str(text.get("style", "plain")), only)
    raise MapNotValid(f"{place}: a block is one of facts, table, each, text, place, heading, signatures, chart or use.")


def _table(table: Mapping[str, object], place: str, only: str) -> Table:
    var, path = _loop(table, place)
    columns = _answers({"answers": table.get("columns")}, place)
    lead, tail = (
        tuple(_whole_row(_mapping(row, place)) for row in rows) if isinstance(rows, list) else ()
        for rows in (table.get("lead"), table.get("tail"))
    )
    rows, blanks = _whole(table.get("rows", 3), place), _whole(table.get("blanks", 0), place)
    return Table(var, path, rows, columns, lead, tail, blanks, only)


def _whole_row(row: Mapping[str, object]) -> WholeRow:
    label = {key: str(row[key]) for key in ("en", "es") if key in row}
    return WholeRow(
        label,
        str(row.get("value", "")),
        str(row.get("each", "")),
        str(row.get("in", "")),
        row.get("line") is True,
        row.get("strong") is True,
    )


def _loop(data: Mapping[str, object], place: str) -> tuple[str, str]:
    var, path = data.get("as"), data.get("in")
    if not isinstance(var, str) or not isinstance(path, str) or not var.isidentifier() or not path:
        raise MapNotValid(f"{place}: a table or each needs a name (as) and a list (in).")
    return var, path


def _answers(data: Mapping[str, object], place: str) -> tuple[Answer, ...]:
    answers = data.get("answers")
    if not isinstance(answers, list) or not answers:
        raise MapNotValid(f"{place}: facts need answers, and a table columns.")
    return tuple(_answer(_mapping(one, place), place) for one in answers)


def _answer(data: Mapping[str, object], place: str) -> Answer:
    name, value = data.get("id"), data.get("value")
    if not isinstance(name, str) or not isinstance(value, str):
        raise MapNotValid(f"{place}: an answer needs an id and a value.")
    if not _ID.fullmatch(name):
        raise MapNotValid(f"{place}: an answer's id is made of letters, digits and _ and begins with a letter.")
    width = data.get("width", 1)
    if not isinstance(width, int | float) or not 0 < width <= 20:
        raise MapNotValid(f"{place}, {name}: width is a number from 0 to 20.")
    label = _words({key: data[key] for key in ("en", "es") if key in data}, f"{place}, {name}")
    lines, comb = _whole(data.get("lines", 1), place), _whole(data.get("comb", 0), place)
    return Answer(name, label, value, max(lines, 1), float(width), comb)


def _words(data: object, place: str) -> Words:
    if isinstance(data, str):
        data = {"en": data, "es": data}
    if not isinstance(data, dict):
        raise MapNotValid(f"{place}: words are needed in en and es.")
    words = {str(key): value for key, value in data.items() if isinstance(value, str)}
    if len(words) < len(data):
        raise MapNotValid(
            f"{place}: words stand in quotation marks where YAML would read them as yes, no, on or a number."
        )
    if words and not {"en", "es"} & set(words):
        raise MapNotValid(f"{place}: words are needed in en and es.")
    if any(len(value) > _LONGEST for value in words.values()):
        raise MapNotValid(f"{place}: a text is longer than {_LONGEST} characters; make several texts of it.")
    first = next(iter(words.values()), "")
    return {"en": words.get("en", first), "es": words.get("es", first)} if words else {}


def _mapping(data: object, place: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise MapNotValid(f"{place}: this is not a table of names and values.")
    return data


def _whole(value: object, place: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= int(value) <= 60:
        return int(value)
    raise MapNotValid(f"{place}: a whole number from 0 to 60 is needed.")


@cache
def _load(name: str) -> object:
    text = (resources.files("generator") / "data" / "stationery" / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)
