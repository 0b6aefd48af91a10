"""Write docs/forms.md from the definitions: every standard form with its picture, its fields, its source, what to check.

Usage: python scripts/forms_page.py [--check] [--pictures]   (--pictures draws docs/pictures/forms/*.png anew)
"""

import io
import sys
import tomllib
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD, Definition, Signatures, answers_of, standard
from generator.stationery.new_form import new_form

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "forms.md"
PICTURES = ROOT / "docs" / "pictures" / "forms"
EXAMPLE = ROOT / "tests" / "examples" / "02_major_depression.yaml"
WIDTH = 560
HEAD = """# The standard forms

Each is made on an agency's letterhead, as a Word template and as a fillable PDF, in English and Spanish:
`planscribe template new --brand brand.yaml --form individualized-plan -o plan.docx` (or `.pdf`).
Sections are left out, ordered and added in the brand file; a form of your own is a definition file (`--form my-form.yaml`).
"""


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" in sys.argv:
        is_current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        if not is_current:
            print("docs/forms.md is not what the definitions say; run: python scripts/forms_page.py --pictures")
        return 0 if is_current else 1
    if "--pictures" in sys.argv:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for form_id in STANDARD:
            (PICTURES / f"{form_id}.png").write_bytes(_picture(form_id))
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """The text of docs/forms.md."""
    return HEAD + "".join(_part(standard(form_id)) for form_id in STANDARD)


def _part(form: Definition) -> str:
    lines = ["", f"## {form.title['en']}", "", f"`{form.id}` · {form.title['es']}", ""]
    lines += [f"![The first page of the form {form.title['en']}, filled](pictures/forms/{form.id}.png)", ""]
    lines.append(f"Source: {form.source}" if form.source else "Source: our own layout")
    check = form.check.get("en", "Nothing beside the answers themselves.")
    lines += ["", f"To check before use: {check}", "", "Fields:", ""]
    for section in form.sections:
        names = [f"{answer.label['en'].replace(' {n}', '')} (`{answer.id}`)" for answer in answers_of(section.blocks)]
        names += ["rows to sign" for block in section.blocks if isinstance(block, Signatures)]
        if names:
            lines.append(
                f"- {section.title.get('en') or section.id.replace('_', ' ').capitalize()}: {'; '.join(names)}"
            )
    return "\n".join(lines) + "\n"


def _picture(form_id: str) -> bytes:
    """The first page of the PDF form, filled from an invented plan, small."""
    made = new_form(Brand(name="Juniper Fork Counseling", phone="207-555-0100"), form_id, kind="pdf")
    path = PICTURES / f"{form_id}.pdf"
    path.write_bytes(made.data)
    try:
        form = library.Form(form_id, made.title, "pdf-fields", path, map=tomllib.loads(made.map_toml))
        document = make_document(
            read_plan(EXAMPLE), form, Options(language="en", as_of=date(2026, 11, 22), flatten=True)
        )
    finally:
        path.unlink()
    first = pypdfium2.PdfDocument(document.data)[0]
    drawn = first.render(scale=2 * WIDTH / first.get_width()).to_pil().convert("RGB")
    small = drawn.resize((WIDTH, round(WIDTH * drawn.height / drawn.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(16, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
