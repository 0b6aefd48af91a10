"""The commands on templates: a new one on a letterhead, a form of yours made fillable, and what is wrong with one."""

import sys
from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_findings, show_json
from generator.errors import ExitCode
from generator.finding import Severity


@click.group()
def template() -> None:
    """Templates and forms of your own.

    \b
    Example:  planscribe template new --brand brand.yaml --form individualized-plan -o plan.docx
    """


@template.command(name="new")
@click.option("--brand", type=PATH, required=True, help="The agency's brand file (YAML); only its name is required.")
@click.option(
    "--form",
    "form_id",
    required=True,
    help="A standard form, such as individualized-plan, or your own definition (.yaml).",
)
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", help="Language of the form.")
@click.option("--large", is_flag=True, help="Large print (18 points).")
@click.option("-o", "output", type=PATH, required=True, help="The file to write: .docx (Word) or .pdf (fillable).")
@JSON
def new_template(brand: Path, form_id: str, lang: str, large: bool, output: Path, as_json: bool) -> None:
    """Make a standard form on the agency's own letterhead; it fills at once.

    \b
    Example:  planscribe template new --brand brand.yaml --form safety-plan --lang es -o plan-de-seguridad.pdf
    """
    from generator.new_template import write_new_template

    made = write_new_template(brand, form_id, output, language=lang, large=large)
    if as_json:
        show_json({"form": form_id, "path": str(output), "findings": [finding.as_dict() for finding in made.findings]})
        return
    show_findings(made.findings)
    click.echo(f"{output} is ready. Fill it with: planscribe fill plan.yaml {output} -o out/")


@template.command(name="check")
@click.argument("file", type=PATH)
@click.option("--fix", is_flag=True, help="Write a repaired copy beside it; the file itself stays.")
@click.option("-o", "output", type=PATH, default=None, help="Where the repaired copy goes (FILE.fixed.docx otherwise).")
@JSON
def check_template(file: Path, fix: bool, output: Path | None, as_json: bool) -> None:
    """Say what is wrong with a template, and where. Answers 1 when errors stand.

    \b
    Example:  planscribe template check letterhead.docx --fix
    """
    from generator import template_file

    checked = template_file.check_template(file, fix=fix or output is not None)
    target = output or template_file.repaired_name(file)
    if checked.repairs:
        template_file.write_repaired(checked, target)
    left = checked.findings if checked.repaired is None else checked.left
    if as_json:
        answer = checked.as_dict()
        show_json({**answer, "path": str(target)} if checked.repairs else answer)
    else:
        show_findings(checked.findings)
        for repair in checked.repairs:
            click.echo(f"REPAIRED {repair}")
        if checked.repairs:
            click.echo(f"{target} holds the repairs; {len(left) or 'nothing'} of the findings is left to you in it.")
        elif not checked.findings:
            click.echo(f"{file} is in order.")
    if any(one.severity is Severity.ERROR for one in left):
        sys.exit(ExitCode.BLOCKED)


@template.command(name="adopt")
@click.argument("file", type=PATH)
@click.option("-o", "output", type=PATH, required=True, help="The file to write.")
@click.option("--map", "map_file", type=PATH, default=None, help="The confirmed field map, for a Word form.")
@JSON
def adopt_template(file: Path, output: Path, map_file: Path | None, as_json: bool) -> None:
    """Make a form of yours fillable: a flat PDF gets fields, an untagged Word form gets tags (by its map).

    \b
    Example:  planscribe template adopt intake-flat.pdf -o intake.pdf
    """
    from generator.adopt import adopt_file

    made = adopt_file(file, output, map_file=map_file)
    if as_json:
        show_json({**made.seen.as_dict(), "path": str(output), "findings": [one.as_dict() for one in made.findings]})
        return
    show_findings(made.findings)
    click.echo(
        f"{output} is ready, with {len(made.seen.slots)} places to fill. Next: planscribe {'fill plan.yaml' if made.seen.kind == 'word-tags' else 'map'} {output}"
    )
