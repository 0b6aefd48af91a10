"""The way of a template file: checked against what a plan has, and repaired where that is safe."""

from pathlib import Path
from typing import cast

from generator.blank_file import read_blank
from generator.blanks.word_tags.doctor import Checked, PlanWords
from generator.errors import BlankNotReadable
from generator.files import write_whole
from generator.mapping.kinds import EXPECTED, PLAN_LISTS, PLAN_TITLE, name_aliases, names_of_kind
from generator.mapping.names import known_names
from generator.worker import call


def check_template(path: Path, *, fix: bool = False) -> Checked:
    """Every fault of a template; with `fix` also the repaired file, which is not written.

    Raises BlankNotReadable where the file is missing or no Word file, and the errors of reading.
    """
    return check_template_data(read_blank(path), name=path.name, fix=fix)


def check_template_data(data: bytes, *, name: str, fix: bool = False) -> Checked:
    """The same for a file's content; `name` is for messages."""
    if b"%PDF-" in data[:1024]:
        raise BlankNotReadable(f"{name} is a PDF. Templates are Word files (.docx); a PDF form needs no tags.")
    return cast("Checked", call("check-template", data, plan_words(), fix))


def repaired_name(path: Path) -> Path:
    """Where the repaired copy goes: letterhead.docx becomes letterhead.fixed.docx, beside it."""
    return path.with_name(f"{path.stem}.fixed.docx")


def write_repaired(checked: Checked, output: Path) -> None:
    """Write the repaired file whole or not at all. Raises OutputNotWritable."""
    if checked.repaired is not None:
        write_whole(output, checked.repaired)


def plan_words() -> PlanWords:
    """What the doctor has to know of a plan."""
    return PlanWords(
        names=known_names(),
        aliases=name_aliases(),
        dates=names_of_kind("date"),
        flags=names_of_kind("flag"),
        lists=names_of_kind("list"),
        rows=names_of_kind("rows"),
        expected=EXPECTED,
        plan_lists=PLAN_LISTS,
        plan_title=PLAN_TITLE,
    )
