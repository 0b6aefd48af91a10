"""How well places for answers are found on PDFs without fields: real forms, our own forms, agency Word forms in print.

    python -m tests.benchmarks.flat SHARED [--json] [--wrong] [--only pdf|own|word]

SHARED is the folder with `corpus/pdf`, `corpus/agency-word` and `measure/flat_fields.py`, whose measures these are.

- pdf: fillable forms of agencies and courts, as printed (flattened). Their agencies in two halves stand below them.
- own: the forms of this library, English and Spanish, as printed. A field that draws nothing on paper (a letterhead's)
  cannot be found, and is neutral.
- word: agency Word forms as LibreOffice prints them; the truth is where each blank came to lie (`marked_word`).
  `with a line`: blanks with a line, cell, box or sign. `in words`: those that only a prompt or nothing marks.
- text, check: F1 at the same spot. labels: of places found, how many are called as the form's maker calls them.
  ms: milliseconds a page. Lines to sign and places for the office are neutral.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from rapidfuzz import fuzz

from generator.blanks.pdf_flat import FlatPdf, find_places
from generator.blanks.pdf_page import Page, read_pages
from generator.mapping.phrases import words
from generator.slots import Rect
from tests.benchmarks.marked_word import printed

_IN_WORDS = ("sdt", "placeholder", "grey-prompt", "mergefield", "legacy", "circle-one")
_LEAST_FIELDS = 5


@dataclass(frozen=True)
class True_:
    """A place that a form's maker meant. `names` are what it may be called; a neutral one is neither right nor wrong."""

    page: int
    rect: Rect
    kind: str
    names: tuple[str, ...] = ()
    is_neutral: bool = False


@dataclass
class Sum:
    """Counts of a set of forms."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {"text": [0, 0, 0], "check": [0, 0, 0]})
    named: list[bool] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        """Of this set."""
        out = {kind: _f1(*found) for kind, found in self.counts.items()}
        out |= {"labels": _share(self.named), "ms": 1000 * self.seconds / max(1, self.pages), "pages": self.pages}
        out |= {f"{kind}_recall": right / max(1, true) for kind, (right, _, true) in self.counts.items()}
        return {key: round(value, 4) for key, value in out.items()}


def _f1(right: int, found: int, true: int) -> float:
    return 2 * right / (found + true) if true else float("nan")


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def measure(data: bytes, truth: Sequence[True_], yardstick: object, sums: Sequence[Sum], told: str = "") -> None:
    """Find the places of one flat form and add its counts to `sums`; `told` is the form's name where misses are listed."""
    start = time.perf_counter()
    seen = find_places(data)
    seconds = time.perf_counter() - start
    y = yardstick
    wanted = y.Truth(  # type: ignore[attr-defined]
        [y.Place(t.page, t.rect, t.kind) for t in truth if not t.is_neutral],  # type: ignore[attr-defined]
        [y.Place(t.page, t.rect, t.kind) for t in truth if t.is_neutral],  # type: ignore[attr-defined]
        seen.pages,
    )
    found = [y.Place(p.page, p.rect, p.kind) for p in seen.places]  # type: ignore[attr-defined]
    score = y.score(wanted, found)  # type: ignore[attr-defined]
    named = list(_named(truth, seen, y, told))
    for one in sums:
        one.pages += seen.pages
        one.seconds += seconds
        one.named += named
        for kind, total in one.counts.items():
            for n in range(3):
                total[n] += score[f"spot {kind}"][n]
    if told:
        _tell_misses(wanted, found, seen, y, told)


def _named(truth: Sequence[True_], seen: FlatPdf, y: object, told: str) -> Iterator[bool]:
    true = [t for t in truth if t.names and not t.is_neutral]
    wanted = [y.Place(t.page, t.rect, t.kind) for t in true]  # type: ignore[attr-defined]
    found = [y.Place(p.page, p.rect, p.kind) for p in seen.places]  # type: ignore[attr-defined]
    for i, j in y.pairs(wanted, found, y.same_spot):  # type: ignore[attr-defined]
        is_right = any(is_called(seen.places[j].label, name) for name in true[i].names)
        if told and not is_right:
            print(f"{told}: label “{seen.places[j].label}” for {true[i].names}", file=sys.stderr)
        yield is_right


