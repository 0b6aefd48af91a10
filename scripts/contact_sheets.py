"""Contact sheets: every page of every standard form, filled, for two quite different brands, to be looked at.

Usage: python scripts/contact_sheets.py OUT [--form ID] [--example NAME]  (the Word forms need LibreOffice)
OUT gets one picture a form, brand and language: the Word form's pages above, the PDF form's below.
"""

import argparse
import io
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD
from generator.stationery.new_form import new_form

EXAMPLES = Path(__file__).resolve().parents[1] / "tests" / "examples"
AS_OF = date(2026, 11, 22)
PAGE_WIDTH, GAP, MOST_IN_A_ROW = 620, 12, 4


def brands() -> dict[str, Brand]:
    """A plain one in letter, and one with a logo, a long name, another colour, word and paper."""
    plain = Brand(
        name="Harbor & Pine Counseling",
        address={"line1": "12 Dock Street", "city": "Portland", "state": "ME", "zip": "04101"},
        phone="207-555-0100", npi="1234567893",
    )  # fmt: skip
    rich = Brand(
        name="Centro Comunitario de Salud Conductual y Recuperación Nuestra Señora del Camino",
        address={"line1": "4800 Camino Real", "line2": "Suite 210", "city": "Las Cruces", "state": "NM", "zip": "88001"},
        phone="575-555-0142", fax="575-555-0143", email="office@camino.example", web="camino.example",
        npi="1234567893", license_no="BH-20418", colour="7A1F3D", paper="a4", person="member", logo=_logo(),
    )  # fmt: skip
    return {"plain": plain, "rich": rich}


def main() -> None:
    """Make the sheets."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("out", type=Path)
    asked.add_argument("--form", action="append")
    asked.add_argument("--example", default="04_oud_ptsd_iop_mat")
    wanted = asked.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    example = EXAMPLES / f"{wanted.example}.yaml"
    for form_id in wanted.form or STANDARD:
        for name, brand in brands().items():
            for language in ("en", "es"):
                rows = [_pages(brand, form_id, language, kind, example) for kind in ("word", "pdf")]
                target = wanted.out / f"{form_id}-{name}-{language}.png"
                _sheet([one for pages in rows for one in _split(pages)]).save(target)
                print(target.name, *(len(pages) for pages in rows))


def _pages(brand: Brand, form_id: str, language: str, kind: str, example: Path) -> list[Image.Image]:
    made = new_form(brand, form_id, language=language, kind=kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("form.docx" if kind == "word" else "form.pdf")
        path.write_bytes(made.data)
        of_kind = "word-tags" if kind == "word" else "pdf-fields"
        form = library.Form(
            form_id, made.title, of_kind, path, map=tomllib.loads(made.map_toml) if made.map_toml else {}
        )
        options = Options(language=language, as_of=AS_OF, pdf=kind == "word", final=True)
        document = make_document(read_plan(example), form, options)
    data = document.pdf if kind == "word" else document.data
    drawn = pypdfium2.PdfDocument(data)
    drawn.init_forms()
    return [page.render(scale=PAGE_WIDTH / page.get_width(), may_draw_forms=True).to_pil() for page in drawn]


def _split(pages: list[Image.Image]) -> Iterator[list[Image.Image]]:
    for start in range(0, len(pages), MOST_IN_A_ROW):
        yield pages[start : start + MOST_IN_A_ROW]


def _sheet(rows: list[list[Image.Image]]) -> Image.Image:
    wide = max(sum(page.width + GAP for page in row) for row in rows) + GAP
    high = sum(max(page.height for page in row) + GAP for row in rows) + GAP
    sheet = Image.new("RGB", (wide, high), "#777777")
    top = GAP
    for row in rows:
        left = GAP
        for page in row:
            sheet.paste(page, (left, top))
            left += page.width + GAP
        top += max(page.height for page in row) + GAP
    return sheet


def _logo() -> bytes:
    drawn = Image.new("RGB", (600, 240), "white")
    pen = ImageDraw.Draw(drawn)
    pen.polygon([(20, 220), (140, 20), (260, 220)], fill="#7A1F3D")
    pen.ellipse([(300, 40), (460, 200)], outline="#C99A2E", width=24)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
