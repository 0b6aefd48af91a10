"""The commands on templates."""

import sys
from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_findings, show_json
from generator.errors import ExitCode
from generator.finding import Severity


@click.group()
def template() -> None:
    """Word templates with tags.

    \b
    Example:  planscribe template check letterhead.docx
    """


@template.command(name="check")
@click.argument("file", type=PATH)
@click.option("--fix", is_flag=True, help="Write a repaired copy beside it; the file itself stays.")
@click.option("-o", "output", type=PATH, default=None, help="Where the repaired copy goes (FILE.fixed.docx otherwise).")
@JSON
def check_template(file: Path, fix: bool, output: Path | None, as_json: bool) -> None:
    """Say what is wrong with a template, and where. Answers 1 when errors stand.

    \b
    Example:  planscribe template check letterhead.docx --fix
    """
    from generator import template_file

    checked = template_file.check_template(file, fix=fix or output is not None)
    target = output or template_file.repaired_name(file)
    if checked.repairs:
        template_file.write_repaired(checked, target)
    left = checked.findings if checked.repaired is None else checked.left
    if as_json:
        answer = checked.as_dict()
        show_json({**answer, "path": str(target)} if checked.repairs else answer)
    else:
        show_findings(checked.findings)
        for repair in checked.repairs:
            click.echo(f"REPAIRED {repair}")
        if checked.repairs:
            click.echo(f"{target} holds the repairs; {len(left) or 'nothing'} of the findings is left to you in it.")
        elif not checked.findings:
            click.echo(f"{file} is in order.")
    if any(one.severity is Severity.ERROR for one in left):
        sys.exit(ExitCode.BLOCKED)
