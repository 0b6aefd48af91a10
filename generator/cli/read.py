"""The command that reads a filled document back into a plan."""

from pathlib import Path

import click

from generator.cli.asking import ask
from generator.cli.shown import JSON, PATH, show_json


@click.command()
@click.argument("filled", type=PATH)
@click.option("-o", "output", type=PATH, required=True, help="The plan's file (.yaml or .json).")
@click.option("--form", "form", default="", help="The form it is, by its id in the library or its empty file.")
@click.option("--map", "map_file", type=PATH, default=None, help="Field map of a form that is not in the library.")
@click.option("--without-note", is_flag=True, help="Read what is printed alone, not what our documents tell beside it.")
@click.option("--carried", is_flag=True, help="Take the plan that a PDF carries inside, not what is printed on it.")
@JSON
def read(
    filled: Path, output: Path, form: str, map_file: Path | None, without_note: bool, carried: bool, as_json: bool
) -> None:
    """Read a filled document back into a plan. What cannot be read is named, never guessed.

    \b
    Example:  planscribe read plan-review.pdf -o plan.yaml
    """
    from generator.read_file import read_carried, read_file

    if carried:
        read_carried(filled, output, lambda: ask("Passphrase of the plan"))
        if as_json:
            show_json({"path": str(output), "carried": True})
            return
        click.echo(f"{output}  the plan that {filled.name} carries; what was typed into the file since is not in it")
        return
    result = read_file(filled, output, form=form, map_file=map_file, trust_note=not without_note)
    if as_json:
        show_json({"path": str(output), **result.as_dict()})
        return
    click.echo(f"{output}  {len(result.values)} values read from the form {result.form}")
    for one in result.unread:
        places = f" ({', '.join(one.places)})" if one.places else ""
        click.echo(f"NOT READ {one.label or one.slot}{places}: {one.why}")
    for label in result.parted:
        click.echo(f"LOOK AT  {label}: a list was parted at its commas")
    for label in result.differs:
        click.echo(f"LOOK AT  {label}: this plan would print it otherwise")
    for said in result.open:
        click.echo(f"LOOK AT  {said}")
