"""A signature given on a screen: checked point by point, printed where the form means that signer, good for one text."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from generator.cli import planscribe
from generator.errors import SignatureNotPossible
from generator.exchange.plan_file import write_plan
from generator.library import Form
from generator.make import Options, make_document
from generator.plan import Plan
from generator.plan.people import Signature
from generator.plan.signed_text import fingerprint_of, is_of_now
from generator.read_file import read_document
from generator.rules import Context, check
from generator.sign_document import marks_of
from generator.signing.caption import caption_for, for_earlier_text, read_caption, with_signing
from generator.signing.ink import HEIGHT, WIDTH, ink_as_png, ink_as_text, ink_from_text, read_ink
from generator.signing.mark import Mark, roles_in, whose
from generator.signing.record import Method, SignatureRecord, read_record, record
from generator.worker import call

WAVE = [[[20, 150], [60, 40], [120, 160], [200, 40], [300, 140], [420, 60]]]
NOW = datetime(2026, 11, 3, 16, 0, tzinfo=UTC)


def signed(plan: Plan, *methods: Method) -> tuple[SignatureRecord, ...]:
    """The plan's first lines signed, each in its way; the plan says so too."""
    out = []
    for entry, method in zip(plan.signatures, methods, strict=False):
        reason = "" if method in (Method.DRAWN, Method.TYPED) else "on leave"
        given = record(
            entry.role, entry.name, method, "America/Chicago", now=NOW, credential=entry.credential or "", reason=reason,
            of_text=fingerprint_of(plan) if not reason else "", ink=read_ink(WAVE) if method is Method.DRAWN else (),
        )  # fmt: skip
        out.append(given)
        for key in ("signed_on", "method", "reason_missing", "of_text"):
            entry.put(key, getattr(given.as_plan(), key))
    return tuple(out)


def plan_of(*people: tuple[str, str]) -> Plan:
    data = {"plan": {"plan_date": "2026-11-01"}, "patient": {"name": {"first": "Ann", "last": "Example"}}}
    data["signatures"] = [{"role": role, "name": name} for role, name in people]
    return Plan.model_validate(data)


# the strokes


@given(
    st.lists(st.lists(st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)), min_size=1, max_size=30), max_size=8)
)
@settings(max_examples=60, deadline=None)
def test_any_strokes_in_the_box_come_back_the_same_and_make_a_picture(strokes):
    try:
        ink = read_ink([[list(point) for point in stroke] for stroke in strokes])
    except SignatureNotPossible:
        return
    assert ink_from_text(ink_as_text(ink)) == ink
    picture = Image.open(io.BytesIO(ink_as_png(ink)))
    assert picture.format == "PNG" and picture.getchannel("A").getextrema()[1] == 255


@pytest.mark.parametrize(
    "given",
    [
        None, "M 0 0", 7, {}, [], [[]], [[[1, 2]]], [[[1, 2], [3, 4]]], [["ab"]], [[[1, 2, 3], [200, 3, 4]]],
        [[[-1, 0], [300, 0]]], [[[0, 0], [WIDTH + 1, 0]]], [[[0, 0], [0, HEIGHT + 1]]], [[[0, 0], ["300", 0]]],
        [[[0, 0], [float("nan"), 0]]], [[[0, 0], [float("inf"), 0]]], [[[0, 0], [True, 200]]], [[[0, 0], [None, 200]]],
        [[[i % WIDTH, 0] for i in range(6001)]], [[] for _ in range(3)], [[[0, 0], [300, 0]], 5],
    ],
)  # fmt: skip
def test_what_is_no_drawing_or_too_much_or_too_little_is_refused(given):
    with pytest.raises(SignatureNotPossible):
        read_ink(given)


# whose place is whose


@pytest.mark.parametrize(
    ("label", "roles"),
    [
        ("Client Signature", ("patient",)),
        ("Firma del paciente", ("patient",)),
        ("Signature of Parent/Guardian", ("guardian",)),
        ("Client's legal guardian", ("guardian",)),
        ("Parent or guardian of client", ("guardian",)),
        ("Client or guardian signature", ("patient", "guardian")),
        ("Therapist signature and credential", ("clinician",)),
        ("Clinical Supervisor", ("supervisor",)),
        ("Firma del testigo", ("witness",)),
        ("Firma del terapeuta", ("clinician",)),
        ("Interpreter", ("interpreter",)),
        ("Médico", ("physician",)),
        ("Signature", ()),
        ("Clientele", ()),
    ],
)
def test_a_label_names_who_signs_there(label, roles):
    assert roles_in(label) == roles


