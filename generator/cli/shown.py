"""What the commands share: their options, and how findings, slots and JSON are shown."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.finding import Finding


class Day(click.ParamType[date]):
    """A calendar date of a command's option."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A date from its ISO words."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("this is not a calendar date; write it as YYYY-MM-DD, such as 2026-11-22", param, ctx)


JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")
AS_OF = click.option("--as-of", type=Day(), help="Check as of this date (YYYY-MM-DD) instead of today.")
LANG = click.option("--lang", type=click.Choice(["en", "es"]), default=None, help="Language of messages and forms.")
PATH = click.Path(path_type=Path)


def show_findings(findings: Sequence[Finding]) -> None:
    """Findings, each with its place and what to do."""
    for finding in findings:
        click.echo(f"{finding.severity.upper():8} {finding.where or 'the plan'}\n         {finding.message}")
        if finding.mend:
            click.echo(f"         {finding.mend}")


def show_slots(seen: dict[str, object], *, is_numbered: bool = False) -> None:
    """The slots of a blank, a line each; their numbers are those on its pictures."""
    slots = seen["slots"]
    pages = f", {seen['pages']} pages" if seen["pages"] else ""
    click.echo(f"{seen['kind']}{pages}, {len(slots) if isinstance(slots, list) else 0} slots")
    for n, slot in enumerate(slots if isinstance(slots, list) else [], 1):
        number = f"{n:4} " if is_numbered else ""
        place = f"page {slot['page'] + 1}" if slot["page"] is not None else slot["where"]
        click.echo(f"{number}  {slot['id']}  [{slot['kind']}]  {slot['label']}  {place}".rstrip())


def show_json(data: object) -> None:
    """The answer for a program."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
