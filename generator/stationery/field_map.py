"""The field map of a definition: what each field of its fillable PDF gets. The same answers as the Word template's tags."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.stationery.definition import Block, Definition, Each, Facts, Signatures, Table, answers_of
from generator.stationery.expressions import in_row
from generator.stationery.wording import Wording


@dataclass(frozen=True, slots=True)
class Rows:
    """Fields that come again: `fields` are names with {n}, each with an expression over the entry."""

    name: str
    path: str
    count: int
    fields: Mapping[str, str]


def field_map(definition: Definition, say: Wording) -> tuple[Mapping[str, str], tuple[Rows, ...]]:
    """Field names with their expressions, and the rows."""
    fields: dict[str, str] = {}
    rows: list[Rows] = []
    for section in definition.sections:
        for block in section.blocks:
            if block.only == "word":
                continue
            if isinstance(block, Facts):
                fields |= {answer.id: say.put(answer.value) for answer in block.answers}
            else:
                rows += _rows(block, say)
    fields |= {
        "footer_name": "patient.name.full",
        "footer_record": "patient.record_number",
    }
    short = say(definition.short)
    if short and not short.startswith("'"):
        fields["form_line"] = short
    return fields, tuple(rows)


def agency_fields() -> Mapping[str, str]:
    """The letterhead of a form that is not made for one agency: the plan's own agency."""
    return {
        "agency_name": "agency.name",
        "agency_address": "agency.address.one_line",
        "agency_numbers": "[agency.phone, agency.fax, agency.license_no] | commas('  ·  ')",
    }


def as_toml(fields: Mapping[str, str], rows: Sequence[Rows]) -> str:
    """The tables `fields` and `rows` of a form.toml."""
    lines = ["[fields]", *(f"{_quoted(name)} = {_quoted(value)}" for name, value in fields.items())]
    for row in rows:
        inner = ", ".join(f"{_quoted(name)} = {_quoted(value)}" for name, value in row.fields.items())
        lines += ["", f"[rows.{_quoted(row.name)}]", f"path = {_quoted(row.path)}", f"count = {row.count}"]
        lines.append(f"fields = {{ {inner} }}")
    return "\n".join(lines) + "\n"


def _rows(block: Block, say: Wording) -> Iterator[Rows]:
    if isinstance(block, Signatures):
        signed = say.fixed("signed")
        method = f"(reason_missing or ('{signed} (' ~ method ~ ')' if signed_on and method else ''))"
        yield Rows(
            say.fixed("signature"),
            "signatures",
            block.rows,
            {
                "signature_name_{n}": "[name, credential] | commas",
                "signature_role_{n}": "[role_title, relationship] | commas",
                "signature_{n}": method,
                "signature_date_{n}": "signed_on | date",
            },
        )
    elif isinstance(block, Table | Each) and block.rows:
        answers = list(answers_of(block.blocks if isinstance(block, Each) else (block,)))
        widest = max(answers, key=lambda answer: answer.width * answer.lines)
        fields = {f"{answer.id}_{{n}}": say.put(in_row(answer.value, block.var)) for answer in answers}
        yield Rows(say(widest.label).replace(" {n}", ""), block.path, block.rows, fields)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
