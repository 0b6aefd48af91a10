"""Own forms: added with a confirmed map, found by their content, removed and put back, and their new editions."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator import library, own_forms
from generator.blank_file import inspect
from generator.cli import planscribe
from generator.cli.forms import _ask
from generator.errors import BlankNotReadable, FormUnknown, MapNotValid
from generator.fill_files import fill_files
from generator.make import Options
from generator.mapping.editions import carry
from generator.mapping.suggest import suggest
from generator.own_forms import About
from generator.slots import Near, Slot
from tests.making import Form

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "02_major_depression.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANSCRIBE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def intake(*names: str) -> bytes:
    form = Form()
    for n, name in enumerate(names or ("Client Name", "Date of Birth", "Consumer key")):
        form.text(name, rect=(200, 700 - 30 * n, 400, 716 - 30 * n), TU=pikepdf.String(name))
    return form.bytes(deterministic_id=True)


def on_disk(tmp_path: Path, data: bytes, name: str = "intake.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_form_that_was_added_fills_by_its_id_and_is_known_again_by_its_content(tmp_path):
    path = on_disk(tmp_path, intake())
    own_forms.add_form(path, About(title="Our intake", source="made here", edition="rev. 1", by="R. O."))
    form = library.find("our-intake")
    assert (form.source, form.edition, form.confirmed_by, form.is_own) == ("made here", "rev. 1", "R. O.", True)
    elsewhere = on_disk(tmp_path, intake(), "copy under another name.pdf")
    made = fill_files(EXAMPLE, [str(elsewhere)], tmp_path / "out", map_file=None, options=Options())
    assert made.documents[0].form == "our-intake"
    assert {slot.id: slot.value for slot in made.documents[0].slots}["Client Name"] == "Maribeth Okonski"


def test_a_correction_becomes_the_agencys_own_word_for_the_next_form(tmp_path):
    path = on_disk(tmp_path, intake())
    own_forms.add_form(
        path, About(), fields={"Client Name": "patient.name.full", "Consumer key": "patient.record_number"}
    )
    assert library.aliases() == {"Consumer key": "patient.record_number"}
    other = on_disk(tmp_path, intake("Consumer key"), "other.pdf")
    added = own_forms.add_form(other, About())
    assert added.form.map == {"fields": {"Consumer key": "patient.record_number"}}


@pytest.mark.parametrize("data", [b"no form", b"%PDF-1.7 broken", Form().bytes()])
def test_a_file_that_is_refused_leaves_nothing(tmp_path, home, data):
    with pytest.raises(BlankNotReadable):
        own_forms.add_form(on_disk(tmp_path, data), About())
    assert not (home / "forms").exists() or list((home / "forms").iterdir()) == []


def test_a_map_of_another_form_is_refused_and_leaves_nothing(tmp_path, home):
    with pytest.raises(MapNotValid, match="does not have"):
        own_forms.add_form(on_disk(tmp_path, intake()), About(), fields={"Nobody": "patient.dob"})
    assert not (home / "forms").exists() or list((home / "forms").iterdir()) == []


def test_a_removed_form_can_be_put_back(tmp_path):
    own_forms.add_form(on_disk(tmp_path, intake()), About())
    own_forms.remove_form("intake")
    with pytest.raises(FormUnknown):
        library.find("intake")
    assert own_forms.restore_form("intake").id == "intake"


def test_shipped_forms_cannot_be_removed(tmp_path):
    with pytest.raises(FormUnknown, match="of your own"):
        own_forms.remove_form("one-page-plan")


def test_the_command_adds_lists_and_removes(tmp_path):
    path = on_disk(tmp_path, intake())
    run = CliRunner().invoke
    added = json.loads(run(planscribe, ["forms", "add", str(path), "--json"], catch_exceptions=False).output)
    assert added["id"] == "intake" and added["filled"] == 2
    listed = json.loads(run(planscribe, ["forms", "list", "--json"], catch_exceptions=False).output)
    assert [form["id"] for form in listed["forms"] if form["own"]] == ["intake"]
    assert "put it back" in run(planscribe, ["forms", "remove", "intake"], catch_exceptions=False).output.lower()


def test_each_guess_is_asked_for_and_what_is_sure_is_not():
    slots = [
        Slot("a", near=Near(left="Date of birth:")),
        Slot("b", near=Near(left="Cell phone")),
        Slot("c", near=Near(left="Telephone")),
    ]
    suggestions = [replace(one, confidence=0.6) if one.slot != "a" else one for one in suggest(slots)]
    with CliRunner().isolation(input="1\n0\n"):
        fields = _ask(suggestions)
    assert fields["a"] == "patient.dob | date"
    assert fields["b"] == suggestions[1].entry
    assert fields["c"] == {"empty": "left empty by the person who confirmed it"}


# ---------------------------------------------------------------- new editions

CAPTIONS = [
    "Client name", "Date of birth", "Address", "City", "State", "ZIP", "Phone", "Email", "Goal 1", "Goal 2", "Goal 3",
    "Objective 1.1", "Objective 1.2", "Target date", "Target date", "Target date", "Date", "Date", "Therapist", "Supervisor",
]  # fmt: skip


def edition(captions: list[str], names: list[str], start: int = 0) -> list[Slot]:
    return [
        Slot(
            name,
            page=(start + n) // 12,
            rect=(200, 700 - 40 * (n % 12), 400, 712 - 40 * (n % 12)),
            near=Near(left=caption),
        )
        for n, (caption, name) in enumerate(zip(captions, names, strict=True))
    ]


def names(count: int) -> list[str]:
    return [f"Text{n}" for n in range(count)]


def test_the_same_file_is_kept_whole():
    slots = edition(CAPTIONS, names(20))
    assert {one.fate for one in carry(slots, slots)} == {"kept"}


def test_fields_that_were_all_renamed_are_carried_by_their_captions():
    table = carry(edition(CAPTIONS, names(20)), edition(CAPTIONS, [f"fld_{n}" for n in range(20)]))
    assert [one.new for one in table] == [f"fld_{n}" for n in range(20)]


def test_names_that_were_dealt_out_anew_are_never_carried_by_name():
    old, new = edition(CAPTIONS, names(20)), edition(CAPTIONS[1:] + CAPTIONS[:1], names(20))
    captions = {slot.id: slot.near.left for slot in old}, {slot.id: slot.near.left for slot in new}
    for one in carry(old, new):
        if one.fate in ("kept", "moved"):
            assert captions[0][one.old] == captions[1][one.new]


def test_a_page_put_in_front_moves_everything_and_loses_nothing():
    table = carry(edition(CAPTIONS, names(20)), edition(CAPTIONS, names(20), start=12))
    assert {one.fate for one in table} == {"moved"}


@settings(max_examples=60, deadline=None)
@given(
    gone=st.sets(st.integers(0, 19), max_size=4),
    added=st.lists(
        st.tuples(st.integers(0, 19), st.sampled_from(["Date", "Fax", "Goal 4", "Pronouns", "Target date"])), max_size=4
    ),
    renamed=st.sets(st.integers(0, 19), max_size=20),
    swapped=st.booleans(),
)
def test_however_a_form_is_changed_nothing_is_silently_wrong(gone, added, renamed, swapped):
    kept = [n for n in range(20) if n not in gone]
    rows: list[tuple[str, str, int | None]] = [
        (CAPTIONS[n], f"new{n}" if n in renamed else f"Text{n}", n) for n in kept
    ]
    for place, caption in added:
        rows.insert(place, (caption, f"added{len(rows)}", None))
    if swapped and len(rows) > 4:
        rows[1], rows[3] = rows[3], rows[1]
    new = edition([row[0] for row in rows], [row[1] for row in rows])
    truth = {f"Text{row[2]}": row[1] for row in rows if row[2] is not None}
    ambiguous = {"Date", "Target date"}
    carried = {one.old: one.new for one in carry(edition(CAPTIONS, names(20)), new) if one.fate in ("kept", "moved")}
    for old, name in carried.items():
        if CAPTIONS[int(old[4:])] not in ambiguous or not (gone or added):
            assert truth.get(old) == name
    sure = [old for old in truth if CAPTIONS[int(old[4:])] not in ambiguous]
    assert sum(old in carried for old in sure) >= 0.95 * len(sure)


def test_a_new_edition_of_a_real_file_keeps_its_map_and_says_what_is_new(tmp_path):
    own_forms.add_form(on_disk(tmp_path, intake()), About(by="R. O."), fields={"Client Name": "patient.name.full"})
    second = on_disk(tmp_path, intake("Client Name", "Pronouns", "Date of Birth", "Consumer key"), "second.pdf")
    added = own_forms.add_edition("intake", second, About(edition="rev. 2"))
    assert [(one.fate, one.new) for one in added.table if one.fate == "new"] == [("new", "Pronouns")]
    assert added.form.map["fields"]["Client Name"] == "patient.name.full"  # type: ignore[index]
    assert added.form.edition == "rev. 2" and added.open == 1


@pytest.mark.slow
def test_real_forms_renamed_and_with_a_page_in_front_keep_their_maps(shared: Path):
    for path in sorted((shared / "mapping" / "forms").glob("*.pdf"))[:8]:
        data = path.read_bytes()
        old = inspect(data).slots
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.add_blank_page()
            pdf.pages.insert(0, pdf.pages[-1])
            del pdf.pages[-1]
            out = io.BytesIO()
            pdf.save(out)
        new = [
            replace(slot, id=f"x{n}") if n % 3 == 0 else slot for n, slot in enumerate(inspect(out.getvalue()).slots)
        ]
        truth = {slot.id: new[n].id for n, slot in enumerate(old)}
        carried = {one.old: one.new for one in carry(old, new) if one.fate in ("kept", "moved")}
        assert all(truth[name] == to for name, to in carried.items()), path.name


def test_a_form_is_shown_with_the_number_of_every_place_on_its_picture(tmp_path: Path):
    file = tmp_path / "intake.pdf"
    file.write_bytes(intake())
    told = CliRunner().invoke(planscribe, ["inspect", str(file), "-o", str(tmp_path / "intake.png")])
    assert told.exit_code == 0 and "   2   Date of Birth" in told.output and str(tmp_path / "intake.png") in told.output
    with Image.open(tmp_path / "intake.png") as picture:
        scale = picture.height / 792
        for n in range(3):
            box = (round(200 * scale) - 2, round((76 + 30 * n) * scale) - 2, round(400 * scale) + 2, round((92 + 30 * n) * scale) + 2)  # fmt: skip
            colours = picture.convert("RGB").crop(box).getcolors(1 << 16) or []
            assert sum(count for count, colour in colours if colour == (176, 0, 90)) > 400


def test_every_page_of_a_form_has_a_picture_of_its_own(tmp_path: Path):
    target = tmp_path / "plan.png"
    told = CliRunner().invoke(planscribe, ["forms", "show", "individualized-plan-pdf", "--json", "-o", str(target)])
    said = json.loads(told.output)
    assert said["pictures"] == [str(tmp_path / f"plan-{n}.png") for n in range(1, said["pages"] + 1)]
    assert all(Path(path).read_bytes().startswith(b"\x89PNG") for path in said["pictures"])


def test_without_a_name_for_it_no_picture_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(planscribe, ["forms", "show", "individualized-plan-pdf", "--json"])
    assert json.loads(told.output)["pictures"] == [] and list(tmp_path.iterdir()) == []
