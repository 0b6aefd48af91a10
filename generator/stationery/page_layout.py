"""A definition laid out on pages by Typst: headings, labels and empty boxes, and where each field's box came to stand.

Typst and not ReportLab: it breaks pages and repeats heads by itself, tags what it draws (PDF/UA-1, checked by Typst
while it writes), draws SVG, and takes some 20 ms. It reads no file but ours here, and fetches nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import typst

from generator.charts import HEIGHT, WIDTH
from generator.scratch import Scratch
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
from generator.stationery.wording import Wording

_FONTS = ("Liberation Sans", "DejaVu Sans")
CHART = "chart:"
"""A spot whose name begins so is the place of a chart, and no field."""
_PAPERS = {"letter": "us-letter", "a4": "a4"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field stands: its page from 0, its box in points from the page's upper left, and what it is."""

    name: str
    tooltip: str
    page: int
    left: float
    top: float
    width: float
    height: float
    is_multiline: bool
    comb: int


@dataclass(frozen=True, slots=True)
class Laid:
    """The pages, tagged, without fields yet, and the spots for the fields."""

    pdf: bytes
    spots: tuple[Spot, ...]


def lay_out(definition: Definition, brand: Brand, say: Wording) -> Laid:
    """The pages of a form. `brand` without a name leaves room for the plan's own agency."""
    source = "\n".join(_source(definition, brand, say))
    with Scratch() as scratch:
        folder = scratch.path
        main = folder / "form.typ"
        main.write_text(source, encoding="utf-8")
        if brand.logo:
            (folder / "logo.png").write_bytes(brand.logo)
        fonts = [str(resources.files("generator") / "data" / "fonts")]
        compiler = typst.Compiler(str(main), font_paths=fonts, ignore_system_fonts=not brand.font)
        pages = folder / "form.pdf"
        compiler.compile(output=str(pages), format="pdf", pdf_standards=["ua-1"], timestamp=0)
        spots = json.loads(compiler.query("<field>", field="value"))
        pdf = pages.read_bytes()
    return Laid(pdf, tuple(_spot(one) for one in spots))


def has_font(name: str) -> bool:
    """Whether this machine has a font of that name to embed."""
    return name.lower() in _families()


@cache
def _families() -> frozenset[str]:
    return frozenset(family.lower() for family in typst.Fonts().families())


def _spot(one: dict[str, object]) -> Spot:
    number = {key: float(str(one[key])) for key in ("page", "x", "y", "w", "h", "comb")}
    return Spot(
        str(one["id"]),
        str(one["tip"]),
        int(number["page"]) - 1,
        number["x"],
        number["y"],
        number["w"],
        number["h"],
        one["multi"] is True,
        int(number["comb"]),
    )


def _source(definition: Definition, brand: Brand, say: Wording) -> Iterator[str]:
    families = [brand.font, *_FONTS] if brand.font else list(_FONTS)
    size, title = definition.size, say(definition.title)
    yield f"#set document(title: {_text(title)}, author: ())"
    yield f'#set text(font: ({", ".join(_text(f) for f in families)},), size: {size * 0.9:g}pt, lang: "{say.language}")'
    yield f'#let brand = rgb("#{brand.colour}")'
    yield _HELPERS
    yield f"#set page(paper: {_text(_PAPERS[brand.paper])}, margin: (x: 0.7in, top: 0.65in, bottom: 0.75in),"
    running = f"text(size: 7.5pt, fill: quiet, {_text(brand.name or title)} + [  ·  ] + {_text(title)})"
    yield f"  header: context if counter(page).get().first() > 1 {{ {running if brand.name else _quiet(title)} }},"
    yield f"  footer: foot({_text(say.fixed('name'))}, {_text(say.fixed('record'))}, {_text(say.fixed('page'))}, {_text(say.fixed('of'))}))"
    yield _letterhead(brand, say)
    yield f"#form-title({_text(title)})"
    short = say(definition.short)
    if short.startswith("'"):
        yield f"#text(size: 0.95em, fill: quiet, {_text(short.strip(chr(39)))})"
    elif short:
        yield f"#field({_text('form_line')}, {_text(title)}, {_height(1, size)}, line: false, flush: true)"
    yield "#v(4pt)"
    for section in definition.sections:
        yield from _section(section, say, size)


