"""The command. Each function asks, calls one function of the core, and shows what came back.

Heavy imports stand inside the functions, so that `planscribe --help` answers at once.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.errors import ExitCode, FindingsBlock, GeneratorError

if TYPE_CHECKING:
    from generator.finding import Finding
    from generator.make import Document


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("this is not a calendar date; write it as YYYY-MM-DD, such as 2026-11-22", param, ctx)


_JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")
_AS_OF = click.option("--as-of", type=_Day(), help="Check as of this date (YYYY-MM-DD) instead of today.")
_LANG = click.option("--lang", type=click.Choice(["en", "es"]), default=None, help="Language of messages and forms.")
_PATH = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="planscribe", prog_name="planscribe")
def planscribe() -> None:
    """Treatment-plan paperwork: answer once, get every form filled, checked and proven. Nothing leaves this machine.

    \b
    Start here:
      planscribe app                                      the page, in your browser
      planscribe new > plan.yaml                          a plan to fill in, with comments
      planscribe check plan.yaml                          what a supervisor would ask about
      planscribe fill plan.yaml individualized-plan -o out/
    """


@planscribe.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=None, help="Port on 127.0.0.1; a free one otherwise.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def app(port: int | None, no_browser: bool) -> None:
    """Open the page, on this machine only.

    \b
    Example:  planscribe app
    """
    from generator.app.serve import run

    run(port=port, open_browser=not no_browser)


@planscribe.command()
@click.option("--informal", is_flag=True, help="The short plan: no diagnosis, no insurance.")
@click.option("-o", "output", type=_PATH, default=None, help="File to write; the screen otherwise.")
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


@planscribe.command()
@click.argument("plan", type=_PATH)
@_AS_OF
@_LANG
@_JSON
def check(plan: Path, as_of: date | None, lang: str | None, as_json: bool) -> None:
    """Check a plan as a clinical supervisor and a payer's auditor would. Answers 1 when errors stand.

    \b
    Example:  planscribe check plan.yaml --as-of 2026-11-22
    """
    from generator.check_file import check_file

    checked = check_file(plan, as_of=as_of, language=lang)
    if as_json:
        _show_json(checked.as_dict())
    else:
        _show_findings(checked.findings)
        for note in checked.notes:
            click.echo(f"NOTE     {note.where}\n         {note.message}")
        click.echo(checked.sentence)
    if checked.errors:
        sys.exit(ExitCode.BLOCKED)


@planscribe.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of a plan file.

    \b
    Example:  planscribe schema > plan.schema.json
    """
    from generator.exchange.schema import plan_schema

    _show_json(plan_schema())


