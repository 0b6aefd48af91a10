"""A signature's date is the signer's own; its mark lands on the line; a seal shows every later change."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from generator.errors import GeneratorError, SignatureNotPossible
from generator.signing.places import SignaturePlace
from generator.signing.record import Method, read_record, record
from generator.signing.seal import check_seals, new_seal_key, read_seal_key, seal
from generator.worker import call
from tests.making import Form

CAPTION = "Signed (typed) by Ann Example, 2026-11-03 10:00 UTC-05:00"


@pytest.mark.parametrize(
    ("instant", "zone", "day", "offset"),
    [
        ("2026-11-03T07:59:59+00:00", "America/Los_Angeles", "2026-11-02", "-08:00"),
        ("2026-11-03T08:00:00+00:00", "America/Los_Angeles", "2026-11-03", "-08:00"),
        ("2026-12-31T09:59:59+00:00", "Pacific/Kiritimati", "2026-12-31", "+14:00"),
        ("2026-12-31T10:00:00+00:00", "Pacific/Kiritimati", "2027-01-01", "+14:00"),
        ("2026-11-01T03:59:00+00:00", "America/New_York", "2026-10-31", "-04:00"),  # the night the clock goes back
        ("2026-11-01T05:30:00+00:00", "America/New_York", "2026-11-01", "-04:00"),  # 01:30, the first time
        ("2026-11-01T06:30:00+00:00", "America/New_York", "2026-11-01", "-05:00"),  # 01:30, the second time
        ("2026-11-02T04:59:00+00:00", "America/New_York", "2026-11-01", "-05:00"),
        ("2026-03-08T07:00:00+00:00", "America/New_York", "2026-03-08", "-04:00"),  # 02:00 is 03:00
        ("2026-07-01T18:29:00+00:00", "Asia/Kolkata", "2026-07-01", "+05:30"),
        ("2026-07-01T18:30:00+00:00", "Asia/Kolkata", "2026-07-02", "+05:30"),
        ("2026-07-01T23:59:59+00:00", "UTC", "2026-07-01", "+00:00"),
    ],
)
def test_the_date_beside_a_signature_is_the_signers_local_date(instant, zone, day, offset):
    signed = record("patient", "Ann Example", Method.TYPED, zone, now=datetime.fromisoformat(instant))
    assert signed.signed_on == date.fromisoformat(day)
    assert f"UTC{offset}" in signed.caption and day in signed.caption
    assert read_record(signed.as_bytes()) == signed
    assert signed.as_plan().signed_on == date.fromisoformat(day)


def test_the_servers_own_zone_changes_nothing(monkeypatch):
    import time

    instant = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    days = set()
    for server in ("UTC", "Asia/Tokyo", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", server)
        time.tzset()
        days.add(record("patient", "Ann", Method.TYPED, "America/Chicago", now=instant).signed_on)
    monkeypatch.undo()
    time.tzset()
    assert days == {date(2026, 11, 3)}


@pytest.mark.parametrize("method", [Method.DECLINED, Method.UNABLE])
def test_who_does_not_sign_says_why_and_has_no_date(method):
    with pytest.raises(SignatureNotPossible):
        record("patient", "Ann", method, "UTC", reason="  ")
    entry = record("patient", "Ann", method, "UTC", reason="wants to read it at home").as_plan()
    assert (
        entry.signed_on is None and entry.reason_missing == "wants to read it at home" and entry.method == str(method)
    )


def test_a_signature_without_a_name_a_zone_or_an_offset_is_refused():
    for name, zone, now in ((" ", "UTC", None), ("Ann", "", None), ("Ann", "Mars/Base", None), ("Ann", "../etc", None),
                            ("Ann", "UTC", datetime(2026, 1, 1))):  # fmt: skip
        with pytest.raises(SignatureNotPossible):
            record("patient", name, Method.TYPED, zone, now=now)


def drawing() -> bytes:
    picture = Image.new("RGB", (400, 160), "white")
    ImageDraw.Draw(picture).line([(20, 120), (120, 30), (200, 130), (380, 40)], fill="black", width=9)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def paper() -> bytes:
    """Labels beside a typed rule, above, and below a drawn one; and words that only look like places."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 700, "Patient signature: ______________________________")
    canvas.drawString(350, 700, "Date: ______________")
    canvas.line(50, 600, 300, 600)
    canvas.drawString(50, 589, "Therapist signature and credential")
    canvas.line(330, 600, 430, 600)
    canvas.drawString(330, 589, "Date of signature")
    canvas.drawString(50, 500, "A signature on this plan means that you took part in making it and got a copy of it.")
    canvas.drawString(50, 450, "Firma del tutor")
    canvas.line(130, 449, 400, 449)
    canvas.save()
    return out.getvalue()


