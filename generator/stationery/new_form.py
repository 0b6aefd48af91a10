"""A form of the standard set on an agency's letterhead: a tagged Word template, or a fillable PDF with its map in it."""

from dataclasses import dataclass

from generator.finding import Finding, Severity
from generator.stationery.brand import Brand
from generator.stationery.definition import Definition, arranged, standard
from generator.stationery.field_map import agency_fields, as_toml, field_map
from generator.stationery.page_layout import has_font, lay_out
from generator.stationery.pdf_widgets import put_fields
from generator.stationery.word_form import word_form
from generator.stationery.wording import Wording

_LARGEST_OF_ITS_OWN = 12
"""Points: type that chooses its own size stays at this or below; larger print says its size."""


@dataclass(frozen=True, slots=True)
class NewForm:
    """The file, its field map ("" for a Word template, which needs none), and what is to be known about it."""

    data: bytes
    map_toml: str
    title: str
    source: str
    findings: tuple[Finding, ...]


def new_form(
    brand: Brand,
    form_id: str,
    *,
    language: str = "en",
    kind: str = "word",
    large: bool = False,
    own: Definition | None = None,
) -> NewForm:
    """Make one form of the standard set, or from the agency's `own` definition. `kind` is word or pdf; `large` sets it in 18 points.

    Raises FormUnknown for an id that is not in the standard set; MapNotValid where the brand's sections are wrong.
    """
    change = brand.arrangement(form_id)
    definition = arranged(own or standard(form_id), leave_out=change.leave_out, order=change.order, add=change.add)
    return make_form(definition, brand, language=language, kind=kind, large=large)


def make_form(definition: Definition, brand: Brand, *, language: str, kind: str, large: bool = False) -> NewForm:
    """Make a form from a definition of any kind."""
    say = Wording(language, brand.person)
    if large:
        definition = definition.in_size(18.0)
    findings = [*_about_font(brand), *_to_check(definition, say)]
    title = say(definition.title)
    if kind == "word":
        return NewForm(word_form(definition, brand, language), "", title, definition.source, tuple(findings))
    fields, rows = field_map(definition, say)
    if not brand.name:
        fields = {**agency_fields(), **fields}
    map_toml = as_toml(fields, rows)
    laid = lay_out(definition, brand, say)
    is_large = definition.size > _LARGEST_OF_ITS_OWN
    typed = definition.size * 0.9 if is_large else definition.size
    data = put_fields(laid, language=say.language, map_toml=map_toml, size=typed, is_fixed=is_large)
    return NewForm(data, map_toml, title, definition.source, tuple(findings))


def _about_font(brand: Brand) -> list[Finding]:
    if not brand.font or has_font(brand.font):
        return []
    message = f"This computer has no font {brand.font}; it cannot be put into PDF forms, and Word takes another."
    return [Finding("brand-font", Severity.WARNING, "font", message, "Install the font, or leave font out.")]


def _to_check(definition: Definition, say: Wording) -> list[Finding]:
    words = say(definition.check)
    return [Finding("own-text-needed", Severity.ADVICE, definition.id, words)] if words else []