def is_called(label: str, name: str) -> bool:
    """Whether a label has the words of a name, or the name those of the label; numbers of rows aside."""
    ours, theirs = ([t for t in words(text) if not t.isdigit()] for text in (label, name))
    if not ours or not theirs:
        return words(label) == words(name) != ()
    return fuzz.token_set_ratio(" ".join(ours), " ".join(theirs)) >= 85


def _tell_misses(wanted: object, found: list[object], seen: FlatPdf, y: object, told: str) -> None:
    places = wanted.places  # type: ignore[attr-defined]
    for kind in ("text", "check"):
        true = [p for p in places if p.kind == kind]
        mine = [(j, p) for j, p in enumerate(found) if p.kind == kind]  # type: ignore[attr-defined]
        matched = y.pairs(true, [p for _, p in mine], y.same_spot)  # type: ignore[attr-defined]
        hit, used = {i for i, _ in matched}, {j for _, j in matched}
        for i, place in enumerate(true):
            if i not in hit:
                print(f"{told}: missed {kind} page {place.page} {[round(v) for v in place.rect]}", file=sys.stderr)
        neutral = {j for _, j in y.pairs(wanted.neutral, found, y.same_spot)}  # type: ignore[attr-defined]
        for n, (j, place) in enumerate(mine):
            if n not in used and j not in neutral:
                label = seen.places[j].label[:50]
                print(f"{told}: extra {kind} page {place.page} {[round(v) for v in place.rect]} “{label}”", file=sys.stderr)  # type: ignore[attr-defined]  # fmt: skip


def of_pdf(path: Path, yardstick: object) -> list[True_]:
    """The fields of a fillable form, with their tooltips as names."""
    truth = yardstick.read_truth(path)  # type: ignore[attr-defined]
    tips: dict[tuple[int, tuple[int, ...]], str] = {}
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for note in page.obj.get("/Annots", ()):
                if not isinstance(note, pikepdf.Dictionary) or "/Rect" not in note:
                    continue
                holder = note if "/TU" in note else note.get("/Parent", note)
                if "/TU" in holder:
                    tips[number, tuple(round(float(v)) for v in note.Rect)] = str(holder.TU)  # type: ignore[attr-defined]
    out = []
    for places, is_neutral in ((truth.places, False), (truth.neutral, True)):
        for place in places:
            tip = tips.get((place.page, tuple(round(v) for v in place.rect)), "")
            out.append(True_(place.page, place.rect, place.kind, (tip,) if tip else (), is_neutral))
    return out


def of_word(path: Path) -> tuple[bytes, list[True_]]:
    """An agency's Word form in print, and where its blanks lie."""
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text(encoding="utf-8"))
    data, blanks = printed(path.read_bytes(), truth)
    pages = list(read_pages(data))
    out = []
    for b in blanks:
        kind = "check" if b.is_check else "text"
        if not b.is_check and any(said in b.kind for said in _IN_WORDS):
            kind = "words"
        rect = _to_the_next(b.rect, pages[b.page]) if kind == "words" else b.rect
        out.append(True_(b.page, rect, kind, b.names, b.stays_empty))
    return data, out


def _to_the_next(rect: Rect, page: Page) -> Rect:
    """A field of Word's is as wide as its prompt; an answer may go on to the next word, side of a cell, or margin."""
    middle = (rect[1] + rect[3]) / 2
    starts = [w.rect[0] for w in page.words if w.rect[0] >= rect[2] - 1 and w.rect[1] <= middle <= w.rect[3]]
    sides = [d[0] for d in page.down if d[0] > rect[2] - 1 and d[1] <= middle <= d[3]]
    sides += [
        x for b in page.boxes for x in (b.rect[0], b.rect[2]) if x > rect[2] - 1 and b.rect[1] <= middle <= b.rect[3]
    ]
    return (rect[0], rect[1], max(rect[2], min([*starts, *sides, page.width - 36])), rect[3])


