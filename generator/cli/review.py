"""The commands of a review: the plan carried forward, and what changed between two plans."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import AS_OF, JSON, LANG, PATH, show_findings, show_json
from generator.errors import FindingsBlock

if TYPE_CHECKING:
    from generator.review import Difference

_WORDS = {"added": "ADDED", "changed": "CHANGED", "dropped": "DROPPED"}


@click.command()
@click.argument("plan", type=PATH)
@click.option(
    "--decisions", type=PATH, default=None, help="The decisions, filled in; without it one is written to fill in."
)
@click.option("-o", "output", type=PATH, required=True, help="File for the next plan. The plan itself stays as it is.")
@AS_OF
@LANG
@JSON
def review(
    plan: Path, decisions: Path | None, output: Path, as_of: date | None, lang: str | None, as_json: bool
) -> None:
    """The next review of a plan: goals and objectives carried forward, dates moved, what changed as a table.

    Without --decisions a file NEXT.decisions.yaml is written beside the next plan: for each objective its last value, to
    write today's and a decision. --as-of is the day of the review.

    \b
    Example:  planscribe review plan.yaml -o plan-2.yaml
              planscribe review plan.yaml --decisions plan-2.decisions.yaml -o plan-2.yaml
              planscribe fill plan-2.yaml plan-review -o out/
    """
    from generator.review_files import review_file

    try:
        made = review_file(plan, output, decisions=decisions, as_of=as_of, language=lang)
    except FindingsBlock as error:
        if as_json:
            show_json({"path": None, "findings": [one.as_dict() for one in error.findings]})
        else:
            show_findings(error.findings)
        raise
    if as_json:
        show_json(made.as_dict())
        return
    _show_changes(made.changes, made.language)
    if made.decisions is not None:
        click.echo(f"{output} is the plan carried forward; nothing is decided in it yet.")
        click.echo(f"{made.decisions} asks for {len(made.objectives)} objectives. Fill it in, then:")
        click.echo(f"  planscribe review {plan} --decisions {made.decisions} -o {output}")
        return
    show_findings(made.findings)
    click.echo(
        f"{output} is ready; the next review is due {made.next_review}. Next: planscribe fill {output} plan-review"
    )


@click.command()
@click.argument("before", type=PATH)
@click.argument("after", type=PATH)
@click.option("--record", is_flag=True, help="Write them into the last review of AFTER, for its review form to print.")
@LANG
@JSON
def changes(before: Path, after: Path, record: bool, lang: str | None, as_json: bool) -> None:
    """What changed between two plans: added, changed, dropped, in words.

    \b
    Example:  planscribe changes plan.yaml plan-2.yaml --record
    """
    from generator.review_files import changes_as_data, changes_between

    found, language = changes_between(before, after, language=lang, record=record)
    if as_json:
        show_json({"changes": changes_as_data(found, language)})
        return
    _show_changes(found, language)
    click.echo(f"{len(found)} changes." + (f" They stand in the last review of {after} now." if record else ""))


def _show_changes(changes: "Sequence[Difference]", language: str) -> None:
    from generator.review_files import changes_as_data

    for one in changes_as_data(changes, language):
        click.echo(f"{_WORDS[str(one['kind'])]:8} {one['what']}")
        if one["before"]:
            click.echo(f"         - {one['before']}")
        if one["after"]:
            click.echo(f"         + {one['after']}")
