"""The command that says whether a sentence is measurable, and helps to make it so."""

import sys
from collections.abc import Sequence

import click

from generator.cli.shown import JSON, LANG, show_json
from generator.errors import ExitCode


@click.command()
@click.argument("sentence")
@click.option(
    "--set",
    "answers",
    multiple=True,
    metavar="PART=ANSWER",
    help="Answer a question: who, what, count, unit, today, by, shown.",
)
@LANG
@JSON
def measurable(sentence: str, answers: Sequence[str], lang: str | None, as_json: bool) -> None:
    """Say whether SENTENCE can be counted, and why; where it cannot, ask what is missing and write it anew.

    Answers 1 when it is not measurable and no new sentence could be written.

    \b
    Example:  planscribe measurable "improve coping skills"
              planscribe measurable "improve coping skills" --set who=Sam --set what="use a breathing exercise when angry" \\
                --set count="4 of 5" --set unit=times --set today="1 of 5" --set by=2027-03-01 --set shown="his card"
    """
    from generator.rules.text.make_measurable import Answers, make_measurable
    from generator.rules.text.measurable import explain

    given = dict(_answer(text) for text in answers)
    judgement = explain(sentence, lang)
    spoken = lang or judgement.language
    made = make_measurable(sentence, Answers.of(given), spoken)
    if as_json:
        show_json({**judgement.as_dict(spoken), **made.as_dict()})
    else:
        click.echo(_VERDICT[spoken][judgement.is_measurable])
        for reason in judgement.reasons:
            click.echo(f"  {'+' if reason in judgement.for_it else '-'} {reason.said(spoken)}")
        for part, question in made.questions if given or not judgement.is_measurable else ():
            click.echo(f"  ? {part}: {question}")
        if made.sentence:
            click.echo(made.sentence)
    if not judgement.is_measurable and not made.sentence:
        sys.exit(ExitCode.BLOCKED)


_VERDICT = {
    "en": {True: "Measurable.", False: "Not measurable yet."},
    "es": {True: "Se puede medir.", False: "Todavía no se puede medir."},
}


def _answer(text: str) -> tuple[str, str]:
    from generator.rules.text.make_measurable import PARTS

    key, sign, value = text.partition("=")
    if not sign or key.strip() not in PARTS:
        raise click.UsageError(f"Write an answer as --set PART=ANSWER; the parts are {', '.join(PARTS)}.")
    return key.strip(), value