def test_a_place_for_two_takes_who_has_no_place_of_their_own_and_one_that_names_nobody_stays_empty():
    client, parent = (Mark(i, role, role, "") for i, role in enumerate(("patient", "guardian")))
    assert whose(["Client or guardian", "Client", "Signature"], [client, parent]) == {1: client, 0: parent}
    assert whose(["Client or guardian"], [parent]) == {0: parent}
    assert whose(["Signature", "Witness"], [client]) == {}


# on paper


@pytest.mark.parametrize("form", ["one-page-plan", "one-page-plan-pdf", "treatment-contract", "treatment-contract-pdf"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_our_own_forms_print_every_mark_and_the_proof_sees_it(form, language):
    plan = Plan.model_validate(find_example())
    given_ = signed(plan, Method.DRAWN, Method.TYPED, Method.DECLINED)
    made = make_document(plan, form, Options(language=language, signatures=given_))
    assert not made.proof.faults
    assert not [one for one in made.findings if one.rule in ("signature-without-place", "signature-for-earlier-text")]
    text = squeezed(text_of(made.data))
    for one in given_:
        assert squeezed(one.caption_in(language)) in text
    assert pictures_in(made.data) == 1
    assert "signatures[0].of_text" not in made.unplaced


def test_a_signature_for_an_earlier_text_prints_words_and_no_hand_and_is_a_finding():
    plan = Plan.model_validate(find_example())
    given_ = signed(plan, Method.DRAWN)
    assert not earlier(plan)
    plan.participation.put("copy_given_on", "2026-11-04")  # what comes after signing changes nothing
    assert not earlier(plan)
    plan.problems[0].put("title", "Another problem altogether.")
    assert [one.where for one in earlier(plan)] == ["signatures[0].signed_on"]
    for form in ("one-page-plan", "one-page-plan-pdf"):
        made = make_document(plan, form, Options(signatures=given_))
        assert "Foranearliertextofthisplan:Signed(drawn)" in squeezed(text_of(made.data))
        assert pictures_in(made.data) == 0


def test_a_line_that_was_changed_after_signing_takes_no_hand():
    for key, value in (("name", "Somebody Else"), ("role", "guardian"), ("signed_on", "2026-11-02"), ("of_text", "x")):
        plan = Plan.model_validate(find_example())
        given_ = signed(plan, Method.DRAWN)
        plan.signatures[0].put(key, value)
        assert marks_of(plan, given_, "en") == ()


def test_the_fingerprint_is_salted_kept_by_the_next_signer_and_the_same_after_a_file():
    plan = plan_of(("patient", "Ann Example"), ("clinician", "T. Therapist"))
    first = fingerprint_of(plan)
    assert first != fingerprint_of(plan) and is_of_now(plan, first)
    plan.signatures[0].put("of_text", first)
    assert fingerprint_of(plan) == first
    again = Plan.model_validate(plan.as_data())
    assert is_of_now(again, first)
    again.patient.put("phone", "")
    assert is_of_now(again, first)
    for bad in ("", "x", first[:-1], first.upper(), first[17:], f"{first}0"):
        assert not is_of_now(plan, bad)


def test_a_record_keeps_its_strokes_and_its_text():
    given_ = record("patient", "Ann", Method.DRAWN, "UTC", now=NOW, ink=read_ink(WAVE), of_text="f")
    assert read_record(given_.as_bytes()) == given_ and given_.is_of(given_.as_plan())
    with pytest.raises(SignatureNotPossible):
        record("patient", "Ann", Method.DRAWN, "UTC", now=NOW)


# forms of others


def test_lines_and_fields_of_a_foreign_pdf_take_the_marks_of_those_they_name():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    canvas.drawString(50, 700, "Counselor signature: ______________________________")
    canvas.drawString(50, 600, "Client signature: ______________________________")
    canvas.drawString(50, 500, "Signature: ______________________________")
    canvas.save()
    marks = [
        Mark(0, "patient", "Ann", "Signed (drawn) by Ann", image=ink_as_png(read_ink(WAVE))),
        Mark(1, "clinician", "T. Therapist", "Signed (typed) by T. Therapist", typed="T. Therapist"),
        Mark(2, "witness", "W", "Signed by W", typed="W"),
    ]
    put = call("sign-pdf", out.getvalue(), marks, {}, {})
    assert sorted(put.placed) == [0, 1]
    where = {}

    def visit(text, matrix, inner, *_):
        for word in ("by Ann", "by T. Therapist"):
            if word in text:
                where[word] = inner[5] or matrix[5]

    page = pypdf.PdfReader(io.BytesIO(put.data)).pages[0]
    page.extract_text(visitor_text=visit)
    text = page.extract_text()
    assert "Signed (drawn) by Ann" in text and "Signed (typed) by T. Therapist" in text and "by W" not in text
    assert where["by T. Therapist"] > 690 > where["by Ann"] > 590


def test_a_word_form_without_tags_takes_the_marks_on_its_lines_and_says_who_has_none(tmp_path: Path):
    form = docx.Document()
    form.add_paragraph("Name: ____________________")
    form.add_paragraph("Client Signature: ______________________  Date: __________")
    form.add_paragraph("Therapist Signature: ______________________  Date: __________")
    path = tmp_path / "agency.docx"
    form.save(path)
    plan = plan_of(("patient", "Ann Example"), ("clinician", "T. Therapist"), ("witness", "W. Witness"))
    given_ = signed(plan, Method.DRAWN, Method.TYPED, Method.TYPED)
    own = Form(id="agency", title="Agency", kind="word-plain", path=path, map={"schema": "field-map/1", "fields": {}})
    made = make_document(plan, own, Options(signatures=given_))
    paragraphs = [one.text for one in docx.Document(io.BytesIO(made.data)).paragraphs]
    client, therapist = paragraphs[1], paragraphs[2]
    assert "Signed (drawn) by Ann Example, 2026-11-03 10:00 UTC-06:00" in client and "Date" in client
    assert "T. Therapist Signed (typed) by T. Therapist" in therapist
    assert pictures_in(made.data) == 1 and not made.proof.faults
    said = [one for one in map(read_caption, call("signing-captions", made.data)) if one is not None]
    assert [(one.method, one.who) for one in said] == [("drawn", "Ann Example"), ("typed", "T. Therapist")]
    (left,) = [one for one in made.findings if one.rule == "signature-without-place"]
    assert left.where == "signatures[2]" and "witness" in left.message and "W. Witness" not in left.message


# read back


@pytest.mark.parametrize("form", ["individualized-plan", "one-page-plan-pdf", "treatment-contract-pdf"])
@pytest.mark.parametrize(("language", "flatten"), [("en", False), ("es", True)])
def test_how_each_signed_or_why_not_comes_back_from_the_document(form, language, flatten):
    plan = Plan.model_validate(find_example())
    given_ = signed(plan, Method.DRAWN, Method.TYPED, Method.UNABLE)
    made = make_document(
        plan,
        form,
        Options(language=language, signatures=given_, readable=True, flatten=flatten and form.endswith("pdf")),
    )
    again = read_document(made.data)
    assert [said_of(one) for one in again.plan.signatures] == [said_of(one) for one in plan.signatures]
    assert not [one for one in again.unread if "signature" in one.slot]


def test_a_signature_for_an_earlier_text_comes_back_and_is_told():
    plan = Plan.model_validate(find_example())
    given_ = signed(plan, Method.DRAWN)
    plan.problems[0].put("title", "Another problem altogether.")
    made = make_document(plan, "one-page-plan-pdf", Options(signatures=given_))
    again = read_document(made.data)
    assert again.plan.signatures[0].method == "drawn"
    assert "signatures[0]: this signature was for an earlier text of the plan" in again.open


def test_a_goal_that_reads_like_a_signature_is_none():
    plan = Plan.model_validate(find_example())
    words = "Signed (typed) by Darnell Whitcombe, 2026-11-03"
    plan.problems[0].goals[0].put("statement", words)
    plan.signatures[0].put("method", "ink")
    for form in ("one-page-plan-pdf", "individualized-plan"):
        again = read_document(make_document(plan, form, Options(readable=True)).data).plan
        assert again.problems[0].goals[0].statement == words
        assert again.signatures[0].method == "ink"


@given(
    method=st.sampled_from(["drawn", "typed", "ink", "declined", "unable"]),
    name=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20),
    reason=st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60),
    day=st.dates(),
    language=st.sampled_from(["en", "es"]),
    is_earlier=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_every_line_is_read_back_as_it_was_written(method, name, reason, day, language, is_earlier):
    reason = " ".join(reason.split()) or "x"
    when = f"{day.isoformat()} 10:00 UTC-06:00"
    words = caption_for(method, name, when, language, reason)
    found = read_caption(for_earlier_text(words, language) if is_earlier else words)
    assert found is not None
    assert (found.method, found.day, found.is_earlier) == (method, day, is_earlier)
    if method in ("declined", "unable"):
        assert f"{found.reason} ({found.who}" == f"{reason} ({name}"
    else:
        assert (found.who, found.reason) == (name, "")


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_other_text_is_no_line_and_raises_nothing(text):
    assert read_caption(text) is None
    assert read_caption(f"Signed ({text}) by {text}") is None


def test_a_line_of_nobody_on_the_form_is_an_entry_of_its_own_and_two_of_one_name_are_two():
    twice = [Signature.model_validate({"name": "Ann", "role": role}) for role in ("patient", "guardian")]
    lines = [read_caption(f"Signed ({how}) by Ann, 2026-11-03") for how in ("drawn", "typed")]
    found, _ = with_signing(twice, [*lines, read_caption("Signed (ink) by Bo, MD, 2026-11-04")])
    assert [(one.name, one.role, one.method) for one in found] == [
        ("Ann", "patient", "drawn"), ("Ann", "guardian", "typed"), ("Bo", None, "ink"),
    ]  # fmt: skip
    assert found[2].credential == "MD" and twice[0].method is None


# by the command, which has the plan alone


@pytest.mark.parametrize("form", ["one-page-plan", "one-page-plan-pdf"])
def test_the_command_prints_what_the_plan_says_of_signing_and_draws_nobodys_hand(form, tmp_path):
    plan = Plan.model_validate(find_example())
    signed(plan, Method.DRAWN, Method.TYPED)
    text = filled_by_command(plan, form, tmp_path)
    first, second = (f"{one.name}, {one.credential}" if one.credential else one.name for one in plan.signatures[:2])
    assert squeezed(f"Signed (drawn) by {first}, 2026-11-03") in text
    assert squeezed(f"{plan.signatures[1].name}Signed (typed) by {second}, 2026-11-03") in text
    assert pictures_in(next(tmp_path.glob(f"{form}.*")).read_bytes()) == 0

    plan.problems[0].put("title", "Another problem altogether.")
    text = filled_by_command(plan, form, tmp_path)
    assert squeezed(f"For an earlier text of this plan: Signed (typed) by {second}") in text
    assert squeezed(f"{plan.signatures[1].name}Signed") not in text


def test_the_page_prints_no_mark_that_it_has_no_record_of():
    plan = Plan.model_validate(find_example())
    signed(plan, Method.DRAWN, Method.TYPED)
    assert "Signed(typed)by" not in squeezed(text_of(make_document(plan, "one-page-plan", Options()).data))


# helpers


def find_example() -> dict[str, object]:
    import yaml

    import generator

    return yaml.safe_load((Path(generator.__file__).parent / "data" / "example_plan.yaml").read_text(encoding="utf-8"))


def earlier(plan: Plan) -> list[object]:
    found = check(plan, Context(datetime(2026, 11, 4).date(), "en"))
    return [one for one in found if one.rule == "signature-for-earlier-text"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return "".join(one.text or "" for one in root.iter() if one.tag.endswith("}t"))


def pictures_in(data: bytes) -> int:
    """How many pictures of signatures a document shows."""
    if data.startswith(b"%PDF"):
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as pdf:
            return sum(
                one.get("/Subtype") == "/Image" and "/SMask" in one
                for one in pdf.objects
                if isinstance(one, pikepdf.Stream)
            )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").count(b'descr="Signed (drawn)') + package.read(
            "word/document.xml"
        ).count(b'descr="Firmado (en pantalla)')


def said_of(one: Signature) -> tuple[object, ...]:
    return one.role, one.name, one.method, one.reason_missing, one.signed_on


def filled_by_command(plan: Plan, form: str, folder: Path) -> str:
    """The text of a form that the command filled."""
    write_plan(plan, folder / "plan.yaml")
    done = CliRunner().invoke(planscribe, ["fill", str(folder / "plan.yaml"), form, "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return squeezed(text_of(next(folder.glob(f"{form}.*")).read_bytes()))