def _flat(path: Path, yardstick: object) -> bytes:
    out = io.BytesIO()
    yardstick.flat_copy(path, out, "drawn")  # type: ignore[attr-defined]
    return out.getvalue()


def run(shared: Path, *, wrong: bool, only: str = "") -> dict[str, dict[str, float]]:
    """All figures, by set of forms."""
    sys.path.insert(0, str(shared / "measure"))
    import flat_fields as y

    sums: dict[str, Sum] = {}

    def named(*keys: str) -> list[Sum]:
        return [sums.setdefault(key, Sum()) for key in keys]

    forms = sorted((shared / "corpus" / "pdf").glob("*.pdf")) if only in ("", "pdf") else []
    agencies = sorted({path.name.partition("__")[0] for path in forms})
    for path in forms:
        try:
            truth = of_pdf(path, y)
        except pikepdf.PdfError:
            continue
        if sum(not t.is_neutral for t in truth) >= _LEAST_FIELDS:
            half = (
                "agencies 1, 3, 5 ..." if agencies.index(path.name.partition("__")[0]) % 2 == 0 else "agencies 2, 4 ..."
            )
            measure(_flat(path, y), truth, y, named("pdf", f"  {half}"), path.stem if wrong else "")
    for path in sorted((Path(__file__).parents[2] / "forms").glob("*/*.pdf")) if only in ("", "own") else []:
        truth = [True_(t.page, t.rect, t.kind, t.names, t.is_neutral or _leaves_no_trace(path, t)) for t in of_pdf(path, y)]  # fmt: skip
        measure(_flat(path, y), truth, y, named("own"), f"{path.parent.name}/{path.stem}" if wrong else "")
    for path in sorted((shared / "corpus" / "agency-word").glob("*.docx")) if only in ("", "word") else []:
        data, truth = of_word(path)
        lines = [True_(t.page, t.rect, "text" if t.kind == "words" else t.kind, t.names, t.is_neutral or t.kind == "words") for t in truth]  # fmt: skip
        measure(data, lines, y, named("word, with a line"), path.stem if wrong else "")
        every = [True_(t.page, t.rect, "text" if t.kind == "words" else t.kind, t.names, t.is_neutral) for t in truth]
        measure(data, every, y, named("word, in words too"))
    return {name: one.figures() for name, one in sums.items()}


def _leaves_no_trace(path: Path, place: True_) -> bool:
    """Our letterheads are fields without a line; only what is typed into them shows."""
    with pikepdf.open(path) as pdf:
        notes = pdf.pages[place.page].obj.get("/Annots", ())
        for note in notes:
            if [round(float(v), 1) for v in note.Rect] == [round(v, 1) for v in place.rect]:  # type: ignore[attr-defined]
                return str(note.get("/T", "")).startswith(("agency_", "form_line"))
    return False


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--wrong", action="store_true", help="list what was missed, what was too much, and wrong labels"
    )
    parser.add_argument("--only", choices=("pdf", "own", "word"), default="")
    options = parser.parse_args()
    result = run(options.shared, wrong=options.wrong, only=options.only)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    keys = ("text", "check", "text_recall", "check_recall", "labels", "ms", "pages")
    print(f"{'':22}" + "".join(f"{key:>14}" for key in keys))
    for name, row in result.items():
        print(f"{name:22}" + "".join(f"{row[key]:>14.3f}" if key not in ("ms", "pages") else f"{row[key]:>14.0f}" for key in keys))  # fmt: skip


if __name__ == "__main__":
    main()