@planscribe.group(invoke_without_command=True)
@click.pass_context
def forms(ctx: click.Context) -> None:
    """The library of forms.

    \b
    Example:  planscribe forms list
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_forms, as_json=False)


@forms.command(name="list")
@_JSON
def list_forms(as_json: bool) -> None:
    """List the forms there are.

    \b
    Example:  planscribe forms list --json
    """
    from generator import library

    entries = library.forms()
    if as_json:
        _show_json({"forms": [form.as_dict() for form in entries]})
        return
    for form in entries:
        click.echo(f"{form.id:24} {form.title}  ({form.kind}, {', '.join(form.languages)})")


@forms.command(name="show")
@click.argument("form_id")
@_JSON
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
        _show_json({**form.as_dict(), **seen.as_dict()})
        return
    click.echo(f"{form.title}\nEdition {form.edition or 'not given'}. Source: {form.source or 'not given'}.")
    _show_slots(seen.as_dict())


@planscribe.command()
@click.argument("blank", type=_PATH)
@_JSON
def inspect(blank: Path, as_json: bool) -> None:
    """Show the places of a form that take an answer.

    \b
    Example:  planscribe inspect intake.pdf
    """
    from generator.make import inspect as inspect_blank
    from generator.make import read_blank

    seen = inspect_blank(read_blank(blank))
    if as_json:
        _show_json(seen.as_dict())
    else:
        _show_slots(seen.as_dict())


@planscribe.command()
@click.argument("plan", type=_PATH)
@click.argument("form", nargs=-1, required=True)
@click.option("-o", "output", type=_PATH, required=True, help="Folder for the documents (or one file's name).")
@click.option("--map", "map_file", type=_PATH, default=None, help="Field map for a form that is a file.")
@click.option("--pdf", is_flag=True, help="Make a PDF of each Word document as well.")
@click.option("--flatten", is_flag=True, help="Make PDF forms that nobody can change.")
@click.option("--final", is_flag=True, help="For signing: answers 1 while errors stand, and writes nothing.")
@_AS_OF
@_LANG
@_JSON
def fill(
    plan: Path,
    form: Sequence[str],
    output: Path,
    map_file: Path | None,
    pdf: bool,
    flatten: bool,
    final: bool,
    as_of: date | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Fill forms from a plan. FORM is an id of the library, or a file.

    With errors open the documents are drafts, and say so.

    \b
    Example:  planscribe fill plan.yaml individualized-plan -o out/ --pdf
    """
    from generator.fill_files import fill_files
    from generator.make import Options

    options = Options(language=lang or "", pdf=pdf, flatten=flatten, final=final, as_of=as_of)
    try:
        result = fill_files(plan, form, output, map_file=map_file, options=options)
    except FindingsBlock as error:
        if as_json:
            _show_json({"documents": [], "findings": [finding.as_dict() for finding in error.findings]})
        else:
            _show_findings(error.findings)
        raise
    if as_json:
        _show_json(result.as_dict())
        return
    for document, path in zip(result.documents, result.paths, strict=True):
        _show_document(document, path)
    for note in result.notes:
        click.echo(f"NOTE     {note.where}: {note.message}")


def _show_document(document: "Document", path: Path) -> None:
    counts = document.summary()
    draft = "  DRAFT: " + document.draft_reason if document.is_draft else ""
    click.echo(f"{path}  {document.proof_sentence}{draft}")
    said = [f"{counts[word]} {word}" for word in ("shrunk", "continued", "refused") if counts[word]]
    if said:
        click.echo("  " + ", ".join(said) + ":")
    for slot in document.slots:
        if slot.status in ("shrunk", "continued", "refused"):
            click.echo(f"    {slot.label or slot.id}: {slot.why or slot.status}")


def _show_findings(findings: "Sequence[Finding]") -> None:
    for finding in findings:
        click.echo(f"{finding.severity.upper():8} {finding.where or 'the plan'}\n         {finding.message}")
        if finding.mend:
            click.echo(f"         {finding.mend}")


def _show_slots(seen: dict[str, object]) -> None:
    slots = seen["slots"]
    pages = f", {seen['pages']} pages" if seen["pages"] else ""
    click.echo(f"{seen['kind']}{pages}, {len(slots) if isinstance(slots, list) else 0} slots")
    for slot in slots if isinstance(slots, list) else []:
        place = f"page {slot['page'] + 1}" if slot["page"] is not None else slot["where"]
        click.echo(f"  {slot['id']}  [{slot['kind']}]  {slot['label']}  {place}".rstrip())


def _show_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def main() -> NoReturn:
    """Run the command; every error is one sentence and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        planscribe.main(standalone_mode=False)
    except GeneratorError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(ExitCode.DONE)
    except click.ClickException as error:
        click.echo(f"{error.format_message()} See: planscribe --help", err=True)
        sys.exit(ExitCode.BAD_INPUT)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Documents that were finished are whole; nothing half-written is left.", err=True)
        sys.exit(ExitCode.BAD_INPUT)
    except BrokenPipeError:
        sys.exit(ExitCode.DONE)
    except Exception as error:  # noqa: BLE001 (the last floor: a kind and a place, never a value)
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "an unknown place"
        click.echo(
            f"planscribe met a fault of its own ({type(error).__name__} in {place}). Please report these words; "
            "they hold no patient's data.",
            err=True,
        )
        sys.exit(ExitCode.BAD_INPUT)
    sys.exit(ExitCode.DONE)
