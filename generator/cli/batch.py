"""The commands for many plans at once: the batch, and the columns of a sheet."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_json
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.mapping.accept import Accept

_ACCEPT = click.option(
    "--accept",
    type=click.Choice(["confident", "all"]),
    default="confident",
    help="For a sheet whose columns nobody confirmed: how much of what they seem to be is used.",
)


@click.command()
@click.argument("plans", type=PATH)
@click.argument("form", nargs=-1, required=True)
@click.option("-o", "output", type=PATH, required=True, help="The folder for the documents and the report.")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes here; one a core if not said.")
@click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler instead, such as tcp://10.0.0.5:8786.")
@click.option("--columns", type=PATH, default=None, help="For a sheet: its column map (see: planscribe columns).")
@_ACCEPT
@click.option("--pdf", is_flag=True, help="A PDF of each Word document as well.")
@click.option("--flatten", is_flag=True, help="PDF forms that nobody can change.")
@click.option("--final", is_flag=True, help="For signing: a plan with errors gets no document.")
@AS_OF
@LANG
@JSON
def batch(
    plans: Path,
    form: Sequence[str],
    output: Path,
    workers: int | None,
    cluster: str,
    columns: Path | None,
    accept: "Accept",
    pdf: bool,
    flatten: bool,
    final: bool,
    as_of: date | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Fill forms from many plans, with one report. PLANS is a folder, a .jsonl, a .csv or an .xlsx.

    A bad plan or row is told in the report and stops no other. Run it again to go on after a stop.

    \b
    Example:  planscribe batch plans/ individualized-plan client-copy-pdf -o out/
              planscribe batch clients.xlsx one-page-plan -o out/ --columns clients.toml
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from generator.batch import run_batch
    from generator.blank_file import find_form
    from generator.exchange.plan_source import plan_sources
    from generator.make import Options

    options = Options(
        language=lang or "", pdf=pdf, flatten=flatten, final=final, as_of=as_of or date.today(), own_marks=True
    )
    forms = [find_form(name) for name in form]
    found = plan_sources(plans, columns=columns, accept=accept)
    count = _count(plans)
    total = count * len(forms) if count else None
    shapes = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shapes, console=Console(stderr=True), transient=True, disable=as_json) as progress:
        task = progress.add_task("documents", total=total)
        made = run_batch(
            found,
            forms,
            output,
            options=options,
            workers=workers or 0,
            cluster=cluster,
            seen=lambda _: progress.advance(task),
        )
    if as_json:
        show_json(made.as_dict())
    else:
        for row in made.rows:
            if row.status in ("failed", "blocked", "unproven"):
                click.echo(f"{row.status:8}  {row.place}  {row.form}  {row.why}")
        counts = ", ".join(f"{count} {status}" for status, count in made.totals.items() if count)
        click.echo(f"{counts or 'nothing to make'}. The report: {output / 'report.csv'}")
    if made.is_stopped:
        click.echo(f"Stopped; every file in {output} is whole. Run it again to go on.", err=True)
    if made.is_stopped or any(made.totals[status] for status in ("failed", "blocked", "unproven")):
        raise SystemExit(ExitCode.BLOCKED)


@click.command()
@click.argument("sheet", type=PATH)
@click.option("-o", "output", type=PATH, default=None, help="Write the column map as TOML, to edit.")
@click.option("--keep", type=PATH, default=None, help="Keep this column map for every sheet with the same header.")
@JSON
def columns(sheet: Path, output: Path | None, keep: Path | None, as_json: bool) -> None:
    """What each column of a practice system's sheet (.csv or .xlsx) seems to be, to confirm once.

    \b
    Example:  planscribe columns clients.xlsx -o clients.toml
              planscribe columns clients.xlsx --keep clients.toml
    """
    from generator.errors import MapNotValid
    from generator.exchange.column_map import keep_columns, read_columns
    from generator.exchange.columns import columns_text
    from generator.exchange.rows import read_sheet, suggestion_for
    from generator.files import write_whole

    read = read_sheet(sheet)
    if keep is not None:
        try:
            text = keep.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise MapNotValid(f"There is no column map {keep}, or it cannot be read. Check the name.") from None
        keep_columns(read_columns(text, read.header, name=keep.name), read.header)
        click.echo("Kept. Sheets with this header are read so from now on.")
        return
    found = suggestion_for(read)
    if output is not None:
        write_whole(output, columns_text(read.header, found, sheet.name).encode())
    if as_json:
        show_json({"columns": [one.as_dict() for one in found]})
        return
    for one in found if output is None else ():
        mark = "sure" if one.is_sure and one.path else "?" if one.path else "-"
        click.echo(f"{mark:5} {one.letter}  {one.key}  ->  {one.path or 'not used'}  ({one.confidence:.0%}: {one.why})")
    sure = sum(one.is_sure and bool(one.path) for one in found)
    place = f" Look them over in {output}, then: planscribe columns {sheet} --keep {output}" if output else ""
    click.echo(f"{sure} of {len(found)} columns are sure.{place}")


def _count(plans: Path) -> int:
    """How many plans there are, where that is quickly told; 0 where it is not."""
    if plans.is_dir():
        return sum(file.suffix.lower() in (".yaml", ".yml", ".json") for file in plans.iterdir())
    if plans.suffix.lower() == ".jsonl":
        with plans.open("rb") as lines:
            return sum(bool(line.strip()) for line in lines)
    return 0
