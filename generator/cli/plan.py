"""The commands on a plan file: a new one, its check, its schema."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_findings, show_json
from generator.errors import ExitCode


@click.command()
@click.option("--informal", is_flag=True, help="The short plan: no diagnosis, no insurance.")
@click.option("-o", "output", type=PATH, default=None, help="File to write; the screen otherwise.")
def new(informal: bool, output: Path | None) -> None:
    """Print a commented plan to start from.

    \b
    Example:  planscribe new -o plan.yaml
    """
    from generator.exchange.new_plan import new_plan
    from generator.files import write_whole

    text = new_plan(informal=informal)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise click.UsageError(f"{output} is already there. Choose another name, so that nothing is lost.")
    write_whole(output, text.encode())
    click.echo(f"{output} is ready. Fill it in, then: planscribe check {output}")


@click.command()
@click.argument("plan", type=PATH)
@click.option(
    "--others", type=PATH, default=None, help="Folder of the agency's other plans, for sameness and stray names."
)
@click.option("--form", default=None, help="The form the plan is for: an id of the library, or a file.")
@click.option(
    "--document", type=PATH, default=None, help="A finished PDF or Word file of this plan, to check its pages."
)
@click.option(
    "--rules", "packs", type=PATH, multiple=True, help="A rule pack (YAML), beside those in the agency's folder."
)
@AS_OF
@LANG
@JSON
def check(
    plan: Path,
    others: Path | None,
    form: str | None,
    document: Path | None,
    packs: tuple[Path, ...],
    as_of: date | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Check a plan as a clinical supervisor and a payer's auditor would. Answers 1 when errors stand.

    \b
    Example:  planscribe check plan.yaml --as-of 2026-11-22
    """
    from generator.check_file import check_file

    checked = check_file(plan, as_of=as_of, language=lang, others=others, form=form, document=document, packs=packs)
    if as_json:
        show_json(checked.as_dict())
    else:
        show_findings(checked.findings)
        for note in checked.notes:
            click.echo(f"NOTE     {note.where}\n         {note.message}")
        click.echo(checked.sentence)
    if checked.errors:
        sys.exit(ExitCode.BLOCKED)


@click.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of a plan file.

    \b
    Example:  planscribe schema > plan.schema.json
    """
    from generator.exchange.schema import plan_schema

    show_json(plan_schema())
