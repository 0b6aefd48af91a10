"""The informal plan on one page: who, why, three goals with a step each, the agreement, two signatures."""

from generator.stationery.pdf_form import PdfForm

TITLE = "One-Page Plan"
GOALS = 3
_LEFT, _RIGHT = 48.0, 564.0


def one_page_plan() -> bytes:
    """The fillable form; `FIELD_MAP` says which plan value goes to which field."""
    form = PdfForm(TITLE, "en-US", (0.122, 0.373, 0.545))
    form.answer("agency_name", (_LEFT, 744, 400, 762), "Agency name", size=12)
    form.answer("agency_phone", (440, 744, _RIGHT, 762), "Agency phone")
    form.line(_LEFT, _RIGHT, 737, brand=True, weight=1.2)
    form.text(_LEFT, 714, TITLE, size=19, brand=True)
    form.right(_RIGHT, 714, "Short plan, made together", size=9, grey=0.4)
    _who(form)
    _why(form)
    y = 556.0
    for n in range(1, GOALS + 1):
        y = _goal(form, n, y)
    _agreement(form, y)
    form.line(_LEFT, _RIGHT, 40)
    form.text(_LEFT, 29, "One-Page Plan, edition 2026-11", size=7.5, grey=0.45)
    form.right(_RIGHT, 29, "Page 1 of 1", size=7.5, grey=0.45)
    return form.finish()


def _label(form: PdfForm, x: float, y: float, words: str) -> None:
    form.text(x, y, words, size=7.5, grey=0.38)


def _heading(form: PdfForm, y: float, words: str) -> None:
    form.panel(_LEFT, y - 4, _RIGHT - _LEFT, 15)
    form.text(_LEFT + 5, y, words, size=9.5, brand=True)


def _who(form: PdfForm) -> None:
    for x, x1, name, label in (
        (_LEFT, 270, "client_name", "Name"),
        (278, 368, "date_of_birth", "Date of birth"),
        (376, 466, "record_number", "Record number"),
        (474, _RIGHT, "plan_date", "Plan date"),
    ):
        _label(form, x, 698, label)
        form.answer(name, (x, 678, x1, 695), label)


def _why(form: PdfForm) -> None:
    _heading(form, 660, "Why we meet")
    form.answer("presenting_problem", (_LEFT, 612, _RIGHT, 652), "Why we meet", multiline=True)
    _label(form, _LEFT, 602, "In my own words")
    form.answer("own_words", (_LEFT, 576, _RIGHT, 599), "In my own words", multiline=True)


def _goal(form: PdfForm, n: int, y: float) -> float:
    _heading(form, y, f"Goal {n}")
    form.answer(f"goal_{n}", (_LEFT, y - 34, 460, y - 8), f"Goal {n}", multiline=True)
    _label(form, 468, y - 14, "Date")
    form.answer(f"goal_{n}_date", (468, y - 34, _RIGHT, y - 17), f"Date for goal {n}")
    _label(form, _LEFT, y - 44, "Step I can count")
    form.answer(
        f"objective_{n}", (_LEFT, y - 72, _RIGHT, y - 47), f"Step toward goal {n} that can be counted", multiline=True
    )
    _label(form, _LEFT, y - 82, "What we do for it")
    form.answer(f"intervention_{n}", (_LEFT, y - 104, _RIGHT, y - 85), f"What we do for goal {n}", multiline=True)
    return y - 124


def _agreement(form: PdfForm, y: float) -> None:
    _heading(form, y, "What we agree")
    form.answer("contract", (_LEFT, y - 40, _RIGHT, y - 8), "What we agree", multiline=True)
    form.tick("copy_given", _LEFT, y - 57, "A copy was given")
    form.text(_LEFT + 15, y - 55, "I got a copy of this plan", size=9)
    _label(form, 330, y - 54, "We look at this plan again on")
    form.answer("next_review", (440, y - 60, _RIGHT, y - 44), "Next review")
    for x, name in ((_LEFT, "Client"), (318, "Clinician")):
        form.line(x, x + 170, y - 92)
        form.line(x + 182, x + 246, y - 92)
        _label(form, x, y - 101, f"{name}, signature")
        _label(form, x + 182, y - 101, "Date")


FIELD_MAP = """
[fields]
agency_name = "agency.name"
agency_phone = "agency.phone"
client_name = "patient.name.full"
date_of_birth = "patient.dob | date"
record_number = "patient.record_number"
plan_date = "plan.plan_date | date"
presenting_problem = "presenting_problem.description or problems_text"
own_words = "presenting_problem.patient_words"
contract = "contract.goals_summary"
copy_given = { when = "participation.copy_given_on" }
next_review = "reviews.next_due | date"

[rows.Goal]
path = "goals"
count = 3
fields = { "goal_{n}" = "statement", "goal_{n}_date" = "(target_date or objectives[0].target_date) | date", "objective_{n}" = "objectives_text", "intervention_{n}" = "interventions_text" }
"""