def _letterhead(brand: Brand, say: Wording) -> str:
    if not brand.name:
        names = (say.fixed("name"), say.fixed("phone"))
        return (
            f"#field({_text('agency_name')}, {_text(names[0])}, 17pt, line: false, flush: true)\n"
            f"#v(-3pt)#grid(columns: (1.4fr, 1fr), field({_text('agency_address')}, {_text(say.fixed('own_text'))}, 13pt, line: false, flush: true), "
            f"field({_text('agency_numbers')}, {_text(names[1])}, 13pt, line: false))\n#rule()"
        )
    pairs = (("phone", brand.phone), ("fax", brand.fax), ("license", brand.license_no))
    numbers = [f"{say.fixed(key)} {value}" for key, value in pairs if value]
    numbers += [f"{key} {value}" for key, value in (("NPI", brand.npi), ("EIN", brand.ein)) if value]
    lines = [brand.address_line, "  ·  ".join(numbers), "  ·  ".join(p for p in (brand.email, brand.web) if p)]
    words = " + linebreak() + ".join(_text(line) for line in lines if line) or '""'
    name = (
        f"text(size: {13 if len(brand.name) < 70 else 11}pt, weight: {_text('bold')}, fill: brand, {_text(brand.name)})"
    )
    said = f"stack(spacing: 5pt, {name}, text(size: 8pt, fill: quiet, {words}))"
    if brand.logo:
        picture = f'box(width: 58pt, height: 42pt, image("logo.png", fit: "contain", alt: {_text(say.fixed("mark"))}))'
        said = f"grid(columns: (66pt, 1fr), align: horizon, {picture}, {said})"
    return f"#{said}\n#rule()"


def _section(section: Section, say: Wording, size: float) -> Iterator[str]:
    title = say(section.title)
    if title:
        yield f"#heading(level: 2, {_text(title)})"
    for block in section.blocks:
        yield from _block(block, say, size, title)


def _block(block: Block, say: Wording, size: float, about: str, n: int = 0) -> Iterator[str]:
    if block.only == "word":
        return
    match block:
        case Facts():
            yield from _facts(block, say, size, about, n)
        case Table():
            yield from _table(block, say, size, about)
        case Each():
            for place in range(1, block.rows + 1):
                for inner in block.blocks:
                    yield from _block(inner, say, size, about, place)
                yield "#v(3pt)"
        case Text():
            weight = '"bold"' if block.style == "strong" else '"regular"'
            smaller = "0.9em" if block.style == "small" else "1em"
            yield f"#par(text(size: {smaller}, weight: {weight}, {_text(say(block.words))}))"
        case Place():
            yield f"#own-text({_text(say.fixed('own_text') + ': ' + say(block.words))})"
        case Heading():
            yield f"#heading(level: 3, {_text(say(block.words))})"
        case Chart():
            high = f"size.width * {HEIGHT / WIDTH:.4f}"
            yield f"#layout(size => chart-place({_text(CHART + block.of)}, {_text(say.fixed('plot'))}, {high}))"
        case Signatures():
            yield from _signatures(block, say, size)


def _facts(facts: Facts, say: Wording, size: float, about: str, n: int) -> Iterator[str]:
    columns = max(facts.columns, 1)
    for start in range(0, len(facts.answers), columns):
        row = facts.answers[start : start + columns]
        widths = [f"{answer.width:g}fr" for answer in row] + ["1fr"] * (columns - len(row) if start else 0)
        cells = ", ".join(_labelled(answer, say, size, about, n) for answer in row)
        yield f"#facts-row(({', '.join(widths)},), {cells})"


def _labelled(answer: Answer, say: Wording, size: float, about: str, n: int) -> str:
    label = say(answer.label).replace("{n}", str(n))
    name = f"{answer.id}_{n}" if n else answer.id
    tip = label if not n or str(n) in label else f"{label} ({about} {n})"
    more = f", comb: {answer.comb}" if answer.comb else ", multi: true" if answer.lines > 1 else ""
    return f"labelled({_text(label)}, {_text(name)}, {_text(tip)}, {_height(answer.lines, size)}{more})"


def _table(block: Table, say: Wording, size: float, about: str) -> Iterator[str]:
    if not block.rows:
        return
    heads = ", ".join(_text(say(column.label)) for column in block.columns)
    widths = ", ".join(f"{column.width:g}fr" for column in block.columns)
    lines = max(column.lines for column in block.columns)
    cells = []
    for n in range(1, block.rows + 1):
        for column in block.columns:
            tip = f"{about}, {say(column.label)} {n}"
            multi = "true" if lines > 1 else "false"
            cells.append(
                f"cell-field({_text(f'{column.id}_{n}')}, {_text(tip)}, {_height(lines, size)}, multi: {multi})"
            )
    yield f"#rows(({widths},), ({heads},), {', '.join(cells)})"


