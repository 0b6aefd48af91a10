"""The commands on the starter library: problem areas to begin a plan with."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shown import JSON, LANG, PATH, Day, show_findings, show_json
from generator.errors import FindingsBlock

if TYPE_CHECKING:
    from generator.plan import Plan
    from generator.starter import Area, Inserted, PlacedObjective


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
    from generator.exchange.plan_file import read_plan

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
    _written_or_blocked(result, output, as_json)
    if not as_json:
        counts = ", ".join(f"{count} {word}" for word, count in result.added.items())
        click.echo(f"{output} has {area.title} at {result.where}: {counts}. Next: planscribe check {output}")


@library.command("if-not-met")
@click.argument("plan", type=PATH)
@click.option("--objective", "objective", metavar="G1.O2", help="This objective only; all unmet ones without it.")
@click.option("--area", "area_id", metavar="AREA", help="The area of the library, where the plan does not tell.")
@click.option("--line", "lines", multiple=True, type=click.IntRange(1), help="Put this line in; may be repeated.")
@click.option("--set", "answers", multiple=True, metavar="FILL_IN=ANSWER", help="Answer a fill-in of a line.")
@click.option("--on", "added_on", type=Day(), help="The day the intervention is added (YYYY-MM-DD); today without it.")
@click.option("-o", "output", type=PATH, help="File for the plan with the new interventions.")
@LANG
@JSON
def if_not_met(
    plan: Path,
    objective: str | None,
    area_id: str | None,
    lines: Sequence[int],
    answers: Sequence[str],
    added_on: date | None,
    output: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Show what the library would change where an objective was not met, or put lines in as new interventions.

    \b
    Example:  planscribe library if-not-met plan.yaml
              planscribe library if-not-met plan.yaml --objective G1.O2 --line 4 --set support_person="her sister" -o plan2.yaml
    """
    from generator import starter
    from generator.clock import local_now
    from generator.exchange.plan_file import read_plan

    before = read_plan(plan)
    spoken = lang or before.plan.language or "en"
    chosen = _chosen_objectives(before, objective)
    areas = {
        one.path: starter.find(area_id, spoken) if area_id else starter.area_of(one.it, one.problem, spoken)
        for one in chosen
    }
    if not lines:
        _show_unmet(chosen, areas, as_json)
        return
    if len(chosen) != 1 or output is None:
        raise click.UsageError("To put a line in, name one objective with --objective and a file with -o.")
    area = areas[chosen[0].path]
    if area is None:
        raise click.UsageError("No area of the library is near this objective. Name one with --area.")
    if max(lines) > len(area.if_not_met):
        raise click.UsageError(f"{area.id} has {len(area.if_not_met)} lines for an objective that is not met.")
    result = starter.add_if_not_met(
        before,
        chosen[0].path,
        [area.if_not_met[place - 1] for place in dict.fromkeys(lines)],
        dict(_answer(text) for text in answers),
        added_on or local_now().date(),
        spoken,
    )
    _written_or_blocked(result, output, as_json)
    if not as_json:
        count = result.added["interventions"]
        click.echo(f"{output} has {count} new interventions at {result.where}. Next: planscribe check {output}")


def _chosen_objectives(plan: "Plan", name: str | None) -> "tuple[PlacedObjective, ...]":
    from generator import starter

    if not name:
        return starter.unmet_objectives(plan)
    found = starter.find_objective(plan, name)
    if found is None:
        known = [
            objective.id
            for problem in plan.problems
            for goal in problem.goals
            for objective in goal.objectives
            if objective.id
        ]
        raise click.UsageError(f"The plan has no such objective; it has {', '.join(known) or 'none with a number'}.")
    return (found,)


def _show_unmet(chosen: "Sequence[PlacedObjective]", areas: "Mapping[str, Area | None]", as_json: bool) -> None:
    if as_json:
        show_json(
            {
                "objectives": [
                    {
                        "id": one.it.id,
                        "where": one.path,
                        "area": area.id if area else None,
                        "if_not_met": list(area.if_not_met) if area else [],
                    }
                    for one in chosen
                    for area in [areas[one.path]]
                ]
            }
        )
        return
    for one in chosen:
        area = areas[one.path]
        click.echo(f"{one.it.id or one.path}  [{area.id if area else 'no area is near; name one with --area'}]")
        for place, line in enumerate(area.if_not_met if area else (), 1):
            click.echo(f"  {place}  {line}")
    if not chosen:
        click.echo("No objective of this plan is marked as not met, met in part or extended.")


def _written_or_blocked(result: "Inserted", output: Path, as_json: bool) -> None:
    """Write the changed plan; where answers are open, list them, write nothing and block."""
    from generator.exchange.plan_file import write_plan

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
