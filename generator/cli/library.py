"""The commands on the starter library: problem areas to begin a plan with."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import JSON, LANG, PATH, show_findings, show_json
from generator.errors import FindingsBlock

if TYPE_CHECKING:
    from generator.starter import Area


@click.group(invoke_without_command=True)
@click.pass_context
def library(ctx: click.Context) -> None:
    """Problem areas with goals, objectives and interventions to begin with, English and Spanish.

    \b
    Example:  planscribe library search worry
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(search, words=(), lang=None, as_json=False)


@library.command()
@click.argument("words", nargs=-1)
@LANG
@JSON
def search(words: Sequence[str], lang: str | None, as_json: bool) -> None:
    """List the areas that speak of WORDS or of a diagnosis code; all of them without words.

    \b
    Example:  planscribe library search F41.1
    """
    from generator import starter

    found = starter.search(" ".join(words), lang or "en")
    if as_json:
        show_json(
            {
                "areas": [
                    {"id": one.id, "title": one.title, "codes": list(one.codes), "usual_measure": one.usual_measure}
                    for one in found
                ]
            }
        )
        return
    for area in found:
        click.echo(f"{area.id:24} {area.title}  ({', '.join(area.codes)}; {area.usual_measure})")
    if not found:
        click.echo("No area speaks of this. See them all with: planscribe library")


@library.command()
@click.argument("area_id")
@LANG
@JSON
def show(area_id: str, lang: str | None, as_json: bool) -> None:
    """Show one area: its texts, its measures, and what its fill-ins ask.

    \b
    Example:  planscribe library show panic --lang es
    """
    from generator import starter

    area = starter.find(area_id, lang or "en")
    if as_json:
        show_json(area.as_dict())
    else:
        _show(area)


@library.command()
@click.argument("area_id")
@click.argument("plan", type=PATH)
@click.option("-o", "output", type=PATH, required=True, help="File for the plan with the area in it.")
@click.option(
    "--set",
    "answers",
    multiple=True,
    metavar="FILL_IN=ANSWER",
    help="Answer a fill-in: medicine=..., 1.2.target=8, evidence.1.n=5.",
)
@click.option(
    "--objective", "objectives", multiple=True, metavar="1.2", help="Take this objective only; may be repeated."
)
@click.option(
    "--evidence",
    "evidence",
    multiple=True,
    type=click.IntRange(1),
    help="Take this evidence line only; may be repeated.",
)
@click.option("--goal", type=click.IntRange(0), default=0, help="Wording of the goal: 0, or the place of a variant.")
@LANG
@JSON
def insert(
    area_id: str,
    plan: Path,
    output: Path,
    answers: Sequence[str],
    objectives: Sequence[str],
    evidence: Sequence[int],
    goal: int,
    lang: str | None,
    as_json: bool,
) -> None:
    """Put an area into a plan. Every fill-in has to be answered; what is open is listed, and nothing is written.

    \b
    Example:  planscribe library insert sleep plan.yaml -o plan2.yaml --objective 1.2 --evidence 2 \\
                --set aim="work days" --set time="7 am" --set 1.2.target=6 --set date=2027-03-01 ...
    """
    from generator import starter
    from generator.exchange.plan_file import read_plan, write_plan

    given = dict(_answer(text) for text in answers)
    before = read_plan(plan)
    spoken = lang or before.plan.language or "en"
    area = starter.find(area_id, spoken)
    unknown = sorted(set(objectives) - {one.number for one in area.objectives})
    if unknown:
        numbers = ", ".join(one.number for one in area.objectives)
        raise click.UsageError(f"{area.id} has no objective {unknown[0]}; its objectives are {numbers}.")
    if evidence and max(evidence) > len(area.as_evidenced_by):
        raise click.UsageError(f"{area.id} has {len(area.as_evidenced_by)} evidence lines.")
    if goal > min(len(one.variants) for one in area.goals):
        raise click.UsageError(f"{area.id} has {1 + len(area.goals[0].variants)} wordings of its goal, from 0.")
    result = starter.insert(before, area, given, starter.Choice(objectives, evidence, goal))
    if result.plan is None:
        if as_json:
            show_json({"findings": [finding.as_dict() for finding in result.findings]})
        else:
            show_findings(result.findings)
        raise FindingsBlock(
            f"{output} was not written: {len(result.findings)} answers are open. Give each with --set.", result.findings
        )
    write_plan(result.plan, output)
    if as_json:
        show_json({"path": str(output), "where": result.where, "added": dict(result.added), "findings": []})
    else:
        counts = ", ".join(f"{count} {word}" for word, count in result.added.items())
        click.echo(f"{output} has {area.title} at {result.where}: {counts}. Next: planscribe check {output}")


def _answer(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise click.UsageError("Write an answer as --set FILL_IN=ANSWER, such as --set 1.2.target=8.")
    return key.strip(), value


def _show(area: "Area") -> None:
    from generator.starter import fill_ins_of, question

    click.echo(f"{area.title}  [{area.id}]  {', '.join(area.codes)}; {area.usual_measure}")
    if area.safety_first:
        click.echo(f"  ! {area.safety_first}")
    for place, line in enumerate(area.as_evidenced_by, 1):
        click.echo(f"  evidence {place}: {line}")
    texts = [*area.as_evidenced_by]
    for goal in area.goals:
        click.echo(f"  goal: {goal.text}")
        for place, variant in enumerate(goal.variants, 1):
            click.echo(f"    or {place}: {variant}")
        click.echo(f"    ask: {goal.ask}")
        texts += [goal.text, *goal.variants]
        for objective in goal.objectives:
            click.echo(f"  {objective.number}  {objective.text}")
            click.echo(
                f"       counts {objective.measure['what']} ({objective.measure['unit']}), with: {objective.measure['instrument']}"
            )
            texts.append(objective.text)
            for entry in objective.interventions:
                click.echo(f"       - {entry['text']} ({entry['modality']})")
                texts.append(entry["text"])
    click.echo(f"  if not met: {'; '.join(area.if_not_met)}")
    click.echo("  fill-ins:")
    for key in fill_ins_of([*texts, *area.if_not_met]):
        click.echo(f"    {key:16} {question(key, area.language)}")
