"""The plan itself inside a finished PDF: off unless asked for, told, locked or open, and read by another reader too."""

import io
import json
import sys
from pathlib import Path

import pikepdf
import pypdf
import pytest

from generator import library
from generator.blanks.pdf_carried import carried, carry
from generator.blanks.tasks import inspect
from generator.cli import main
from generator.errors import FileTooLarge, GeneratorError, PassphraseWrong, PlanNotReadable
from generator.exchange.plan_carried import plan_carried, plan_to_carry
from generator.exchange.plan_file import read_plan
from generator.make_pdf import fill_pdf_fields
from tests.making import Form

PLAN = Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml"
PASSPHRASE = "seven grey herons waiting"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process: exit code, what it printed, what it said on the error stream."""

    def _run(*args: object, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planscribe", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return _run


def attached(pdf: bytes) -> dict[str, bytes]:
    """What pypdf finds attached."""
    return {name: files[0] for name, files in pypdf.PdfReader(io.BytesIO(pdf)).attachments.items()}


def a_form() -> bytes:
    form = Form()
    form.text("name", (50, 700, 300, 720))
    return form.bytes()


def test_a_pdf_carries_no_plan_unless_it_is_asked_to(run, tmp_path):
    code, _, _ = run("fill", PLAN, "one-page-plan-pdf", "-o", tmp_path)
    assert code == 0
    assert not attached((tmp_path / "one-page-plan-pdf.pdf").read_bytes()).keys() & {
        "planscribe-plan.json",
        "planscribe-plan.locked",
    }
    code, _, err = run("read", tmp_path / "one-page-plan-pdf.pdf", "--carried", "-o", tmp_path / "back.yaml")
    assert (code, "carries no plan" in err) == (2, True)
    assert not (tmp_path / "back.yaml").exists()


@pytest.mark.parametrize("how", [(), ("--flatten",)], ids=["fillable", "flattened"])
def test_an_open_plan_comes_back_equal_and_another_reader_finds_it_too(run, tmp_path, how):
    code, out, _ = run("fill", PLAN, "one-page-plan-pdf", "--carry-plan", "open", *how, "-o", tmp_path)
    assert (code, "anyone who has the file" in out) == (0, True)
    made = (tmp_path / "one-page-plan-pdf.pdf").read_bytes()
    assert (
        json.loads(attached(made)["planscribe-plan.json"])["patient"]
        == json.loads(plan_to_carry(read_plan(PLAN)))["patient"]
    )
    with pikepdf.open(io.BytesIO(made)) as pdf:  # ISO 32000-2, 14.13: listed in the catalog, with its relationship
        assert [(str(one.UF), str(one.AFRelationship)) for one in pdf.Root.AF] == [("planscribe-plan.json", "/Source")]
    code, _, _ = run("read", tmp_path / "one-page-plan-pdf.pdf", "--carried", "-o", tmp_path / "back.yaml")
    assert (code, read_plan(tmp_path / "back.yaml")) == (0, read_plan(PLAN))


def test_a_locked_plan_shows_nothing_of_itself_and_opens_with_its_passphrase_alone(run, tmp_path):
    code, out, _ = run(
        "fill", PLAN, "one-page-plan-pdf", "--carry-plan", "locked", "-o", tmp_path, typed=f"{PASSPHRASE}\n"
    )
    assert (code, "whoever has the passphrase" in out, PASSPHRASE in out) == (0, True, False)
    filled = tmp_path / "one-page-plan-pdf.pdf"
    inside = attached(filled.read_bytes())
    assert list(inside) == ["planscribe-plan.locked"]
    assert (read_plan(PLAN).patient.name.last or "").encode() not in inside["planscribe-plan.locked"]
    code, _, err = run("read", filled, "--carried", "-o", tmp_path / "back.yaml", typed="another long passphrase\n")
    assert (code, "does not open" in err, (tmp_path / "back.yaml").exists()) == (2, True, False)
    code, _, _ = run("read", filled, "--carried", "-o", tmp_path / "back.yaml", typed=f"{PASSPHRASE}\n")
    assert (code, read_plan(tmp_path / "back.yaml")) == (0, read_plan(PLAN))


def test_a_plan_that_was_changed_or_cut_in_the_lock_is_not_opened():
    locked = plan_to_carry(read_plan(PLAN), PASSPHRASE)
    for bad in (
        locked[:-1],
        locked[:40],
        b"",
        b"x" + locked[1:],
        locked[:20] + b"\0" + locked[21:],
        locked[:-20] + bytes(20),
    ):
        with pytest.raises(PassphraseWrong):
            plan_carried(bad, PASSPHRASE, is_locked=True)


def test_a_passphrase_that_anybody_guesses_is_refused():
    with pytest.raises(PassphraseWrong):
        plan_to_carry(read_plan(PLAN), "secret")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[]", b"{", b"plain words", b" " * 21_000_000])
def test_what_is_no_plan_is_told_in_a_sentence(data):
    with pytest.raises((PlanNotReadable, FileTooLarge)):
        plan_carried(data, is_locked=False)


def test_a_form_that_carried_a_plan_loses_it_when_it_is_filled_for_somebody_else():
    # Trap: last year's document taken as the empty form; the plan of another patient would go out with it.
    old = carry(a_form(), b'{"patient": "somebody else"}', False)
    filled, _ = fill_pdf_fields(old, {"name": "Ann"})
    assert (carried(filled).data, b"somebody else" in b"".join(attached(filled).values())) == (b"", False)
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert not any(b"somebody else" in one for one in streams)


def test_a_second_plan_takes_the_place_of_the_first_and_its_fields_stay():
    once = carry(a_form(), b"first", False)
    twice = carry(once, b"second", True)
    assert (carried(twice).data, carried(twice).is_locked, list(attached(twice))) == (
        b"second",
        True,
        ["planscribe-plan.locked"],
    )
    with pikepdf.open(io.BytesIO(twice)) as pdf:
        assert len(pdf.Root.AF) == 1
    assert [slot.id for slot in inspect(twice).slots] == ["name"]


def test_the_proof_stands_for_what_carries_the_plan(run, tmp_path):
    code, out, _ = run("fill", PLAN, "plan-review-pdf", "--carry-plan", "open", "-o", tmp_path, "--json")
    assert code == 0
    said = json.loads(out)
    assert said["carries_plan"] == "open"
    fields = pypdf.PdfReader(tmp_path / "plan-review-pdf.pdf").get_form_text_fields(full_qualified_name=True)
    for slot in said["documents"][0]["slots"]:
        if slot["status"] == "filled" and slot["id"] in fields:
            assert fields[slot["id"]] == slot["value"]


def test_a_word_document_without_a_pdf_is_told_before_anything_is_written(run, tmp_path):
    code, _, err = run("fill", PLAN, "one-page-plan", "--carry-plan", "open", "-o", tmp_path / "out")
    assert (code, "--pdf" in err) == (2, True)
    assert not list((tmp_path / "out").glob("*.docx"))


def test_a_damaged_pdf_that_says_it_carries_a_plan_raises_one_of_our_errors():
    whole = carry(a_form(), b"x" * 300, False)
    for cut in (len(whole) // 3, len(whole) // 2, 40):
        try:
            found = carried(whole[:cut]).data
        except GeneratorError:
            continue
        assert found in (b"", b"x" * 300)


def test_the_form_that_carries_a_field_map_keeps_it():
    own = library.find("one-page-plan-pdf").read()
    assert set(attached(carry(own, b"plan", False))) >= set(attached(own))
