"""Whether an answer is of the type that its task declares. A worker that read a hostile file may say anything."""

import importlib
from functools import cache
from typing import Any, get_type_hints

from generator.worker.tasks import TASKS
from generator.worker.wire import check_of


def is_answer_of(task: str, answer: object) -> bool:
    """Whether `answer` is of the return type of the task's function, deep down."""
    return bool(check_of(_declared(task))(answer))


@cache
def _declared(task: str) -> Any:
    module, _, name = TASKS[task].partition(":")
    return get_type_hints(getattr(importlib.import_module(module), name))["return"]
