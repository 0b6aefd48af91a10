"""The commands on templates: a new one on the agency's letterhead."""

from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_findings, show_json


@click.group()
def template() -> None:
    """Templates and forms of your own.

    \b
    Example:  planscribe template new --brand brand.yaml --form individualized-plan -o plan.docx
    """


@template.command(name="new")
@click.option("--brand", type=PATH, required=True, help="The agency's brand file (YAML); only its name is required.")
@click.option("--form", "form_id", required=True, help="A standard form, such as individualized-plan.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", help="Language of the form.")
@click.option("--large", is_flag=True, help="Large print (18 points).")
@click.option("-o", "output", type=PATH, required=True, help="The file to write: .docx (Word) or .pdf (fillable).")
@JSON
def new_template(brand: Path, form_id: str, lang: str, large: bool, output: Path, as_json: bool) -> None:
    """Make a standard form on the agency's own letterhead; it fills at once.

    \b
    Example:  planscribe template new --brand brand.yaml --form safety-plan --lang es -o plan-de-seguridad.pdf
    """
    from generator.new_template import write_new_template

    made = write_new_template(brand, form_id, output, language=lang, large=large)
    if as_json:
        show_json({"form": form_id, "path": str(output), "findings": [finding.as_dict() for finding in made.findings]})
        return
    show_findings(made.findings)
    click.echo(f"{output} is ready. Fill it with: planscribe fill plan.yaml {output} -o out/")
