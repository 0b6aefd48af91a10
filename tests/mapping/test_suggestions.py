"""What a slot of an unknown form seems to ask for."""

import csv
import tomllib
from pathlib import Path

import pytest

from generator.blank_file import inspect
from generator.mapping.accept import accepted, map_text
from generator.mapping.field_map import read_field_map
from generator.mapping.names import known_names
from generator.mapping.suggest import suggest
from generator.mapping.suggestion import Suggestion
from generator.mapping.vocabulary import concepts
from generator.slots import Choice, Near, Slot, SlotKind
from tests.benchmarks.mapping import accepted as is_right
from tests.benchmarks.mapping import figures, of, slot_of


def blank(id: str = "Text1", **words: object) -> Slot:
    near = {key: str(words.pop(key)) for key in list(words) if key in Near.__dataclass_fields__}
    return Slot(id, near=Near(**near), **words)  # type: ignore[arg-type]


def paths(*slots: Slot) -> list[str]:
    return [one.path for one in suggest(slots)]


def one(slot: Slot) -> Suggestion:
    return suggest([slot])[0]


@pytest.mark.parametrize(
    ("caption", "path"),
    [
        ("Client Name:", "patient.name.full"),
        ("Name (Last, First, MI)", "patient.name.last_first"),
        ("D.O.B.", "patient.dob"),
        ("City, State, ZIP", "patient.address.city_line"),
        ("Medicaid #:", "coverage[0].member_id"),
        ("Nombre del cliente", "patient.name.full"),
        ("Fecha de nacimiento", "patient.dob"),
        ("Código CIE-10", "diagnoses[0].icd10cm"),
        ("Anticipated Discharge Date", "discharge.anticipated_date"),
        ("Name of insured", "coverage[0].subscriber.name"),
        ("Emergency contact", "patient.emergency_contact.name"),
        ("Therapist's name", "plan.prepared_by_staff.name"),
    ],
)
def test_a_caption_left_of_a_blank_names_its_value(caption, path):
    assert one(blank(left=caption)).path == path


@pytest.mark.parametrize(
    "caption",
    ["Spouse's name", "Spouse's date of birth", "Respondent's address", "Name of other parent", "Client signature",
     "Date signed", "Judge", "Attorney's phone", "Interpreter name", "Height"],
)  # fmt: skip
def test_a_blank_for_somebody_else_stays_empty_and_says_why(caption):
    said = one(blank(left=caption))
    assert said.path == "" or not said.is_sure
    assert said.why


def test_a_phone_beside_the_emergency_contact_is_not_the_patients():
    name = blank("a", left="Emergency contact:", page=0, rect=(100, 700, 200, 712))
    phone = blank("b", left="Phone:", page=0, rect=(300, 700, 400, 712))
    assert paths(name, phone) == ["patient.emergency_contact.name", "patient.emergency_contact.phone"]


def test_a_spouses_employer_after_the_spouses_name_stays_empty():
    assert paths(blank("a", left="Spouse's name"), blank("b", left="Date of birth"), blank("c", left="Employer")) == [
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("section", "caption", "path"),
    [
        ("PRIMARY CARE PHYSICIAN", "Name", "coordination[0].provider"),
        ("MÉDICO DE CABECERA", "Nombre", "coordination[0].provider"),
        ("PHARMACY", "Name", "coordination[0].provider"),
        ("REFERRED BY", "Name", "referral.referrer"),
        ("REFERRED BY", "Agency", "referral.referrer"),
        ("INFORMACIÓN DEL TUTOR LEGAL", "Nombre", "legal.guardian.name"),
        ("CONTACTO DE EMERGENCIA", "Teléfono", "patient.emergency_contact.phone"),
        ("SPOUSE INFORMATION", "Employer", ""),
        ("DATOS DEL CÓNYUGE", "Empleador", ""),
        ("INFORMACIÓN DEL TUTOR LEGAL", "Dirección", ""),
        ("PRIMARY CARE PHYSICIAN", "Phone", ""),
        ("REFERRED BY", "Phone", ""),
        ("PARA USO DE LA OFICINA", "Nombre", ""),
    ],
)
def test_a_section_says_whose_a_bare_caption_is(section, caption, path):
    assert one(blank(left=caption, section=section)).path == path


@pytest.mark.parametrize(
    "name", ["patient_spouse_name", "client_parent_dob", "patientEmployerPhone", "youth_teacher_name"]
)
def test_a_name_that_says_of_the_patients_whom_is_not_the_patients_own(name):
    assert not one(blank(name)).path.startswith("patient.")


@pytest.mark.parametrize("caption", ["Name of defendant", "Respondent's name", "Guardian's name"])
def test_a_field_named_for_the_patient_under_another_persons_caption_is_never_sure(caption):
    said = one(blank("patient_name", left=caption))
    assert not (said.path.startswith("patient.") and said.is_sure)


def test_the_first_of_several_releases_is_never_sure():
    said = one(blank("disclosure_purpose", left="Purpose of disclosure", section="RELEASE OF INFORMATION"))
    assert (said.path, said.is_sure) == ("consents[0].purpose", False)


@pytest.mark.parametrize("caption", ["Date of birth", "Policy group number", "Goal 1"])
def test_three_values_are_offered(caption):
    paths = [c.path for c in one(blank(left=caption)).candidates]
    assert len(paths) == len(set(paths)) == 3


