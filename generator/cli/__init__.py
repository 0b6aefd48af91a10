"""The command. Each function asks, calls one function of the core, and shows what came back.

One file a theme. Heavy imports stand inside the functions, so that `planscribe --help` answers at once.
"""

import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.audit import audit
from generator.cli.batch import batch, columns
from generator.cli.due import due
from generator.cli.exchange import export_plan, import_plan
from generator.cli.fill import fill
from generator.cli.forms import forms, inspect
from generator.cli.library import library
from generator.cli.map import map_blank
from generator.cli.measurable import measurable
from generator.cli.packet import packet
from generator.cli.page import app
from generator.cli.plan import check, new, print_schema
from generator.cli.read import read
from generator.cli.review import changes, review
from generator.cli.seal import seal, verify
from generator.cli.template import template
from generator.cli.vault import vault
from generator.errors import ExitCode, GeneratorError


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


_COMMANDS = (
    app,
    new,
    check,
    due,
    print_schema,
    forms,
    inspect,
    map_blank,
    fill,
    packet,
    batch,
    columns,
    review,
    changes,
    read,
    export_plan,
    import_plan,
    library,
    measurable,
    template,
    vault,
    audit,
    seal,
    verify,
)
for _command in _COMMANDS:
    planscribe.add_command(_command)


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
