"""No foreign file is opened but in a worker: by the imports, and by what happens when openers are forbidden outside."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import generator
from generator.worker.tasks import TASKS
from tests.worker.attacks import word

ROOT = Path(generator.__file__).parent
OPENERS = {
    "pikepdf.open", "pikepdf.Pdf.open", "Pdf.open", "pypdfium2.PdfDocument", "pypdf.PdfReader", "pypdf.PdfWriter",
    "PdfReader", "PdfDocument", "docx.Document", "Document", "DocxTemplate", "zipfile.ZipFile", "ZipFile", "Image.open",
    "PIL.Image.open", "etree.fromstring", "etree.parse", "etree.iterparse", "etree.XML", "ElementTree.fromstring",
    "ElementTree.parse", "ElementTree.iterparse", "openpyxl.load_workbook", "load_workbook", "dxpdf.convert",
    "lxml.html.fromstring", "parse_xml",
}  # fmt: skip
READERS = {"pikepdf", "pypdfium2", "pypdf", "docx", "docxtpl", "lxml", "PIL", "zipfile", "openpyxl", "dxpdf", "xml"}

# Rooms that talk with people or keep things: no library that reads documents may even be named there.
CLEAN_ROOMS = ("cli", "app", "batch", "make", "review", "fill_files", "check_file", "library", "rules", "mapping", "plan", "convert", "worker/pool", "worker/wire", "worker/answers", "worker/tasks", "pictures", "sandbox")  # fmt: skip
# Makers of our own files: they open what this program made a line before, never what somebody sent.
MAKERS = ("stationery", "continuation", "exchange", "store")


def modules():
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__"), ast.parse(path.read_text())


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(module, rooms):
    return any(module == room or module.startswith(f"{room}/") for room in rooms)


def calls_an_opener(tree):
    return sorted(
        {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in OPENERS}
    )  # fmt: skip


def behind_the_wall():
    """Every module that a task's function, or the check before each task, can reach: what runs in a worker."""
    trees = dict(modules())
    names = {f"generator.{module.replace('/', '.')}": module for module in trees}
    todo, seen = ["generator.worker.precheck", *(place.partition(":")[0] for place in TASKS.values())], set()
    while todo:
        name = todo.pop()
        if name in seen or name not in names:
            continue
        seen.add(name)
        todo += imported(trees[names[name]])
    return {names[name] for name in seen}


@pytest.mark.parametrize(("module", "tree"), list(modules()), ids=[module for module, _ in modules()])
def test_a_clean_room_names_no_library_that_reads_documents(module, tree):
    if is_in(module, CLEAN_ROOMS):
        named = {name.partition(".")[0] for name in imported(tree)} & READERS
        assert not named, f"{module} imports {named}; ask a worker: generator.worker.call"


def test_whatever_opens_a_document_runs_in_a_worker_or_opens_only_our_own():
    inside = behind_the_wall()
    for module, tree in modules():
        openers = calls_an_opener(tree)
        if openers and module not in inside:
            assert is_in(module, MAKERS), f"{module} opens documents ({', '.join(openers)}) and no task leads there"


def test_every_task_leads_to_a_function_that_says_what_it_gives():
    from generator.worker.answers import _declared

    for task in TASKS:
        assert _declared(task) is not None


# The whole route with every opener forbidden in this process: whoever bypasses the worker is told.
ROUTE = """
import sys, pathlib, io
import docx, pikepdf, pypdfium2, pypdf, zipfile, PIL.Image, lxml.etree

def forbidden(*args, **kwargs):
    raise AssertionError("a document was opened outside a worker")

from generator import read_plan, make_document, Options
from generator.library import Form, forms
from generator.blank_file import inspect
from generator.pictures import page_pictures
from generator import convert
import generator.make_pdf, generator.stamp
root = pathlib.Path(sys.argv[1])
plan = read_plan(root / "tests/examples/07_quick_one_off.yaml")
word = Form("letter", "A letter", "word-tags", pathlib.Path(sys.argv[2]))
paper = next(form for form in forms() if form.kind == "pdf-fields")
data = {form.id: form.read() for form in (word, paper)}
pikepdf.open = pikepdf.Pdf.open = pypdfium2.PdfDocument = pypdf.PdfReader = forbidden
docx.Document = PIL.Image.open = forbidden
zipfile.ZipFile.__init__ = forbidden
for blank in data.values(): inspect(blank)
made = make_document(plan, paper, Options())
page_pictures(made.data, pages=[0])
make_document(plan, word, Options(pdf=convert.is_available()))
print("nothing was opened here")
"""


def test_a_document_is_made_from_end_to_end_with_no_opener_in_this_process(tmp_path):
    letter = tmp_path / "letter.docx"
    letter.write_bytes(word(b"<w:p><w:r><w:t>{{ agency.name }}</w:t></w:r></w:p><w:sectPr/>"))
    ran = subprocess.run(
        [sys.executable, "-c", ROUTE, str(ROOT.parent), str(letter)],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT.parent,
    )
    assert ran.stdout.strip() == "nothing was opened here", ran.stderr[-2000:]
