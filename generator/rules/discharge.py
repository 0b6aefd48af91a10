"""How both know that treatment is done."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View

_NUMBER = re.compile(
    r"\d|\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|once|twice|thrice"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete"
    r"|dieciocho|diecinueve|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|mitad)\b",
    re.IGNORECASE,
)


@rule("discharge-criteria-missing")
def discharge_criteria_missing(view: View) -> Iterator[Fault]:
    """Criteria with a number, a plan for afterwards, and the day both spoke of it."""
    discharge = view.plan.discharge
    if not any(_NUMBER.search(one) for one in discharge.criteria):
        blank = all(is_blank(one) for one in discharge.criteria)
        yield Fault(
            "discharge.criteria",
            "The plan has no discharge criteria." if blank else "No discharge criterion has a number in it.",
        )
    if is_blank(discharge.transition_plan):
        yield Fault(
            "discharge.transition_plan", "Nothing says what comes after discharge.", mend="Add the transition plan."
        )
    if discharge.discussed_with_patient_on is None:
        yield Fault(
            "discharge.discussed_with_patient_on", "Nothing says when discharge was discussed with the client.",
            mend="Write the day it was discussed.",
        )  # fmt: skip


@rule("length-of-stay-missing")
def length_of_stay_missing(view: View) -> Iterator[Fault]:
    """How long treatment will take, or until when."""
    discharge = view.plan.discharge
    if (discharge.projected_length.n or 0) <= 0 and discharge.anticipated_date is None:
        yield Fault("discharge.projected_length")
