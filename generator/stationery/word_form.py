"""A definition as a tagged Word template on an agency's letterhead. It needs no field map."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from docx.shared import Pt
from docx.table import Table as WordTable

from generator.notice import PART_2
from generator.stationery.brand import Brand
from generator.stationery.definition import (
    Answer,
    Block,
    Chart,
    Definition,
    Each,
    Facts,
    Heading,
    Place,
    Section,
    Signatures,
    Table,
    Text,
)
from generator.stationery.expressions import given
from generator.stationery.word import TINT, Sheet, default_logo, letterhead, running_footer, shade_cell, small
from generator.stationery.wording import Wording

_WIDE = 6.9
_LINE = "____________________________________________"


def word_form(definition: Definition, brand: Brand, language: str) -> bytes:
    """The template as a .docx file."""
    return _Builder(definition, brand, language).build()


class _Builder:
    def __init__(self, definition: Definition, brand: Brand, language: str) -> None:
        self._definition, self._brand = definition, brand
        self._say = Wording(language, brand.person)
        self._sheet = Sheet(
            self._say(definition.title),
            colour=brand.colour,
            language=self._say.language,
            font=brand.font or "Arial",
            paper=brand.paper,
            size=definition.size,
        )

    def build(self) -> bytes:
        self._margins()
        self._sheet.document.add_paragraph(self._say(self._definition.title), style="Title")
        short = self._value(self._say(self._definition.short))
        if short:
            self._sheet.paragraph(short, quiet=True)
        for section in self._definition.sections:
            self._section(section)
        return self._sheet.finish()

    def _margins(self) -> None:
        sheet, say, brand = self._sheet, self._say, self._brand
        section = sheet.document.sections[0]
        logo = brand.logo if brand.name else default_logo(brand.colour)
        letterhead(sheet, section.first_page_header, logo, *_head_lines(brand, say), say.fixed("mark"))
        agency = brand.name or "{{ agency.name }}"
        running = section.header.paragraphs[0]
        small(running, f"{agency}  ·  {say(self._definition.title)}")
        running.paragraph_format.space_after = Pt(8)
        record = say.fixed("record").lower()
        identity = (
            "{{ patient.name.full }}{% if patient.record_number %}  ·  " + record + " {{ patient.record_number }}{% endif %}"
        )  # fmt: skip
        below = "{% if confidentiality.part2_applies %}" + PART_2 + ".{% endif %}"
        for footer in (section.first_page_footer, section.footer):
            running_footer(sheet, footer, identity, (say.fixed("page"), say.fixed("of")), below)

    def _section(self, section: Section) -> None:
        condition = _given_of(section.blocks, self._say)
        if condition:
            self._sheet.tag(f"if {condition}")
        title = self._say(section.title)
        if title:
            self._sheet.heading(title)
        self._blocks(section.blocks)
        if condition:
            self._sheet.tag("endif")

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.only != "pdf":
                self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Facts():
                self._facts(block)
            case Table():
                self._table(block)
            case Each():
                self._each(block)
            case Text():
                self._text(block)
            case Place():
                table = self._sheet.table((_WIDE,))
                row = self._sheet.row(table, (f"[ {self._say.fixed('own_text')}: {self._say(block.words)} ]",))
                shade_cell(row.cells[0], TINT)
                self._sheet.space()
            case Heading():
                self._sheet.heading(self._numbered(self._say(block.words)), block.level)
            case Chart():
                self._sheet.tag(f"if {block.of}")
                self._sheet.chart(block.of, self._say.fixed("plot"))
                self._sheet.tag("endif")
            case Signatures():
                self._signatures(block)

    def _text(self, block: Text) -> None:
        quiet, italic = block.style == "small", block.style == "quote"
        paragraph = self._sheet.paragraph(self._say(block.words), quiet=quiet, italic=italic)
        if block.style == "strong":
            for run in paragraph.runs:
                run.bold = True

    def _facts(self, facts: Facts) -> None:
        if facts.columns == 0:
            for answer in facts.answers:
                self._sheet.tag(f"if {self._given(answer)}")
                line = self._sheet.labelled(self._label(answer), self._answer(answer))
                line.paragraph_format.keep_with_next = True
                self._sheet.tag("endif")
            return
        if facts.columns == 1:
            self._column_of_facts(facts)
        else:
            self._rows_of_facts(facts)
        self._sheet.space()

    def _column_of_facts(self, facts: Facts) -> None:
        table = self._sheet.table((1.75, _WIDE - 1.75))
        for answer in facts.answers:
            if not facts.keep:
                self._sheet.tag_row(table, f"if {self._given(answer)}")
            row = self._sheet.row(table, ("", self._answer(answer)))
            self._sheet.fill_cell(row.cells[0], "", label=self._label(answer))
            shade_cell(row.cells[0], TINT)
            if not facts.keep:
                self._sheet.tag_row(table, "endif")

    def _rows_of_facts(self, facts: Facts) -> None:
        """Answers beside each other, each under its label; rows of the same widths stand in one table."""
        rows = [facts.answers[at : at + facts.columns] for at in range(0, len(facts.answers), facts.columns)]
        for n, (widths, alike) in enumerate(groupby(rows, lambda row: _widths(row, facts.columns))):
            if n:
                self._sheet.space(1)
            table = self._sheet.table(widths)
            for answers in alike:
                self._row_of_facts(table, answers, keep=facts.keep)

    def _row_of_facts(self, table: WordTable, answers: Sequence[Answer], *, keep: bool) -> None:
        if not keep:
            self._sheet.tag_row(table, f"if {given(*(self._say.put(answer.value) for answer in answers))}")
        row = self._sheet.row(table, [""] * len(table.columns))
        for cell, answer in zip(row.cells, answers, strict=False):
            self._sheet.fill_cell(cell, "", label=self._label(answer))
            below = cell.add_paragraph(self._answer(answer))
            below.paragraph_format.space_after = below.paragraph_format.space_before = None
        if not keep:
            self._sheet.tag_row(table, "endif")

    def _table(self, block: Table) -> None:
        widths = [column.width for column in block.columns]
        scale = _WIDE / sum(widths)
        widths = [width * scale for width in widths]
        heads = [self._label(column) for column in block.columns]
        is_hidden_when_empty = not (block.lead or block.blanks)
        if is_hidden_when_empty:
            self._sheet.tag(f"if {block.path}")
        table = self._sheet.table(widths, header=() if block.lead else heads)
        for lead in block.lead:
            if lead.value and not lead.is_strong:
                self._sheet.tag_row(table, f"if {given(self._say.put(lead.value))}")
            shade = TINT if lead.is_strong else ""
            self._sheet.wide_row(table, self._value(lead.value), label=self._say(lead.label), shade=shade)
            if lead.value and not lead.is_strong:
                self._sheet.tag_row(table, "endif")
        if block.lead:
            self._sheet.tag_row(table, f"if {block.path}")
            self._sheet.row(table, heads, bold=True)
        self._sheet.tag_row(table, f"for {block.var} in {block.path}")
        self._sheet.row(table, [self._answer(column) for column in block.columns])
        self._sheet.tag_row(table, "endfor")
        if block.lead:
            self._sheet.tag_row(table, "endif")
        if block.blanks:
            self._sheet.tag_row(table, f"if not {block.path}")
            for _ in range(block.blanks):
                self._sheet.row(table, [""] * len(widths))
            self._sheet.tag_row(table, "endif")
        self._tail(table, block)
        self._sheet.space(6)
        if is_hidden_when_empty:
            self._sheet.tag("endif")

    def _tail(self, table: WordTable, block: Table) -> None:
        for n, tail in enumerate(block.tail):
            label, is_last = self._say(tail.label), n == len(block.tail) - 1
            if tail.is_line:
                text = f"{_LINE}   {self._say.fixed('date')} ____________"
                self._sheet.wide_row(table, text, label=label, keep=not is_last)
                continue
            self._sheet.tag_row(table, f"for {tail.var} in {tail.path}")
            self._sheet.wide_row(table, self._value(tail.value), label=label, keep=not is_last)
            self._sheet.tag_row(table, "endfor")

    def _each(self, block: Each) -> None:
        self._sheet.tag(f"for {block.var} in {block.path}")
        self._blocks(block.blocks)
        self._sheet.tag("endfor")
        if block.blanks:
            self._sheet.tag(f"if not {block.path}")
            self._blocks([_emptied(one) for one in block.blocks])
            self._sheet.tag("endif")

    def _signatures(self, block: Signatures) -> None:
        say = self._say
        heads = (say.fixed("name"), say.fixed("signature"), say.fixed("date"))
        table = self._sheet.table((2.3, 2.9, 1.7), header=heads)
        self._sheet.tag_row(table, "for s in signatures")
        name = "{{ [s.name, s.credential] | commas }}\n{{ s.role_title }}{% if s.relationship %} ({{ s.relationship }}){% endif %}"
        signed = (
            "{% if s.reason_missing %}{{ s.reason_missing }}{% elif s.signed_on and s.method %}"
            + say.fixed("signed")
            + " ({{ s.method }}){% endif %}"
        )
        self._sheet.row(table, (name, signed, "{{ s.signed_on | date }}"), keep=True)
        self._sheet.tag_row(table, "endfor")
        for role in block.roles:
            known = {"patient": "{{ patient.name.full }}", "clinician": "{{ plan.prepared_by_staff.full }}"}
            self._sheet.tag_row(table, "if not signatures")
            self._sheet.row(table, (f"{known.get(role, '')}\n{say.fixed(role)}", "", ""), keep=role != block.roles[-1])
            self._sheet.tag_row(table, "endif")
        self._sheet.space()

    def _label(self, answer: Answer) -> str:
        return self._numbered(self._say(answer.label))

    def _numbered(self, words: str) -> str:
        return words.replace("{n}", "{{ loop.index }}")

    def _answer(self, answer: Answer) -> str:
        return self._value(answer.value)

    def _value(self, expression: str) -> str:
        return "{{ " + self._say.put(expression) + " }}" if expression else ""

    def _given(self, answer: Answer) -> str:
        return given(self._say.put(answer.value))


def _widths(answers: Sequence[Answer], columns: int) -> tuple[float, ...]:
    """The columns of a row in inches; where answers are missing their columns stay empty."""
    shares = [answer.width for answer in answers] + [1.0] * (columns - len(answers))
    return tuple(_WIDE * share / sum(shares) for share in shares)


def _head_lines(brand: Brand, say: Wording) -> tuple[str, tuple[str, ...]]:
    """The agency's name and its lines; without a brand those of the plan's own agency."""
    words = (say.fixed("phone"), say.fixed("fax"), say.fixed("license"))
    if not brand.name:
        tags = ("agency.phone", "agency.fax", "agency.license_no")
        parts = [
            "('" + word + " ' ~ " + tag + " if " + tag + " else '')" for word, tag in zip(words, tags, strict=True)
        ]
        parts.append("('NPI ' ~ agency.npi if agency.npi else '')")
        return "{{ agency.name }}", (
            "{{ agency.address.one_line }}",
            "{{ [" + ", ".join(parts) + "] | commas('  ·  ') }}",
        )
    pairs = [
        *zip(words, (brand.phone, brand.fax, brand.license_no), strict=True),
        ("NPI", brand.npi),
        ("EIN", brand.ein),
    ]
    numbers = "  ·  ".join(f"{word} {value}" for word, value in pairs if value)
    net = "  ·  ".join(part for part in (brand.email, brand.web) if part)
    return brand.name, tuple(line for line in (brand.address_line, numbers, net) if line)


def _given_of(blocks: Sequence[Block], say: Wording) -> str:
    """When a section has something to print; "" for one that always has."""
    lists: list[str] = []
    values: list[str] = []
    for block in blocks:
        if block.only == "pdf":
            continue
        match block:
            case Facts() if not block.keep:
                values += [say.put(answer.value) for answer in block.answers]
            case Table() if not block.blanks:
                lists.append(block.path)
            case Each() if not block.blanks:
                lists.append(block.path)
            case Heading() | Chart():
                continue
            case _:
                return ""
    return " or ".join([*lists, *([given(*values)] if values else [])])


def _emptied(block: Block) -> Block:
    """The same block with nothing in its places."""
    if isinstance(block, Facts):
        empty = tuple(replace(answer, value="''", label=_first(answer.label)) for answer in block.answers)
        return replace(block, answers=empty, keep=True)
    return block


def _first(label: object) -> dict[str, str]:
    return {key: str(words).replace("{n}", "1") for key, words in dict(label).items()}  # type: ignore[call-overload]
