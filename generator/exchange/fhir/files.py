"""FHIR JSON from and to a file, and the check of a bundle by the models of fhir.resources, where they are installed."""

import json
from pathlib import Path

from generator.errors import FhirNotReadable, FileTooLarge, MachineLacks, OutputNotWritable
from generator.exchange.fhir.inward import plan_from_bundle
from generator.exchange.fhir.outward import Resource, as_bundle
from generator.exchange.json_safe import read_json
from generator.finding import Note
from generator.plan import Plan
from generator.yaml_safe import TextNotReadable

LARGEST = 20_000_000
"""Bytes of one file."""


def read_fhir(path: Path) -> tuple[Plan, tuple[Note, ...]]:
    """The plan in a file of FHIR JSON, and what of it was not understood.

    Raises FhirNotReadable (no such file, no JSON, no FHIR) and FileTooLarge.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileTooLarge(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Export one person's data alone.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise FhirNotReadable(f"There is no file {path}, or it cannot be read. Check the name.") from None
    except UnicodeDecodeError:
        raise FhirNotReadable(f"{path.name} is not text in UTF-8, as FHIR's JSON is.") from None
    try:
        data = read_json(text)
    except TextNotReadable as error:
        raise FhirNotReadable(f"{path.name} cannot be read: {error}.") from None
    return plan_from_bundle(data)


def bundle_as_json(plan: Plan) -> str:
    """The plan's bundle as JSON text."""
    return json.dumps(as_bundle(plan), ensure_ascii=False, indent=1)


def refuse_unless_valid(bundle: Resource) -> None:
    """Check a bundle with fhir.resources (R4B). Raises MachineLacks where that is not installed.

    Raises OutputNotWritable naming the elements that FHIR does not allow, never their values.
    """
    try:
        from fhir.resources.R4B.bundle import Bundle
        from pydantic import ValidationError
    except ImportError:
        raise MachineLacks("To check FHIR, install what it takes: pip install 'planscribe[fhir]'") from None
    try:
        Bundle.model_validate(json.loads(json.dumps(bundle)))
    except ValidationError as error:
        places = {".".join(map(str, one["loc"])) for one in error.errors(include_input=False, include_context=False)}
        raise OutputNotWritable(f"This plan makes no valid FHIR: {', '.join(sorted(places)[:5])}.") from None
