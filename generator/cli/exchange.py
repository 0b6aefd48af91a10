"""The commands that bring a plan into other systems and out of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import JSON, LANG, PATH, show_json

if TYPE_CHECKING:
    from generator.plan import Plan


@click.command("export")
@click.argument("plan", type=PATH)
@click.option("--fhir", "shape", flag_value="fhir", help="A FHIR R4 Bundle (JSON).")
@click.option("--csv", "shape", flag_value="csv", help="A sheet with a line for each value, safe to open.")
@click.option("--json", "shape", flag_value="json", help="The plan itself as JSON.")
@click.option("--check", "is_checked", is_flag=True, help="With --fhir: check the Bundle (needs planscribe[fhir]).")
@click.option("-o", "output", type=PATH, default=None, help="The file; without it the text is printed.")
@LANG
def export_plan(plan: Path, shape: str | None, is_checked: bool, output: Path | None, lang: str | None) -> None:
    """Write a plan for another program: --fhir, --csv or --json.

    \b
    Example:  planscribe export plan.yaml --fhir -o plan.fhir.json
    """
    from generator.exchange.plan_file import read_plan
    from generator.files import write_whole

    if shape is None:
        raise click.UsageError("Say what to write: --fhir, --csv or --json.")
    data = _data(read_plan(plan), shape, is_checked, lang or "en")
    if output is not None:
        write_whole(output, data)
        click.echo(str(output))
    else:
        click.echo(data.decode("utf-8-sig"), nl=shape != "csv")


def _data(plan: "Plan", shape: str, is_checked: bool, language: str) -> bytes:
    if shape == "csv":
        from generator.exchange.plan_sheet import plan_as_csv

        return plan_as_csv(plan, language=language)
    if shape == "json":
        from generator.exchange.plan_file import plan_as_json

        return plan_as_json(plan).encode()
    from generator.exchange.fhir.files import bundle_as_json, refuse_unless_valid
    from generator.exchange.fhir.outward import as_bundle

    if is_checked:
        refuse_unless_valid(as_bundle(plan))
    return bundle_as_json(plan).encode()


@click.command("import")
@click.argument("file", type=PATH)
@click.option("-o", "output", type=PATH, required=True, help="The plan's file (.yaml or .json).")
@JSON
def import_plan(file: Path, output: Path, as_json: bool) -> None:
    """Make a plan of a FHIR R4 Bundle (JSON). What was not understood is named.

    \b
    Example:  planscribe import bundle.json -o plan.yaml
    """
    from generator.exchange.fhir.files import read_fhir
    from generator.exchange.plan_file import write_plan
    from generator.plan.notes import notes

    plan, unread = read_fhir(file)
    write_plan(plan, output)
    told = (*unread, *notes(plan))
    if as_json:
        show_json({"path": str(output), "notes": [note.as_dict() for note in told]})
        return
    click.echo(str(output))
    for note in told:
        click.echo(f"NOTE     {note.where}: {note.message}")
