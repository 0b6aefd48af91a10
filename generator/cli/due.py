"""The command of the review clock."""

from datetime import date
from pathlib import Path

import click

from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_json


@click.command()
@click.argument("plan", type=PATH)
@click.option("--ics", type=PATH, default=None, help="Also write the days as a calendar file.")
@AS_OF
@LANG
@JSON
def due(plan: Path, ics: Path | None, as_of: date | None, lang: str | None, as_json: bool) -> None:
    """When the plan is reviewed next, why then, and every other day that is due.

    \b
    Example:  planscribe due plan.yaml --ics plan.ics
    """
    from generator.due_file import due_file

    day = as_of or date.today()
    clock = due_file(plan, as_of=day, language=lang, ics=ics)
    if as_json:
        show_json(clock.as_dict(day))
        return
    first = clock.next_review
    for one in clock.dates:
        left = (one.day - day).days
        mark = "NEXT" if one is first else "past" if left < 0 else ""
        click.echo(
            f"{one.day}  {mark:4}  {left:5} d  {one.what}" + (f"  [{one.source}; {one.status}]" if one.source else "")
        )
    checked = f", checked on {clock.checked_on}" if clock.checked_on else ""
    click.echo(f"{clock.program}: {clock.source} ({clock.status}{checked}). Not legal advice.")
    if ics is not None:
        click.echo(f"{ics} is ready for a calendar.")
