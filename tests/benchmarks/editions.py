"""How much of a confirmed map a new edition keeps, and whether anything is silently wrong, by kind of change.

    python -m tests.benchmarks.editions SHARED [--json]

Real fillable forms (SHARED/mapping/forms) and the forms of this library are changed in the file: fields renamed, moved on
the page, taken away, added, a page put in front, and all of it together. kept: slots carried to the right field, of those
that are still there. wrong: slots carried to another field. to look at: slots that a person is asked about.
"""

import argparse
import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Name, String

from generator.blank_file import inspect
from generator.errors import GeneratorError
from generator.mapping.editions import carry

_Change = Callable[[pikepdf.Pdf, random.Random], None]


def _terminals(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Fields of one widget with a name of their own."""
    fields = pdf.Root.AcroForm.Fields
    return [f for f in fields if "/T" in f and "/Kids" not in f and "/Rect" in f]  # type: ignore[attr-defined]


def renamed(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """A third of the fields get names that say nothing."""
    for n, one in enumerate(_terminals(pdf)):
        if chance.random() < 0.34:
            one.T = String(f"fld_{n}_{chance.randrange(1000)}")


def moved(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Every page's fields and print go up or down together, as where a letterhead grew."""
    for page in pdf.pages:
        down = chance.choice((-14, -9, 11))
        page.contents_add(f"q 1 0 0 1 0 {down} cm ".encode(), prepend=True)
        page.contents_add(b" Q")
        for note in page.obj.get("/Annots", ()):
            if isinstance(note, pikepdf.Dictionary) and "/Rect" in note:
                x0, y0, x1, y1 = (float(v) for v in note.Rect)  # type: ignore[attr-defined]
                note.Rect = Array([x0, y0 + down, x1, y1 + down])


def removed(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """One field in twelve is gone."""
    gone = {one.objgen for one in _terminals(pdf) if chance.random() < 0.08}
    pdf.Root.AcroForm.Fields = Array([f for f in pdf.Root.AcroForm.Fields if f.objgen not in gone])  # type: ignore[attr-defined]
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array([a for a in page.obj.Annots if a is None or a.objgen not in gone])  # type: ignore[attr-defined]


def added(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Four fields more, with captions of their own, in the lower margin."""
    page = pdf.pages[chance.randrange(len(pdf.pages))]
    for n, caption in enumerate(("Pronouns", "Fax number", "Second goal", "Date")):
        box = Array([60 + 130 * n, 12, 150 + 130 * n, 24])
        field = pdf.make_indirect(
            pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"added {n}"), TU=String(caption), Rect=box, F=4, P=page.obj)
        )  # fmt: skip
        pdf.Root.AcroForm.Fields.append(field)
        if "/Annots" not in page.obj:
            page.obj.Annots = Array()
        page.obj.Annots.append(field)


def page_in_front(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """A page of instructions before all others."""
    pdf.add_blank_page()
    pdf.pages.insert(0, pdf.pages[-1])
    del pdf.pages[-1]


def all_of_it(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Every change at once."""
    for change in (removed, renamed, moved, added, page_in_front):
        change(pdf, chance)


CHANGES: tuple[_Change, ...] = (renamed, moved, removed, added, page_in_front, all_of_it)


def measure(data: bytes, change: _Change, chance: random.Random) -> tuple[int, int, int, int] | None:
    """Slots still there, kept right, carried wrong, and to look at; None where a form has too few plain fields."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/AcroForm" not in pdf.Root or len(_terminals(pdf)) < 5:
            return None
        first = {str(one.T): one.objgen for one in _terminals(pdf)}
        change(pdf, chance)
        names = {one.objgen: str(one.T) for one in _terminals(pdf)}
        out = io.BytesIO()
        pdf.save(out)
    old, new = inspect(data).slots, inspect(out.getvalue()).slots
    old = tuple(slot for slot in old if slot.id in first)
    truth = {name: names[objgen] for name, objgen in first.items() if objgen in names}
    there = {slot.id: truth[slot.id] for slot in old if slot.id in truth}
    table = carry(old, tuple(slot for slot in new if slot.id in set(names.values())))
    carried = {one.old: one.new for one in table if one.fate in ("kept", "moved")}
    right = sum(carried.get(name) == to for name, to in there.items())
    wrong = sum(there.get(name) != to for name, to in carried.items())
    return len(there), right, wrong, sum(one.fate == "check" for one in table)


def run(shared: Path) -> dict[str, dict[str, float]]:
    """Figures by kind of change."""
    own = sorted((Path(__file__).parents[2] / "forms").glob("*/form.pdf"))
    files = [*sorted((shared / "mapping" / "forms").glob("*.pdf")), *own]
    sums = {change.__name__.replace("_", " "): [0, 0, 0, 0, 0] for change in CHANGES}
    for path in files:
        for change in CHANGES:
            try:
                found = measure(path.read_bytes(), change, random.Random(path.name))
            except (GeneratorError, pikepdf.PdfError):
                continue
            if found is not None:
                total = sums[change.__name__.replace("_", " ")]
                for n, count in enumerate((*found, 1)):
                    total[n] += count
    return {
        name: {
            "kept": round(right / max(1, there), 4),
            "wrong": wrong,
            "to_look_at": look,
            "slots": there,
            "forms": forms,
        }
        for name, (there, right, wrong, look, forms) in sums.items()
    }


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = run(options.shared)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for name, row in result.items():
        print(f"{name:16} kept {row['kept']:.3f}   wrong {row['wrong']:>3}   to look at {row['to_look_at']:>4}   of {row['slots']} slots on {row['forms']} forms")  # fmt: skip


if __name__ == "__main__":
    main()
