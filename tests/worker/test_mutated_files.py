"""Genuine files bent at random (seeded): each ends in a good result or one typed error, never in a fault without a name."""

import io
import random
import zipfile

import pytest

from generator.errors import GeneratorError, WorkerStopped
from generator.make_pdf import SheetWords
from generator.slots import Fill
from generator.worker.pool import DEFAULT, Pool
from tests.worker.attacks import form, word


@pytest.fixture(scope="module")
def pool():
    pool = Pool()
    yield pool
    pool.close()


def truncated(data, dice):
    return data[: dice.randrange(20, len(data))]


def flipped(data, dice):
    out = bytearray(data)
    for _ in range(dice.randrange(1, 40)):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def swapped(data, dice):
    a, b, c = sorted(dice.randrange(len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def doubled(data, dice):
    """A zip with one of its entries written twice; anything else with one of its pieces."""
    if not data.startswith(b"PK"):
        a, b = sorted(dice.randrange(len(data)) for _ in range(2))
        return data[:b] + data[a:b] + data[b:]
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        name = dice.choice(package.namelist())
        package.writestr(name, package.read(name))
    return out.getvalue()


def bent_inside(data, dice):
    """A zip that is whole, with one part's bytes flipped; anything else as `flipped`."""
    if not data.startswith(b"PK"):
        return flipped(data, dice)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        bent = dice.choice([name for name in old.namelist() if old.getinfo(name).file_size])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, flipped(part, dice) if name == bent else part)
    return out.getvalue()


WAYS = (truncated, flipped, swapped, doubled, bent_inside)


def endure(pool, data):
    """Inspect, and fill every place that was seen. Gives the errors without a name, which there may not be."""
    nameless = []
    try:
        seen = pool.call("inspect", (data,))
        fills = [Fill(slot.id, "A B") for slot in seen.slots]
        if seen.kind.startswith("pdf"):
            blank = pool.call("adopt-pdf", (data,)) if seen.kind == "pdf-flat" else data
            filled = pool.call("fill-pdf", (blank, fills, SheetWords(), []))
        elif seen.kind == "word-tags":
            filled = pool.call("fill-word-tags", (data, [Fill(slot.id, "A B") for slot in seen.slots]))
        else:
            filled = pool.call("fill-word-form", (data, fills, [], ""))
        assert filled.data
    except WorkerStopped as error:
        # A reader that a bent file ends (PDFium does on some) is contained and told so; a bare exception's name is not.
        if "(" in str(error):
            nameless.append(str(error))
    except GeneratorError as error:
        assert str(error) and "\n" not in str(error)
    return nameless


def run(pool, files, count, seed):
    faults = []
    for n in range(count):
        dice = random.Random(f"{seed}-{n}")
        name, data = files[n % len(files)]
        way = WAYS[dice.randrange(len(WAYS))]
        faults += [f"{n} {name} {way.__name__}: {said}" for said in endure(pool, way(data, dice))]
    return faults


def small_files():
    yield "a form", form(b"5 0 R", [b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[9 9 200 30]/F 4>>"])
    yield "a template", word(b"<w:p><w:r><w:t>Name: {{ patient.name }}</w:t></w:r></w:p>")
    yield "a Word form", word(b"<w:p><w:r><w:t>Name: ____________</w:t></w:r></w:p>")


def test_bent_files_end_in_a_result_or_a_named_error(pool):
    assert run(pool, list(small_files()), 20, "short") == []


@pytest.mark.slow
def test_300_bent_genuine_files_end_in_a_result_or_a_named_error(shared, pool):
    paths = [path for path in sorted((shared / "corpus").rglob("*")) if path.suffix in (".pdf", ".docx")]
    files = [(path.name, path.read_bytes()) for path in paths if path.stat().st_size < min(DEFAULT.file_bytes, 600_000)]
    assert run(pool, files, 300, "long") == []
