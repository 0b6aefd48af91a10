"""The command that fills several forms into one file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_findings, show_json
from generator.errors import ExitCode, FindingsBlock

if TYPE_CHECKING:
    from generator.mapping.accept import Accept


@click.command()
@click.argument("plan", type=PATH)
@click.argument("form", nargs=-1, required=True)
@click.option("-o", "output", type=PATH, default=None, help="One .pdf with bookmarks and numbered pages, or one .zip.")
@click.option(
    "--needs", "only_needs", is_flag=True, help="Only list what these forms print and the plan does not have."
)
@click.option(
    "--accept",
    type=click.Choice(["none", "confident", "all"]),
    default="none",
    help="For a file without a field map: how much of the suggested one is used.",
)
@click.option("--pdf", is_flag=True, help="In a ZIP: a PDF of each Word document as well.")
@click.option("--flatten", is_flag=True, help="PDF forms that nobody can change.")
@click.option("--final", is_flag=True, help="For signing: answers 1 while errors stand, and writes nothing.")
@AS_OF
@LANG
@JSON
def packet(
    plan: Path,
    form: Sequence[str],
    output: Path | None,
    only_needs: bool,
    accept: "Accept",
    pdf: bool,
    flatten: bool,
    final: bool,
    as_of: date | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Fill several forms from a plan in one go, as one file. FORM is an id of the library, or a file.

    In a PDF the fields of each form keep their own names behind form1., form2. and so on.

    \b
    Example:  planscribe packet plan.yaml intake-face-sheet one-page-plan-pdf safety-plan-pdf -o packet.pdf
              planscribe packet plan.yaml intake-face-sheet safety-plan --needs
    """
    from generator.fill_files import packet_file, packet_needs
    from generator.make import Options

    if only_needs:
        found = packet_needs(plan, form, language=lang or "", as_of=as_of)
        if as_json:
            show_json({"needs": [one.as_dict() for one in found]})
            return
        for one in found:
            click.echo(f"{'needed' if one.rules else '':6}  {one.path}  {one.title}  ({', '.join(one.forms)})")
        wanted = sum(bool(one.rules) for one in found)
        click.echo(f"{len(found)} values are blank that these forms print; {wanted} of them a rule asks for.")
        return
    if output is None:
        raise click.UsageError("Say where the packet goes: -o packet.pdf or -o packet.zip.")
    options = Options(language=lang or "", pdf=pdf, flatten=flatten, final=final, as_of=as_of, own_marks=True)
    try:
        made = packet_file(plan, form, output, options=options, accept=accept)
    except FindingsBlock as error:
        if as_json:
            show_json({"documents": [], "findings": [finding.as_dict() for finding in error.findings]})
        else:
            show_findings(error.findings)
        raise
    if as_json:
        show_json(made.as_dict())
    else:
        for document in made.packet.documents:
            draft = "  DRAFT: " + document.draft_reason if document.is_draft else ""
            click.echo(f"{document.form}  {document.proof_sentence}{draft}")
        pages = f", {made.packet.pages} pages" if made.packet.pages else ""
        click.echo(f"{output}: {len(made.packet.documents)} documents{pages}.")
        for fault in made.packet.proof.faults:
            click.echo(f"  {fault.slot}: {fault.why}")
        for note in made.notes:
            click.echo(f"NOTE     {note.where}: {note.message}")
    if not made.packet.is_proven:
        raise SystemExit(ExitCode.BLOCKED)
