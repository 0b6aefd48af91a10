"""An agency's brand: its name, address, logo, colour, font, paper, and what it calls the people it serves.

Read from brand.yaml; only the name is required. What cannot be used is told as a finding, and a sound stand-in taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from generator.errors import GeneratorError, PlanNotReadable
from generator.finding import Finding, Severity
from generator.stationery.colour import legible, read_colour
from generator.worker import call
from generator.yaml_safe import TextNotReadable, read_yaml

COLOUR = "1F5F8B"
_ADDRESS = ("line1", "line2", "city", "state", "zip")
_TEXTS = ("name", "phone", "fax", "email", "web", "npi", "ein", "license_no", "font", "person")
_KEYS = (*_TEXTS, "address", "logo", "color", "paper", "forms")
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What an agency changes in one form: sections left out, their order, and sections of its own."""

    leave_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    add: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand that can be used. `name` "" stands for the agency of each plan; `logo` is a PNG; `colour` RRGGBB."""

    name: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    fax: str = ""
    email: str = ""
    web: str = ""
    npi: str = ""
    ein: str = ""
    license_no: str = ""
    logo: bytes | None = field(default=None, repr=False)
    colour: str = COLOUR
    font: str = ""
    paper: str = "letter"
    person: str = "client"
    forms: Mapping[str, Arrangement] = field(default_factory=dict)

    @property
    def address_line(self) -> str:
        """The address in one line."""
        get = self.address.get
        town = " ".join(part for part in (", ".join(p for p in (get("city"), get("state")) if p), get("zip")) if part)
        return ", ".join(part for part in (get("line1"), get("line2"), town) if part)

    def arrangement(self, form_id: str) -> Arrangement:
        """What this agency changes in a form."""
        return self.forms.get(form_id, Arrangement())


def read_brand(path: Path) -> tuple[Brand, tuple[Finding, ...]]:
    """A brand from its YAML, and what is to be known about it.

    Raises PlanNotReadable where the file is missing, is not YAML, or has no name.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PlanNotReadable(f"There is no file {path}. Check the name of the brand file.") from None
    except (OSError, UnicodeDecodeError):
        raise PlanNotReadable(f"{path.name} cannot be read as text (UTF-8). Save it as text and try again.") from None
    try:
        data = read_yaml(text)
    except TextNotReadable as error:
        raise PlanNotReadable(f"{path.name} cannot be read: {error}. Correct it there and try again.") from None
    if not isinstance(data, dict):
        raise PlanNotReadable(f"{path.name} is not a brand file: it needs lines such as name: Juniper Counseling.")
    return brand_from(data, path.parent, path.name)


def brand_from(
    data: Mapping[str, object], folder: Path, file: str = "brand", picture: bytes | None = None
) -> tuple[Brand, tuple[Finding, ...]]:
    """A brand from plain data; the logo's path is sought beside the brand file, where its `picture` is not given."""
    texts = {key: _text(data.get(key)) for key in _TEXTS}
    if not texts["name"]:
        raise PlanNotReadable(f"{file} has no name. Add a line such as name: Juniper Counseling.")
    findings = [
        Finding("brand-unknown-key", Severity.WARNING, str(key), f'A brand has no "{key}".', f"It has: {', '.join(_KEYS)}.")
        for key in data
        if key not in _KEYS
    ]  # fmt: skip
    if len(texts["name"]) > _LONGEST_NAME:
        findings.append(
            Finding(
                "brand-name-long", Severity.WARNING, "name", "The agency's name takes several lines on the letterhead."
            )
        )
    colour, told = _colour(data.get("color"))
    logo, more = _logo(_text(data.get("logo")), folder, picture)
    paper = _text(data.get("paper")).lower() or "letter"
    findings += [*told, *more]
    if paper not in ("letter", "a4"):
        findings.append(
            Finding("brand-paper", Severity.WARNING, "paper", "The paper is neither letter nor a4; letter is used.")
        )
        paper = "letter"
    address = data.get("address")
    lines = {key: _text(address.get(key)) for key in _ADDRESS} if isinstance(address, dict) else {}
    if isinstance(address, str):
        lines = {"line1": address}
    brand = Brand(
        name=texts["name"],
        address=lines,
        phone=texts["phone"],
        fax=texts["fax"],
        email=texts["email"],
        web=texts["web"],
        npi=texts["npi"],
        ein=texts["ein"],
        license_no=texts["license_no"],
        logo=logo,
        colour=colour,
        font=texts["font"],
        paper=paper,
        person=texts["person"] or "client",
        forms=_arrangements(data.get("forms"), file),
    )
    return brand, tuple(findings)


def _colour(value: object) -> tuple[str, list[Finding]]:
    text = _text(value)
    if not text:
        return COLOUR, []
    colour = read_colour(text)
    if colour is None:
        message = "The colour cannot be read; the usual blue is used."
        return COLOUR, [Finding("brand-colour", Severity.WARNING, "color", message, "Write it as #1f5f8b.")]
    dark = legible(colour)
    if dark == colour:
        return colour, []
    message = f"#{colour} is too light to read on white; headings are printed in #{dark}."
    source = "WCAG 2.2, 1.4.3 (contrast 4.5:1)"
    return dark, [Finding("brand-contrast", Severity.WARNING, "color", message, "Choose a darker colour.", source)]


def _logo(name: str, folder: Path, picture: bytes | None) -> tuple[bytes | None, list[Finding]]:
    if not name and picture is None:
        return None, []
    try:
        given = picture if picture is not None else (folder / name).read_bytes()
        return cast("bytes", call("logo", given)), []
    except OSError:
        why = "The logo's file cannot be found beside the brand file; the letterhead has none."
    except GeneratorError as error:
        why = f"The logo cannot be used, and the letterhead has none. {error}"
    return None, [Finding("brand-logo", Severity.WARNING, "logo", why, "Give a PNG, JPEG or SVG picture.")]


def _arrangements(data: object, file: str) -> dict[str, Arrangement]:
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(one, dict) for one in data.values()):
        raise PlanNotReadable(f"{file}: forms needs the id of a form, and below it leave_out, order or add.")
    out = {}
    for form_id, change in data.items():
        lists = {key: change.get(key) or [] for key in ("leave_out", "order", "add")}
        if not all(isinstance(value, list) for value in lists.values()):
            raise PlanNotReadable(f"{file}: leave_out, order and add of {form_id} are lists.")
        out[str(form_id)] = Arrangement(
            tuple(map(str, lists["leave_out"])), tuple(map(str, lists["order"])), tuple(lists["add"])
        )
    return out


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
