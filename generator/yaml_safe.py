"""YAML as a plan file uses it: plain data, no anchors, no key twice, no guesses.

PyYAML follows YAML 1.1, where 02114 is an octal number, 12:30 is 750 and `no` is false. Here only true, false, null,
plain numbers and ISO dates are more than text, as in YAML 1.2's core schema; a date that is not on the calendar
stays text, so that it can be kept and reported.
"""

import re
from datetime import date

import yaml


class TextNotReadable(ValueError):
    """The text is not YAML or JSON, or uses what a plan file may not; the message says the line, never a value."""


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own attribute)

    def get_single_node(self) -> yaml.Node | None:
        root: yaml.Node | None = super().get_single_node()
        _refuse_references(root)
        return root


def _refuse_references(root: yaml.Node | None) -> None:
    """An alias (*name) makes one node stand in two places; a few lines of them can unpack to gigabytes."""
    seen: set[int] = set()
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            mark = node.start_mark
            raise TextNotReadable(f"the value on line {mark.line + 1} is used again by reference (*); write it out")
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    out: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict):
            raise TextNotReadable(f"line {key_node.start_mark.line + 1} has a list or mapping as a key")
        if key in out:
            raise TextNotReadable(f"line {key_node.start_mark.line + 1} gives the same key a second time")
        out[key] = loader.construct_object(value_node, deep=True)
    return out


def _date(loader: _Loader, node: yaml.ScalarNode) -> date | str:
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        return str(node.value)


for tag, pattern, first in (
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9]\d*)", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(?:0|[1-9]\d*)\.\d+", "-+0123456789"),
    ("tag:yaml.org,2002:timestamp", r"\d{4}-\d{2}-\d{2}", "0123456789"),
):
    _Loader.add_implicit_resolver(tag, re.compile(f"(?:{pattern})\\Z", re.ASCII), list(first))
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


class _PlainLoader(_Loader):
    """For a text without the marks that a reference needs (& and *)."""

    def get_single_node(self) -> yaml.Node | None:
        return yaml.CSafeLoader.get_single_node(self)


def read_yaml(text: str) -> object:
    """The data of one YAML document. Raises TextNotReadable, whose message never repeats a value."""
    try:
        may_refer = "&" in text and "*" in text
        return yaml.load(text, Loader=_Loader if may_refer else _PlainLoader)  # noqa: S506 (a safe loader, made stricter)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        raise TextNotReadable(f"{place} is not YAML ({_reason(error)})") from None
    except yaml.reader.ReaderError:
        raise TextNotReadable("it holds characters that text files do not have") from None
    except RecursionError:
        raise TextNotReadable("it is nested too deeply") from None
    except ValueError as error:
        if isinstance(error, TextNotReadable):
            raise
        raise TextNotReadable("a value in it cannot be read") from None


def _reason(error: yaml.MarkedYAMLError) -> str:
    """PyYAML's reason without the token it stumbled over, which may be a patient's."""
    problem = error.problem or "a mark is missing"
    return re.sub(r"'.*'", "a mark", problem) if "'" in problem else problem


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def write_yaml(data: object) -> str:
    """YAML text that `read_yaml` reads back as the same data; texts that look like something else are quoted."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