def test_places_for_signatures_are_found_and_nothing_that_only_speaks_of_them():
    places = call("find-signature-places", paper())
    assert [place.label for place in places] == [
        "Patient signature",
        "Therapist signature and credential",
        "Firma del tutor",
    ]
    assert all(place.rect[3] - place.rect[1] >= 20 and place.rect[2] - place.rect[0] >= 100 for place in places)
    assert abs(places[1].rect[1] - 600) < 3 and places[0].rect[0] > 120


def ink_in(pdf, rect):
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=2).to_pil().convert("L")
    height = page.get_height()
    box = (int(rect[0] * 2), int((height - rect[3]) * 2), int(rect[2] * 2), int((height - rect[1]) * 2))
    return sum(picture.crop(box).histogram()[:100]) / 4


def test_a_drawn_signature_stands_on_its_line_and_nowhere_else():
    place = call("find-signature-places", paper())[1]
    signed = call("place-signature", paper(), place, drawing(), "", CAPTION)
    assert ink_in(signed, place.rect) > ink_in(paper(), place.rect) + 50
    assert CAPTION in pypdf.PdfReader(io.BytesIO(signed)).pages[0].extract_text()
    outside = (place.rect[0], place.rect[3] + 2, place.rect[2], place.rect[3] + 90)
    assert ink_in(signed, outside) == ink_in(paper(), outside)


def test_a_typed_signature_in_any_alphabet_is_text_that_can_be_read_back():
    place = call("find-signature-places", paper())[0]
    signed = call("place-signature", paper(), place, b"", "Zoë Żółć Анна", CAPTION)
    assert "Zoë Żółć Анна" in pypdf.PdfReader(io.BytesIO(signed)).pages[0].extract_text()


def test_a_declined_signature_is_said_in_its_place():
    place = call("find-signature-places", paper())[0]
    words = record("patient", "Ann", Method.DECLINED, "UTC", reason="not ready").caption
    signed = call("place-signature", paper(), place, b"", "", words)
    assert "Declined to sign: not ready" in pypdf.PdfReader(io.BytesIO(signed)).pages[0].extract_text()


def test_a_signature_field_is_a_place_and_goes_out_of_the_form():
    form = Form()
    form.text("client_signature", rect=(50, 600, 300, 626))
    form.text("client_signature_date", rect=(350, 600, 450, 626))
    form.text("printedNameOfSigner", rect=(350, 500, 450, 526))
    form.widget("seal", pikepdf.Name.Sig, (50, 400, 300, 440))
    places = call("find-signature-places", form.bytes())
    assert [place.field for place in places] == ["client_signature", "seal"]
    signed = call("place-signature", form.bytes(), places[0], drawing(), "", CAPTION)
    assert sorted(pypdf.PdfReader(io.BytesIO(signed)).get_fields()) == [
        "client_signature_date",
        "printedNameOfSigner",
        "seal",
    ]
    assert ink_in(signed, places[0].rect) > 50


def test_a_picture_that_is_none_or_empty_or_a_place_that_is_none_is_refused():
    place = call("find-signature-places", paper())[0]
    empty = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(empty, "PNG")
    for picture in (b"%!PS-Adobe", b"\x89PNG\r\n\x1a\n", empty.getvalue(), b"GIF89a" + bytes(20)):
        with pytest.raises(SignatureNotPossible):
            call("place-signature", paper(), place, picture, "", CAPTION)
    for bad in (SignaturePlace(7, (0, 0, 100, 30), ""), SignaturePlace(0, (0, 0, 5, 5), "")):
        with pytest.raises(SignatureNotPossible):
            call("place-signature", paper(), bad, drawing(), "", CAPTION)


