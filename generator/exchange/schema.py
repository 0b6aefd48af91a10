"""The JSON Schema of a plan file, read from the model."""

from typing import cast

from pydantic.json_schema import models_json_schema

from generator.plan import Plan


def plan_schema() -> dict[str, object]:
    """JSON Schema 2020-12; titles, Spanish titles, help, examples and sensitivity stand on every field."""
    _, schema = models_json_schema([(Plan, "validation")], by_alias=True, title="Treatment plan")
    root = schema["$defs"].pop("Plan")
    root["properties"].pop("_other_patient_names", None)
    return cast(
        "dict[str, object]",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **root,
            "title": "Treatment plan",
            "$defs": schema["$defs"],
        },
    )
