"""What reading and filling a Word form without tags costs: python tests/benchmarks/word_plain.py [FOLDER OF FORMS]

CPU milliseconds, the best of several runs, beside what python-docx needs to open and save the same file (no library
fills such forms). Forms: those of `shared/corpus/agency-word` where it is there, and our own.
"""

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx

from generator.blanks.word_form import open_word_form
from generator.slots import Fill, SlotKind

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared" / "corpus" / "agency-word"
RUNS = 9


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print(f"{'form':38} {'slots':>6} {'read':>7} {'fill':>7} {'python-docx':>12} {'fill/docx':>10}")
    fills: list[float] = []
    for name, data in [*_files(folder), *_made()]:
        form = open_word_form(data)
        given = [Fill(slot.id, _value(slot)) for slot in form.slots if slot.kind is not SlotKind.ROWS]
        read = _best(lambda data=data: open_word_form(data).slots)
        fill = _best(lambda data=data, given=given: open_word_form(data).fill(given))
        other = _best(lambda data=data: docx.Document(io.BytesIO(data)).save(io.BytesIO()))
        fills.append(fill)
        print(f"{name[:38]:38} {len(form.slots):6} {read:7.1f} {fill:7.1f} {other:12.1f} {fill / other:10.2f}")
    print(f"{'mean':38} {'':6} {'':7} {sum(fills) / len(fills):7.1f}")


def _files(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.stem, path.read_bytes()) for path in sorted(folder.glob("*.docx"))] if folder.is_dir() else []


def _made() -> list[tuple[str, bytes]]:
    from tests.word.agency_forms import ALL
    from tests.word.agency_forms_more import MORE

    with tempfile.TemporaryDirectory() as place:
        return [(make.__name__, make().save(Path(place), make.__name__)[0].read_bytes()) for make in ALL + MORE]


def _value(slot) -> str | bool:
    if slot.kind is SlotKind.CHECK:
        return True
    return slot.choices[0].label if slot.choices else "An answer of some words"


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times) * 1000


if __name__ == "__main__":
    main()
