"""A plan checked: `check(plan, context)` gives findings. One small file per theme; adding a rule is one function."""

from generator.rules.context import Context
from generator.rules.engine import PlanChecked, check, is_about_signatures

__all__ = ["Context", "PlanChecked", "check", "is_about_signatures"]