# the seal


@pytest.fixture(scope="module")
def key():
    return read_seal_key(new_seal_key("North Quay Counseling"))


@pytest.fixture(scope="module")
def sealed(key):
    return seal(paper(), key)


def test_a_sealed_file_is_intact_and_begins_with_the_file_that_was_sealed(sealed, key):
    (found,) = check_seals(sealed)
    assert found.is_intact and found.covers_all and not found.changed_after
    assert found.certificate == key.fingerprint and found.signer == "North Quay Counseling"
    assert sealed.startswith(paper())


def test_any_byte_changed_in_the_sealed_part_is_found(sealed):
    (mark,) = [i for i in range(len(sealed)) if sealed.startswith(b"/Contents <", i)]
    missed = []
    for place in [*range(20, len(paper()), 97), mark - 40, len(sealed) - 30]:
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        try:
            found = check_seals(changed)
        except GeneratorError:
            continue
        if found and found[0].is_intact and found[0].covers_all:
            missed.append(place)
    assert missed == []


def test_an_edit_appended_after_the_seal_is_told_from_one_before(sealed):
    out = io.BytesIO()
    writer = pypdf.PdfWriter(io.BytesIO(sealed), incremental=True)
    writer.pages[0][pypdf.generic.NameObject("/Rotate")] = pypdf.generic.NumberObject(90)
    writer.write(out)
    assert out.getvalue().startswith(sealed)
    (found,) = check_seals(out.getvalue())
    assert not found.covers_all and (found.changed_after or not found.is_intact)


def test_a_second_seal_keeps_the_first(sealed):
    other = read_seal_key(new_seal_key("Supervisor"))
    first, second = check_seals(seal(sealed, other))
    assert first.is_intact and not first.changed_after and not first.covers_all
    assert second.is_intact and second.covers_all and second.certificate == other.fingerprint


def test_a_file_without_a_seal_has_none_and_what_is_no_pdf_is_told_so(key):
    assert check_seals(paper()) == ()
    for bad in (b"", b"%PDF-1.7\n", b"PK\x03\x04 a zip", os.urandom(3000), paper()[:400]):
        with pytest.raises(GeneratorError):
            check_seals(bad)
        with pytest.raises(GeneratorError):
            seal(bad, key)


def test_poppler_finds_the_seal_good(sealed, tmp_path):
    import shutil

    if shutil.which("pdfsig") is None:
        pytest.skip("needs Poppler")
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "sealed.pdf")], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in said.stdout and "Total document signed" in said.stdout


def test_the_commands_seal_a_file_and_tell_a_changed_one(tmp_path):
    environment = {
        **os.environ,
        "PLANSCRIBE_HOME": str(tmp_path / "store"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    def planscribe(*arguments, typed="seven quiet herons wade\n"):
        return subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )

    (tmp_path / "plan.pdf").write_bytes(paper())
    assert planscribe("vault", "init").returncode == 0
    assert planscribe("seal", str(tmp_path / "plan.pdf"), typed="not the passphrase\n").returncode == 2
    assert planscribe("seal", str(tmp_path / "plan.pdf")).returncode == 0
    good = planscribe("verify", str(tmp_path / "plan-sealed.pdf"), "--json")
    assert good.returncode == 0 and json.loads(good.stdout)["seals"][0]["ours"] is True
    (tmp_path / "changed.pdf").write_bytes(
        (tmp_path / "plan-sealed.pdf").read_bytes().replace(b"0 0 612 792", b"0 0 612 791")
    )
    assert planscribe("verify", str(tmp_path / "changed.pdf")).returncode == 1
    assert planscribe("verify", str(tmp_path / "plan.pdf")).returncode == 1
    assert planscribe("verify", str(tmp_path / "no.pdf")).returncode == 2
    audit = json.loads(planscribe("audit", "list", "--json").stdout)
    assert "seal" in [entry["action"] for entry in audit["entries"]]
