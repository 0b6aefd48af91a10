"""How long a check takes: each example plan, and one with 200 problems. Run: python -m tests.benchmarks.rules"""

import copy
import time
from datetime import date
from pathlib import Path

from generator.plan import Plan
from generator.rules import Context, check
from generator.yaml_safe import read_yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
CONTEXT = Context(date(2026, 11, 22))


def large(problems: int) -> Plan:
    """A plan with many problems, each with a goal and its objectives, none the same."""
    data = read_yaml((EXAMPLES / "02_major_depression.yaml").read_text(encoding="utf-8"))
    made = []
    for i in range(problems):
        problem = copy.deepcopy(data["problems"][i % 3])
        for goal in problem["goals"]:
            goal["statement"] += f" (part {i})"
            del goal["objectives"][1:]
            for objective in goal["objectives"]:
                objective["statement"] = objective["statement"].replace("by 2027", f"in place {i} by 2027")
        made.append(problem)
    return Plan.model_validate({**data, "problems": made})


def best(plan: Plan, runs: int) -> float:
    """The best of some runs, in milliseconds of this process: what it takes where nobody else uses the machine."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        check(plan, CONTEXT)
        times.append(time.process_time() - begun)
    return min(times) * 1000


if __name__ == "__main__":
    print(f"{'plan':36} {'ms':>8}   bar")
    for path in sorted(EXAMPLES.glob("0*.yaml")):
        plan = Plan.model_validate(read_yaml(path.read_text(encoding="utf-8")))
        print(f"{path.stem:36} {best(plan, 15):8.1f}   10")
    print(f"{'200 problems':36} {best(large(200), 7):8.1f}   100")
