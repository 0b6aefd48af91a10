"""Word templates from the ground up: styles, letterhead, tables that do not tear, tags in their places."""

import io
import unicodedata
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Inches, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

from generator.charts import HEIGHT, OF, WIDTH
from generator.charts.placing import MARK
from generator.stationery.schema_order import put_in_order

FONT = "Arial"
PAPERS = {"letter": (8.5, 11.0), "a4": (8.27, 11.69)}
_MARGIN = 0.8
_DRAWN_FOR = 6.9
_HELD = 3
INK, QUIET, RULE, TINT = "1F2933", "5B6770", "C9D2D9", "EEF3F6"


class Sheet:
    """A Word template being made. `colour` is the brand's, as RRGGBB; `size` that of its text, in points.

    Widths of tables are given for 6.9 inches of text and are drawn to what the paper has.
    """

    def __init__(
        self, title: str, *, colour: str, language: str, font: str = FONT, paper: str = "letter", size: float = 10
    ) -> None:
        self.document: Document = docx.Document()
        _drop_second_styles(self.document)
        self.colour, self.font, self.size = colour, font, size
        self.paper = PAPERS[paper]
        self.width = self.paper[0] - 2 * _MARGIN
        self._set_up(title, language)

    def _set_up(self, title: str, language: str) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Inches(self.paper[0]), Inches(self.paper[1])
        section.left_margin = section.right_margin = Inches(_MARGIN)
        section.top_margin = section.bottom_margin = Inches(0.75 if self.size >= 10 else 0.4)
        section.header_distance = section.footer_distance = Inches(0.4 if self.size >= 10 else 0.25)
        section.different_first_page_header_footer = True
        properties = self.document.core_properties
        properties.title, properties.language, properties.author = title, language, ""
        properties.comments = ""
        styles = self.document.styles
        normal = styles["Normal"]
        self._set_font(normal, 10, INK)
        normal.paragraph_format.space_after = Pt(3)
        normal.paragraph_format.line_spacing = 1.08
        fonts = normal.element.get_or_add_rPr()
        code = OxmlElement("w:lang")
        code.set(qn("w:val"), "es-US" if language == "es" else "en-US")
        fonts.append(code)
        for name, size, colour, before, after in (
            ("Title", 20, self.colour, 2, 2),
            ("Heading 1", 12.5, self.colour, 13, 4),
            ("Heading 2", 11, INK, 9, 3),
            ("Heading 3", 10, self.colour, 6, 2),
        ):
            style = styles[name]
            self._set_font(style, size * (10 / self.size) ** 0.35, colour, bold=True)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.keep_with_next = True
            borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
            if borders is not None:
                borders.getparent().remove(borders)
        _underline(styles["Heading 1"].element.get_or_add_pPr(), RULE)
        for name in ("Header", "Footer"):
            tabs = styles[name].element.get_or_add_pPr().find(qn("w:tabs"))
            if tabs is not None:
                tabs.getparent().remove(tabs)

    def scaled(self, points: float) -> float:
        """A size meant for text of 10 points, for the text that this form has."""
        return points * self.size / 10

    def _set_font(self, style: object, size: float, colour: str, *, bold: bool = False) -> None:
        font = style.font  # type: ignore[attr-defined]
        font.name, font.size, font.bold, font.italic = self.font, Pt(self.scaled(size)), bold, False
        font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{key}"), self.font)

    # paragraphs

    def heading(self, text: str, level: int = 1) -> Paragraph:
        """A heading; it stays with what follows."""
        return self.document.add_heading(text, level)

    def tag(self, text: str) -> None:
        """A paragraph that holds only a {%p %} tag, and is gone in the finished document."""
        self.document.add_paragraph(f"{{%p {text} %}}")

    def paragraph(self, text: str, *, quiet: bool = False, italic: bool = False) -> Paragraph:
        """A paragraph of text and tags."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.italic = italic
        if quiet:
            run.font.color.rgb = RGBColor.from_string(QUIET)
            run.font.size = Pt(self.scaled(9))
        return paragraph

    def labelled(self, label: str, text: str) -> Paragraph:
        """`Label: text` in one paragraph."""
        paragraph = self.document.add_paragraph()
        self._label_run(paragraph, f"{label}  ")
        paragraph.add_run(text)
        return paragraph

    def bullet(self, text: str) -> Paragraph:
        """One entry of a list."""
        paragraph = self.document.add_paragraph(text, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(1)
        return paragraph

    def loop_of_bullets(self, name: str, path: str) -> None:
        """A list printed as bullets."""
        self.tag(f"for {name} in {path}")
        self.bullet(f"{{{{ {name} }}}}")
        self.tag("endfor")

    def chart(self, of: str, words: str) -> None:
        """The place of a chart; it stays with what follows. Its picture is drawn when the form is filled."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shown = io.BytesIO()
        blank = Image.new("L", (690, round(690 * HEIGHT / WIDTH)), 245)
        ImageDraw.Draw(blank).text((345, 120), words, fill=90, anchor="mm", font_size=20)
        # Each chart has a part of its own: equal pictures would share one.
        blank.putpixel((0, 0), 240 + OF.index(of))
        blank.save(shown, "PNG", optimize=True)
        shape = paragraph.add_run().add_picture(shown, width=Inches(self.width))
        shape._inline.docPr.set("name", f"{MARK}-{of}")
        shape._inline.docPr.set("descr", words)
        part = self.document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        part.partname = PackURI(f"/word/media/{MARK}-{of}.png")

    # tables

    def table(self, widths: Sequence[float], *, header: Sequence[str] = ()) -> Table:
        """A table of these widths in inches, ruled lightly; its header row comes again on every page."""
        table = self.document.add_table(rows=0, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width * self.width / _DRAWN_FOR)
        _rule(table)
        if header:
            row = self.row(table, header, bold=True, shade=TINT)
            mark = OxmlElement("w:tblHeader")
            row._tr.get_or_add_trPr().append(mark)
        return table

    def row(
        self, table: Table, texts: Sequence[str], *, bold: bool = False, shade: str = "", keep: bool = False
    ) -> _Row:
        """A row that is never split over two pages; `keep` holds it together with the next."""
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
            cell.width = column.width
            self.fill_cell(cell, text, bold=bold)
            if shade:
                shade_cell(cell, shade)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = keep or bold
        return row

    def wide_row(self, table: Table, text: str, *, label: str = "", shade: str = "", keep: bool = True) -> _Row:
        """A row of one cell over the whole table."""
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cell = row.cells[0].merge(row.cells[-1])
        self.fill_cell(cell, text, label=label)
        if shade:
            shade_cell(cell, shade)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = keep
        return row

    def tag_row(self, table: Table, text: str) -> None:
        """A row that holds only a {%tr %} tag, and is gone in the finished document."""
        table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {text} %}}")

    def facts(self, pairs: Sequence[tuple[str, str, str]], widths: tuple[float, float] = (1.75, 5.15)) -> None:
        """Label and text side by side; a pair's third item is the condition under which it is printed."""
        table = self.table(widths)
        for label, text, condition in pairs:
            if condition:
                self.tag_row(table, f"if {condition}")
            row = self.row(table, ("", text))
            self.fill_cell(row.cells[0], "", label=label)
            if condition:
                self.tag_row(table, "endif")

    def space(self, points: float = 4) -> None:
        """A little room, as between two tables."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(points)

    def fill_cell(self, cell: _Cell, text: str, *, label: str = "", bold: bool = False) -> None:
        """Text into a cell, after a small label where there is one."""
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.space_before = Pt(1)
        if label:
            self._label_run(paragraph, f"{label}  " if text else label)
        if text:
            run = paragraph.add_run(text)
            run.bold = bold
            if bold:
                run.font.size = Pt(self.scaled(9))

    def _label_run(self, paragraph: Paragraph, text: str) -> None:
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(self.scaled(8.5))
        run.font.color.rgb = RGBColor.from_string(QUIET)

    def finish(self) -> bytes:
        """The file, every element's children in the order of the standard."""
        for table in self.document.tables:
            _hold_to_heading(table)
        _number_pictures(self.document)
        put_in_order(self.document)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _drop_second_styles(document: Document) -> None:
    """Drop the copy of the styles that Word 2010 wrote for Word 2007: once ours differ, Word may call the file damaged.

    See [MS-DOCX], 2.2.2 (stylesWithEffects part).
    """
    part = document.part
    for name in [name for name, relation in part.rels.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del part.rels[name]


def _number_pictures(document: Document) -> None:
    """Every picture of the body and the headers its own number (ECMA-376-1, 20.4.2.5: `id` is unique)."""
    heads = [head for section in document.sections for head in (section.header, section.first_page_header)]
    roots = [document.element, *(head._element for head in heads)]
    pictures = [picture for root in roots for picture in root.iter(qn("wp:docPr"))]
    for number, picture in enumerate(pictures, 1):
        picture.set("id", str(number))


def _hold_to_heading(table: Table) -> None:
    """Keep a table's first rows together: only then does LibreOffice keep the heading above with them.

    Three, since a row under a condition may be gone in the finished document.
    """
    rows = [row for row in table.rows if not row.cells[0].text.startswith("{%tr ")]
    for row in rows[: max(min(_HELD, len(rows) - 1), 1)]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def shade_cell(cell: _Cell, colour: str) -> None:
    """A flat colour behind a cell."""
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word works out, such as PAGE or NUMPAGES (ECMA-376, 17.16)."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        run.font.size = Pt(8)
        run.font.color.rgb = RGBColor.from_string(QUIET)
        if kind == "":
            element = OxmlElement("w:instrText")
            element.text = f" {instruction} "
            run._r.append(element)
        elif kind != "shown":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def small(paragraph: Paragraph, text: str, *, size: float = 8, bold: bool = False) -> None:
    """Small quiet text, as in headers and footers."""
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(QUIET)


def letterhead(sheet: Sheet, header: _Header, logo: bytes | None, name: str, lines: Sequence[str], mark: str) -> None:
    """The name and address lines, the logo (described by `mark`) left of them where there is one, a rule below."""
    spare = header.paragraphs[0]
    if logo is None:
        first = spare
    else:
        left_width = 0.95
        table = header.add_table(1, 2, Inches(sheet.width))
        table.autofit = False
        widths = (left_width, sheet.width - left_width)
        for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
            column.width = cell.width = Inches(width)
        _place_logo(table.rows[0].cells[0], logo, mark)
        first = table.rows[0].cells[1].paragraphs[0]
        spare._p.getparent().remove(spare._p)
    run = first.add_run(name)
    run.bold, run.font.size = True, Pt(13 if len(name) < 70 else 11)
    run.font.color.rgb = RGBColor.from_string(sheet.colour)
    first.paragraph_format.space_after = Pt(1)
    turn(first, name)
    holder = first._parent
    for line in lines:
        paragraph = holder.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        small(paragraph, line, size=8.5)
    below = header.add_paragraph()
    below.paragraph_format.space_after = Pt(2)
    below.paragraph_format.line_spacing = Pt(5)
    _underline(below._p.get_or_add_pPr(), sheet.colour)


def _place_logo(cell: _Cell, logo: bytes, mark: str) -> None:
    """The logo no higher than 0.6 and no wider than 0.85 inches, with words for those who do not see it."""
    with Image.open(io.BytesIO(logo)) as picture:
        is_wide = picture.width / picture.height > 0.85 / 0.6
    size = {"width": Inches(0.85)} if is_wide else {"height": Inches(0.6)}
    shape = cell.paragraphs[0].add_run().add_picture(io.BytesIO(logo), **size)
    shape._inline.docPr.set("descr", mark)


def turn(paragraph: Paragraph, text: str) -> None:
    """A paragraph that runs from right to left, where its text begins so (ECMA-376, 17.3.1.6)."""
    first = next((unicodedata.bidirectional(c) for c in text if unicodedata.bidirectional(c) in ("L", "R", "AL")), "L")
    if first != "L":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def running_footer(sheet: Sheet, footer: _Footer, identity: str, page_words: tuple[str, str], below: str) -> None:
    """Who it is about on the left, page x of y on the right, and a line below."""
    paragraph = footer.paragraphs[0]
    small(paragraph, identity)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(sheet.width), alignment=WD_TAB_ALIGNMENT.RIGHT)
    small(paragraph, f"\t{page_words[0]} ")
    add_field(paragraph, "PAGE")
    small(paragraph, f" {page_words[1]} ")
    add_field(paragraph, "NUMPAGES")
    small(footer.add_paragraph(), below, size=7.5)


def default_logo(colour: str) -> bytes:
    """A quiet mark for agencies that have none: three leaves on a round ground."""
    size = 480
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 8, size - 8, size - 8), fill=f"#{colour}")
    for box, start, end in (((150, 96, 330, 396), 60, 240), ((150, 96, 330, 396), 240, 60)):
        draw.chord(box, start, end, fill="#FFFFFF")
    draw.line((240, 396, 240, 190), fill=f"#{colour}", width=12)
    draw.line((240, 300, 290, 240), fill=f"#{colour}", width=10)
    draw.line((240, 330, 190, 270), fill=f"#{colour}", width=10)
    out = io.BytesIO()
    picture.resize((240, 240), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _underline(properties: object, colour: str) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    properties.append(borders)  # type: ignore[attr-defined]


def _rule(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
