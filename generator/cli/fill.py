"""The command that fills forms."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.asking import new_passphrase
from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_findings, show_json
from generator.errors import FindingsBlock

if TYPE_CHECKING:
    from generator.make import Document
    from generator.mapping.accept import Accept


@click.command()
@click.argument("plan", type=PATH)
@click.argument("form", nargs=-1, required=True)
@click.option("-o", "output", type=PATH, required=True, help="Folder for the documents (or one file's name).")
@click.option("--map", "map_file", type=PATH, default=None, help="Field map for a form that is a file.")
@click.option(
    "--accept",
    type=click.Choice(["none", "confident", "all"]),
    default="none",
    help="For a file without a field map: how much of the suggested one is used.",
)
@click.option("--pdf", is_flag=True, help="Make a PDF of each Word document as well.")
@click.option("--flatten", is_flag=True, help="Make PDF forms that nobody can change.")
@click.option("--final", is_flag=True, help="For signing: answers 1 while errors stand, and writes nothing.")
@click.option(
    "--carry-plan",
    type=click.Choice(["locked", "open"]),
    default=None,
    help="Put the plan itself into each PDF: locked with a passphrase that is asked for, or open to all who have the file.",
)
@AS_OF
@LANG
@JSON
def fill(
    plan: Path,
    form: Sequence[str],
    output: Path,
    map_file: Path | None,
    accept: "Accept",
    pdf: bool,
    flatten: bool,
    final: bool,
    carry_plan: str | None,
    as_of: date | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Fill forms from a plan. FORM is an id of the library, or a file.

    With errors open the documents are drafts, and say so.

    \b
    Example:  planscribe fill plan.yaml individualized-plan -o out/ --pdf
    """
    from generator.fill_files import Carry, fill_files
    from generator.make import Options

    options = Options(
        language=lang or "", pdf=pdf, flatten=flatten, final=final, as_of=as_of, readable=True, own_marks=True
    )
    carry = Carry(new_passphrase() if carry_plan == "locked" else "") if carry_plan else None
    try:
        result = fill_files(plan, form, output, map_file=map_file, options=options, accept=accept, carry=carry)
    except FindingsBlock as error:
        if as_json:
            show_json({"documents": [], "findings": [finding.as_dict() for finding in error.findings]})
        else:
            show_findings(error.findings)
        raise
    if as_json:
        show_json({**result.as_dict(), "carries_plan": carry_plan or ""})
        return
    for document, path in zip(result.documents, result.paths, strict=True):
        _show_document(document, path)
    if carry_plan:
        who = "whoever has the passphrase" if carry_plan == "locked" else "anyone who has the file"
        click.echo(f"NOTE     Each PDF carries the whole plan inside, more than it prints, for {who} to take out.")
    for note in result.notes:
        click.echo(f"NOTE     {note.where}: {note.message}")


def _show_document(document: "Document", path: Path) -> None:
    counts = document.summary()
    draft = "  DRAFT: " + document.draft_reason if document.is_draft else ""
    click.echo(f"{path}  {document.proof_sentence}{draft}")
    said = [f"{counts[word]} {word}" for word in ("shrunk", "continued", "refused") if counts[word]]
    if said:
        click.echo("  " + ", ".join(said) + ":")
    for slot in document.slots:
        if slot.status in ("shrunk", "continued", "refused"):
            click.echo(f"    {slot.label or slot.id}: {slot.why or slot.status}")