def _signatures(block: Signatures, say: Wording, size: float) -> Iterator[str]:
    keys = (("name", "signature_name", 2), ("role", "signature_role", 1.3), ("signature", "signature", 2.6))
    columns = (*keys, ("date", "signature_date", 1.1))
    heads = ", ".join(_text(say.fixed(key)) for key, _, _ in columns)
    widths = ", ".join(f"{width}fr" for _, _, width in columns)
    cells = [
        f"cell-field({_text(f'{name}_{n}')}, {_text(f'{say.fixed(key)} {n}')}, {2 * size:g}pt)"
        for n in range(1, block.rows + 1)
        for key, name, _ in columns
    ]
    yield f"#block(breakable: false, rows(({widths},), ({heads},), {', '.join(cells)}))"


def _height(lines: int, size: float) -> str:
    return f"{(lines * 1.22 + 0.28) * size * 0.9:.1f}pt"


def _quiet(text: str) -> str:
    return f"text(size: 7.5pt, fill: quiet, {_text(text)})"


def _text(text: str) -> str:
    """A Typst string: backslash, quotation mark and control characters are escaped, nothing in it is markup."""
    out = []
    for char in text:
        if char in '\\"':
            out.append("\\" + char)
        elif ord(char) < 32:
            out.append(f"\\u{{{ord(char):x}}}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


_HELPERS = """
#let quiet = luma(35%)
#let tint = brand.lighten(90%)
#let field(id, tip, h, multi: false, comb: 0, line: true, flush: false) = layout(size => box(
  width: size.width, height: h, stroke: if line { 0.5pt + luma(65%) } else { none }, radius: 1.5pt,
  place(top + left, dx: if flush { -2pt } else { 0pt }, dy: if multi { 1.4pt } else { 0pt }, context [#metadata((
    id: id, tip: tip, page: here().page(), x: here().position().x.pt(), y: here().position().y.pt(),
    w: size.width.pt(), h: if multi { h.pt() - 1.6 } else { h.pt() }, multi: multi, comb: comb))<field>])))
#let cell-field(id, tip, h, multi: false) = field(id, tip, h, multi: multi, line: false)
#let labelled(label, id, tip, h, multi: false, comb: 0) = stack(spacing: 0.29em, text(size: 0.84em, fill: quiet, label),
  field(id, tip, h, multi: multi, comb: comb))
#let facts-row(columns, ..cells) = block(breakable: false, above: 0.47em, below: 0.47em,
  grid(columns: columns, column-gutter: 7pt, ..cells))
#let rows(columns, heads, ..cells) = block(above: 0.67em, below: 0.78em, table(
  columns: columns, stroke: 0.5pt + luma(70%), inset: (x: 2pt, y: 1.2pt),
  fill: (_, y) => if y == 0 { tint } else { none },
  table.header(..heads.map(h => pad(y: 1.6pt, text(size: 0.84em, weight: "bold", h)))), ..cells))
#let chart-place(id, tip, h) = block(breakable: false, above: 6pt, below: 4pt, field(id, tip, h, line: false))
#let rule() = block(above: 5pt, below: 8pt, line(length: 100%, stroke: 1.1pt + brand))
#let own-text(words) = block(width: 100%, fill: tint, inset: 6pt, radius: 2pt, above: 6pt, below: 6pt,
  text(size: 0.9em, [\\[ ] + words + [ \\]]) + v(14pt))
#let form-title(words) = heading(level: 1, words)
#let foot(name, record, page-word, of-word) = {
  set text(size: 9pt)
  line(length: 100%, stroke: 0.4pt + luma(75%))
  v(-7pt)
  grid(columns: (auto, 2fr, auto, 1fr, auto), column-gutter: 4pt, align: horizon,
    text(size: 7.5pt, fill: quiet, name), field("footer_name", name, 11pt, line: false),
    text(size: 7.5pt, fill: quiet, record), field("footer_record", record, 11pt, line: false),
    context text(size: 7.5pt, fill: quiet, page-word + " " + counter(page).display() + " " + of-word + " "
      + str(counter(page).final().first())))
}
#show heading.where(level: 1): it => block(above: 0.45em, below: 0.67em, text(size: 1.9em, fill: brand, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1em, below: 0.55em, width: 100%, sticky: true,
  stroke: (bottom: 0.6pt + luma(70%)), inset: (bottom: 2.5pt),
  text(size: 1.22em, fill: brand, weight: "bold", it.body))
#show heading.where(level: 3): it => block(above: 0.78em, below: 0.45em, sticky: true, text(weight: "bold", it.body))
"""
