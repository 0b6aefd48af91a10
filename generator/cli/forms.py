"""The commands on forms: the library, and what a blank holds."""

from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_json, show_slots


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
@JSON
def show_form(form_id: str, as_json: bool) -> None:
    """Show one form: its source, its edition and its slots.

    \b
    Example:  planscribe forms show individualized-plan
    """
    from generator import library
    from generator.make import inspect

    form = library.find(form_id)
    seen = inspect(form.read())
    if as_json:
        show_json({**form.as_dict(), **seen.as_dict()})
        return
    click.echo(f"{form.title}\nEdition {form.edition or 'not given'}. Source: {form.source or 'not given'}.")
    show_slots(seen.as_dict())


@click.command()
@click.argument("blank", type=PATH)
@JSON
def inspect(blank: Path, as_json: bool) -> None:
    """Show the places of a form that take an answer.

    \b
    Example:  planscribe inspect intake.pdf
    """
    from generator.make import inspect as inspect_blank
    from generator.make import read_blank

    seen = inspect_blank(read_blank(blank))
    if as_json:
        show_json(seen.as_dict())
    else:
        show_slots(seen.as_dict())
