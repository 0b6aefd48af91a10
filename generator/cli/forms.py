"""The commands on forms: the library, and what a blank holds."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import JSON, PATH, show_json, show_slots

if TYPE_CHECKING:
    from generator.blanks.tasks import Seen
    from generator.mapping.accept import Accept
    from generator.mapping.suggestion import Suggestion


PICTURE = click.option(
    "-o", "picture", type=PATH, default=None, help="Write pictures (PNG) of its pages, every place numbered."
)


@click.group(invoke_without_command=True)
@click.pass_context
def forms(ctx: click.Context) -> None:
    """The library of forms.

    \b
    Example:  planscribe forms list
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_forms, as_json=False)


@forms.command(name="list")
@JSON
def list_forms(as_json: bool) -> None:
    """List the forms there are.

    \b
    Example:  planscribe forms list --json
    """
    from generator import library

    entries = library.forms()
    if as_json:
        show_json({"forms": [form.as_dict() for form in entries]})
        return
    for form in entries:
        click.echo(f"{form.id:24} {form.title}  ({form.kind}, {', '.join(form.languages)})")


@forms.command(name="show")
@click.argument("form_id")
@PICTURE
@JSON
def show_form(form_id: str, picture: Path | None, as_json: bool) -> None:
    """Show one form: its source, its edition and its slots; with -o also its pages, every place numbered.

    \b
    Example:  planscribe forms show individualized-plan -o plan.png
    """
    from generator import library
    from generator.blank_file import inspect

    form = library.find(form_id)
    data = form.read()
    seen = inspect(data)
    pictures = _pictures(data, seen, picture)
    if as_json:
        show_json({**form.as_dict(), **seen.as_dict(), "pictures": pictures})
        return
    click.echo(f"{form.title}\nEdition {form.edition or 'not given'}. Source: {form.source or 'not given'}.")
    show_slots(seen.as_dict(), is_numbered=bool(pictures))
    _say_pictures(pictures)


def _pictures(data: bytes, seen: "Seen", output: Path | None) -> list[str]:
    from generator.form_pages import write_pictures

    return [str(path) for path in write_pictures(data, seen, output)] if output is not None else []


def _say_pictures(pictures: Sequence[str]) -> None:
    if pictures:
        click.echo(f"Pictures with these numbers: {', '.join(pictures)}")


@forms.command(name="add")
@click.argument("file", type=PATH)
@click.option(
    "--map", "map_file", type=PATH, default=None, help="The field map that you looked over (from: planscribe map)."
)
@click.option(
    "--accept",
    type=click.Choice(["confident", "all"]),
    default="confident",
    help="Without --map: how much of the suggested map.",
)
@click.option("--title", default="", help="What the form is called; its file's name if you say nothing.")
@click.option("--source", default="", help="Where it comes from.")
@click.option("--edition", default="", help="Its edition, such as rev. 3/26.")
@click.option("--by", default="", help="Who confirmed the map.")
@click.option(
    "--edition-of",
    "edition_of",
    default="",
    help="The id of the form whose new edition this is; its map is carried over.",
)
@JSON
def add_form(
    file: Path,
    map_file: Path | None,
    accept: "Accept",
    title: str,
    source: str,
    edition: str,
    by: str,
    edition_of: str,
    as_json: bool,
) -> None:
    """Keep a form of yours, with its field map. It is known again by its content.

    \b
    Example:  planscribe forms add intake.pdf --map intake.toml --by "R. Oyelaran"
    """
    from generator import own_forms

    about = own_forms.About(title, source, edition, by)
    if edition_of:
        added = own_forms.add_edition(edition_of, file, about)
    else:
        fields = own_forms.read_map(map_file) if map_file else None
        if fields is None and accept == "confident" and not as_json and sys.stdin.isatty():
            fields = _ask(own_forms.suggestions_for(file))
        added = own_forms.add_form(file, about, fields=fields, accept=accept)
    if as_json:
        table = [one.as_dict() for one in added.table]
        show_json({**added.form.as_dict(), "filled": added.filled, "open": added.open, "table": table})
        return
    for one in added.table:
        click.echo(f"{one.fate:6} {one.label or one.new or one.old}  {one.old} -> {one.new}  {one.why}".rstrip())
    rest = f" {added.open} places wait for a person: planscribe map {file} -o map.toml" if added.open else ""
    click.echo(f"{added.form.id} is in the library; {added.filled} places are filled from a plan.{rest}")


def _ask(suggestions: "Sequence[Suggestion]") -> dict[str, object]:
    """Take what is sure, and ask about each guess: Enter for the first, a number for another, 0 to leave it empty."""
    fields: dict[str, object] = {}
    for one in suggestions:
        fields[one.slot] = one.entry
        if not one.path or one.is_sure:
            continue
        paths = list(dict.fromkeys([one.path, *(c.path for c in one.candidates)]))[:3]
        click.echo(f"{one.label or one.slot}  ({one.why})")
        for n, path in enumerate(paths, 1):
            click.echo(f"  {n}  {path}")
        chosen = click.prompt("  Which? 0 leaves it empty", type=click.IntRange(0, len(paths)), default=1)
        if chosen == 0:
            fields[one.slot] = {"empty": "left empty by the person who confirmed it"}
        elif chosen > 1:
            fields[one.slot] = next((c.shown for c in one.candidates if c.path == paths[chosen - 1]), paths[chosen - 1])
    return fields


@forms.command(name="remove")
@click.argument("form_id")
@click.option("--undo", is_flag=True, help="Put the form back that was removed last.")
def remove_form(form_id: str, undo: bool) -> None:
    """Take a form of yours out of the library; --undo puts it back.

    \b
    Example:  planscribe forms remove intake
    """
    from generator import own_forms

    if undo:
        own_forms.restore_form(form_id)
        click.echo(f"{form_id} is in the library again.")
        return
    own_forms.remove_form(form_id)
    click.echo(f"{form_id} was removed. Put it back with: planscribe forms remove {form_id} --undo")


@click.command()
@click.argument("blank", type=PATH)
@PICTURE
@JSON
def inspect(blank: Path, picture: Path | None, as_json: bool) -> None:
    """Show the places of a form that take an answer; with -o also on its pages, every place numbered.

    \b
    Example:  planscribe inspect intake.pdf -o intake.png
    """
    from generator.blank_file import inspect as inspect_blank
    from generator.blank_file import read_blank

    data = read_blank(blank)
    seen = inspect_blank(data)
    pictures = _pictures(data, seen, picture)
    if as_json:
        show_json({**seen.as_dict(), "pictures": pictures})
    else:
        show_slots(seen.as_dict(), is_numbered=bool(pictures))
        _say_pictures(pictures)