def test_numbers_in_captions_place_objectives_under_their_goals():
    captions = ["Goal #1", "Objective 1.1", "Objective 1.2", "Goal #2", "Objective 2.1"]
    assert paths(*(blank(f"t{i}", left=text) for i, text in enumerate(captions))) == [
        "goals[0].statement", "goals[0].objectives[0].statement", "goals[0].objectives[1].statement",
        "goals[1].statement", "goals[1].objectives[0].statement",
    ]  # fmt: skip


def test_a_goal_that_returns_without_a_number_is_the_next_one():
    captions = [
        "Problem Area 1",
        "Goal",
        "Objective",
        "Target date",
        "Problem Area 2",
        "Goal",
        "Objective",
        "Target date",
    ]
    found = paths(*(blank(f"t{i}", left=text) for i, text in enumerate(captions)))
    assert found[4:7] == [
        "problems[1].title", "problems[1].goals[0].statement", "problems[1].goals[0].objectives[0].statement",
    ]  # fmt: skip


def test_names_that_count_from_zero_count_from_zero():
    slots = [blank(f"medications_{n}_name") for n in range(3)]
    assert paths(*slots) == [f"history.medications[{n}].name" for n in range(3)]


def test_a_box_beside_a_choice_is_ticked_for_that_choice():
    box = blank("c1", kind=SlotKind.CHECK, left="Marital status:", right="Widowed")
    assert one(box).entry == {"when": "patient.marital_status", "is": "widowed"}


def test_a_radio_group_gets_its_own_states_for_the_plans_words():
    group = blank("SEX", kind=SlotKind.RADIO, above="Sex", choices=(Choice("1", "Male"), Choice("2", "Female")))
    assert one(group).entry == {"value": "patient.sex", "choices": {"male": "1", "female": "2"}}


def test_pieces_of_a_birth_date_get_pieces():
    assert one(blank("patient_dob_month")).entry == 'patient.dob | date("mm")'


def test_an_agencys_own_word_goes_first():
    said = suggest([blank(left="Consumer key:")], {"Consumer key:": "patient.record_number"})[0]
    assert (said.path, said.is_sure) == ("patient.record_number", True)


def test_every_suggested_entry_is_a_field_map_that_reads():
    slots = [blank(f"f{i}", left=" ".join(phrase)) for i, c in enumerate(concepts()) for phrase in c.phrases[:1]]
    suggestions = suggest(slots)
    read_field_map(accepted(suggestions, "all"), form="test")
    text = map_text(suggestions, form="a form", sha256="0")
    read_field_map(tomllib.loads(text), form="test")
    read_field_map(tomllib.loads(text.replace("#? ", "")), form="test")


def test_every_concept_is_a_name_of_the_paper_view():
    unknown = [c.path for c in concepts() if c.path and c.path.replace("[0]", "[]") not in known_names()]
    assert unknown == []


def test_accepting_nothing_gives_no_map_and_accepting_what_is_sure_leaves_the_rest():
    suggestions = suggest([blank("a", left="Date of birth"), blank("b", left="Favourite colour")])
    assert accepted(suggestions, "none") == {}
    assert accepted(suggestions, "confident") == {
        "fields": {"a": "patient.dob | date", "b": {"empty": suggestions[1].why}}
    }


def test_real_forms_are_mapped_as_a_person_mapped_them(shared: Path):
    rows = []
    with (shared / "mapping" / "gold_dev.tsv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.DictReader(file, delimiter="\t") if not row["form"].startswith("w_")]
    for form in sorted({row["form"] for row in gold}):
        slots = inspect((shared / "mapping" / "forms" / f"{form}.pdf").read_bytes()).slots
        suggestions = suggest(slots)
        for row in (row for row in gold if row["form"] == form):
            place = slot_of(row, slots)
            assert place is not None
            rows.append((row["gold"], of(suggestions[place])))
    figure = figures(rows)
    assert figure["top1"] >= 0.95 and figure["top3"] >= 0.97 and figure["accuracy"] >= 0.9
    assert figure["precision_sure"] >= 0.97
    assert is_right("patient.dob", "patient.dob") and not is_right("none", "patient.dob")


def test_what_is_printed_left_of_a_blank_is_not_sure_against_the_blanks_own_tooltip():
    # Seen on a court's form: the caption of "13. Gender" stands left of the blank for scars.
    slot = blank(
        "users1_scars_tattoos", left="13. Gender", above="14. Scars, tattoos, etc.", tooltip="14. Scars, tattoos, etc."
    )
    assert not one(slot).is_sure


@pytest.mark.parametrize("caption", ["Work telephone no.", "Business phone", "Teléfono del trabajo"])
def test_the_telephone_at_work_is_left_to_a_person(caption):
    said = one(blank("users1_phone_number_work", above=caption, tooltip=caption))
    assert not (said.path == "patient.phone" and said.is_sure)


@pytest.mark.parametrize("caption", ["Problem #1", "Problem Area 2", "Objective 1.1.b"])
def test_a_caption_that_says_one_value_and_nothing_else_is_sure(caption):
    (one,) = suggest([Slot("Text7", near=Near(left=caption))])
    assert one.path and one.is_sure


@pytest.mark.parametrize("caption", ["Target date", "Name", "Phone number"])
def test_a_caption_that_could_be_anybodys_or_any_entrys_is_not_made_sure_by_being_short(caption):
    slots = [Slot("a", near=Near(left="Family doctor")), Slot("b", near=Near(left=caption))]
    assert not suggest(slots)[1].is_sure
