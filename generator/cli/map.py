"""The command that suggests a field map for a form."""

import hashlib
from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_json


@click.command(name="map")
@click.argument("blank", type=PATH)
@click.option("-o", "output", type=PATH, default=None, help="Write the map as TOML, to edit and to confirm.")
@JSON
def map_blank(blank: Path, output: Path | None, as_json: bool) -> None:
    """Suggest which plan value goes to which place of a form: how sure, why, and what else it could be.

    \b
    Example:  planscribe map intake.pdf -o intake.toml
    """
    from generator import library
    from generator.blank_file import inspect, read_blank
    from generator.files import write_whole
    from generator.mapping.accept import map_text
    from generator.mapping.suggest import suggest

    data = read_blank(blank)
    seen = inspect(data)
    suggestions = suggest(seen.slots, library.aliases())
    if output is not None:
        pages = [slot.page for slot in seen.slots]
        text = map_text(suggestions, form=blank.name, sha256=hashlib.sha256(data).hexdigest(), pages=pages)
        write_whole(output, text.encode())
    if as_json:
        show_json({"slots": [one.as_dict() for one in suggestions]})
        return
    for one in suggestions if output is None else ():
        mark = "sure" if one.is_sure and one.path else "?" if one.path else "-"
        click.echo(
            f"{mark:5} {one.label or one.slot}  ->  {one.path or 'stays empty'}  ({one.confidence:.0%}: {one.why})"
        )
    sure = sum(one.is_sure for one in suggestions if one.path)
    guesses = sum(not one.is_sure for one in suggestions if one.path)
    empty = len(suggestions) - sure - guesses
    place = f" Look them over in {output}, then: planscribe forms add {blank} --map {output}" if output else ""
    click.echo(f"{sure} sure, {guesses} to confirm, {empty} stay empty.{place}")
