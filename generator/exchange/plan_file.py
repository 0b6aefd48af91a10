"""A plan from and to a file: YAML or JSON, the same shape in both."""

import json
from datetime import date
from pathlib import Path

from generator.errors import FileTooLarge, OutputNotWritable, PlanNotReadable
from generator.exchange.json_safe import read_json
from generator.files import write_whole
from generator.plan import Plan
from generator.yaml_safe import TextNotReadable, read_yaml, write_yaml

LARGEST = 20_000_000
"""Bytes; a plan with 200 problems has about 1.5 million."""


def read_plan(path: Path) -> Plan:
    """The plan in a .yaml, .yml or .json file.

    Raises PlanNotReadable where the file is missing, not text, not YAML or JSON, or not a mapping.
    Values and keys that are not understood are no error: see `plan.notes`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PlanNotReadable(f"There is no file {path}. Check the name, or make a plan with: planscribe new") from None
    except IsADirectoryError:
        raise PlanNotReadable(f"{path} is a folder. Name the plan's file in it.") from None
    except OSError:
        raise PlanNotReadable(f"{path} cannot be read. Check that you may open it.") from None
    return parse_plan(data, name=path.name)


def parse_plan(data: bytes, *, name: str = "This plan") -> Plan:
    """The plan in the bytes of a file; `name` is what errors call it."""
    if len(data) > LARGEST:
        raise FileTooLarge(
            f"{name} is larger than {LARGEST // 1_000_000} MB. A plan file is far smaller; check the file."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlanNotReadable(f"{name} is not a text file in UTF-8. Save it as text (UTF-8) and try again.") from None
    try:
        value = read_json(text) if text.lstrip().startswith("{") and name.lower().endswith(".json") else read_yaml(text)
    except TextNotReadable as error:
        raise PlanNotReadable(f"{name} cannot be read: {error}. Correct it there and try again.") from None
    if not isinstance(value, dict):
        raise PlanNotReadable(
            f"{name} is not a plan: it needs sections such as patient: and problems:. Start one with: planscribe new"
        )
    return Plan.model_validate(value)


def plan_as_yaml(plan: Plan) -> str:
    """The plan as YAML text; `parse_plan` reads the same plan from it."""
    return write_yaml(plan.as_data())


def plan_as_json(plan: Plan) -> str:
    """The plan as JSON text, dates as YYYY-MM-DD."""
    return json.dumps(plan.as_data(), ensure_ascii=False, indent=1, default=_json_value)


def write_plan(plan: Plan, path: Path) -> None:
    """Save as YAML, or as JSON when the name ends so. The file is whole or not there at all."""
    text = plan_as_json(plan) if path.suffix.lower() == ".json" else plan_as_yaml(plan)
    write_whole(path, text.encode())


def _json_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise OutputNotWritable("A value of the plan has no form in JSON.")
