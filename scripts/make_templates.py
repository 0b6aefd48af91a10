"""Make the shipped templates and forms anew: templates/*.docx and forms/*/form.pdf, each with its .toml."""

import hashlib
import sys
from pathlib import Path

from generator.ooxml import open_package, write_package
from generator.stationery import one_page_plan as one_page
from generator.stationery.individualized_plan import TITLE, individualized_plan

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write the files; with --check, only say whether they are as they would be written."""
    template = write_package(open_package(individualized_plan()))
    digest = hashlib.sha256(template).hexdigest()
    toml = (
        f'title = "{TITLE}"\ntitle_es = "Plan de tratamiento individualizado"\nkind = "word-tags"\nlanguages = ["en"]\n'
        'edition = "2026-11"\nsource = "planscribe: fields after 42 CFR 482.61(c), 26 TAC 564.804, OAC 5122-27-03"\n'
        f'licence = "MIT"\nsha256 = "{digest}"\n'
    )
    form = one_page.one_page_plan()
    form_toml = (
        f'title = "{one_page.TITLE}"\ntitle_es = "Plan de una página"\nkind = "pdf-fields"\nlanguages = ["en"]\n'
        'edition = "2026-11"\nsource = "planscribe: the informal plan"\nlicence = "MIT"\n'
        f'sha256 = "{hashlib.sha256(form).hexdigest()}"\n{one_page.FIELD_MAP}'
    )
    files = {
        ROOT / "templates/individualized-plan.docx": template,
        ROOT / "templates/individualized-plan.toml": toml.encode(),
        ROOT / "forms/one-page-plan/form.pdf": form,
        ROOT / "forms/one-page-plan/form.toml": form_toml.encode(),
    }
    if "--check" in sys.argv:
        return 0 if all(path.read_bytes() == data for path, data in files.items()) else 1
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(ROOT), len(data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
