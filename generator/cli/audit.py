"""The commands on the audit trail."""

import click

from generator.cli.shown import JSON, show_json
from generator.cli.vault import open_vault


@click.group()
def audit() -> None:
    """The audit trail: who did what, when. It holds no patient's data.

    \b
    Example:  planscribe audit verify
    """


@audit.command()
@JSON
def verify(as_json: bool) -> None:
    """Check that no entry was changed, moved, taken out or cut off; answers 3 where one was.

    \b
    Example:  planscribe audit verify
    """
    with open_vault() as opened:
        count = opened.trail.verify()
    if as_json:
        show_json({"entries": count, "whole": True})
        return
    click.echo(f"The audit trail is whole: {count} entries.")


@audit.command(name="list")
@JSON
def list_entries(as_json: bool) -> None:
    """Show the trail, oldest first, after checking it.

    \b
    Example:  planscribe audit list --json
    """
    with open_vault() as opened:
        entries = opened.trail.entries()
    if as_json:
        show_json({"entries": [entry.as_dict() for entry in entries]})
        return
    for entry in entries:
        words = " ".join(f"{key}={value}" for key, value in (entry.detail or {}).items())
        click.echo(f"{entry.seq:6}  {entry.at}  {entry.actor:12} {entry.action:10} {entry.record} {words}".rstrip())
