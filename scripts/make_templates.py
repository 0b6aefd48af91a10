"""Make the shipped set anew from its definitions: templates/*.docx and forms/*/form.pdf, each with its .toml.

Usage: python scripts/make_templates.py [--check]   (--check only says whether they are as they would be written)
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.ooxml import open_package, write_package
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD
from generator.stationery.new_form import NewForm, new_form

ROOT = Path(__file__).resolve().parents[1]
EDITION = "2026-11"


def main() -> int:
    """Write the files, or check them."""
    files = dict(_files())
    stale = [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what its definition makes; run: python scripts/make_templates.py")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
        print(path.relative_to(ROOT), len(files[path]))
    return 0


def _files() -> Iterator[tuple[Path, bytes]]:
    """Every file of the shipped set: each form in Word and PDF, English and Spanish, for no agency in particular."""
    for order, form_id in enumerate(STANDARD, 1):
        for language, ending in (("en", ""), ("es", ".es")):
            word = new_form(Brand(), form_id, language=language, kind="word")
            data = write_package(open_package(word.data))
            yield ROOT / f"templates/{form_id}{ending}.docx", data
            yield ROOT / f"templates/{form_id}{ending}.toml", _record(word, data, language, "word-tags", order)
            pdf = new_form(Brand(), form_id, language=language, kind="pdf")
            folder = ROOT / f"forms/{form_id}-pdf"
            yield folder / f"form{ending}.pdf", pdf.data
            yield folder / f"form{ending}.toml", _record(pdf, pdf.data, language, "pdf-fields", order + len(STANDARD))


def _record(form: NewForm, data: bytes, language: str, kind: str, order: int) -> bytes:
    languages = '["en", "es"]' if language == "en" else '["es"]'
    lines = [
        f'title = "{form.title}"',
        f'kind = "{kind}"',
        f"languages = {languages}",
        f"order = {order}",
        f'edition = "{EDITION}"',
        f'source = "{form.source}"',
        'licence = "MIT"',
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
    ]
    return ("\n".join(lines) + "\n" + ("\n" + form.map_toml if form.map_toml else "")).encode()


if __name__ == "__main__":
    sys.exit(main())
