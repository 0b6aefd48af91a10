"""Signing on the screen: drawn with the mouse, typed, or not at all; on the paper, in the trail, and no longer good after a
change."""

import io
import zipfile
from xml.etree import ElementTree

import pypdf
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator.store import Action, Vault
from tests.app.conftest import Server, enter, unlock
from tests.app.test_accessibility import RULES, TAGS
from tests.app.test_document_screen import choose
from tests.app.test_journey import download, fill, quiet, step
from tests.store.making import PASSPHRASE

PATIENT, CLINICIAN, SUPERVISOR = "Darnell Whitcombe", "Renata Oyelaran", "Philip Grange"
WAVE = [(0.1, 0.7), (0.2, 0.3), (0.3, 0.7), (0.45, 0.3), (0.6, 0.6), (0.85, 0.4)]

pytestmark = pytest.mark.slow  # a browser's long walk: part of the long proofs


def begin(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Sign on this screen: {name}").click()
    quiet(page)


def seen(page: Page, words: str) -> None:
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=60_000)


def draw(page: Page, points=WAVE) -> None:
    """With the mouse, from point to point; in parts of the box."""
    canvas = page.get_by_role("img", name="Box for the signature of")
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = canvas.bounding_box()
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for one in at[1:]:
        page.mouse.move(*one, steps=6)
    page.mouse.up()


def sign_by_hand(page: Page, name: str) -> None:
    begin(page, name)
    draw(page)
    step(page, f"Sign as {name}")
    seen(page, f"Signed (drawn) by {name}")


def made_form(page: Page, words: str, button: str) -> bytes:
    step(page, "6 Document")
    if words:
        option = page.get_by_role("option", name=words, exact=True)
        for _ in range(4):  # a run of the page that comes late shuts the list
            page.get_by_role("combobox").first.click()
            page.keyboard.type(words)
            page.wait_for_timeout(1500)
            if option.count():
                break
            page.keyboard.press("Escape")
        option.click()
        quiet(page)
    step(page, "Make the document")
    page.get_by_role("button", name=button).wait_for(timeout=90_000)
    return download(page, button)


def keep(page: Page) -> None:
    """A one-off, such as the example, goes into the vault, and its signatures with it."""
    step(page, "planscribe")
    page.get_by_role("button", name="More").last.click()  # other plans lie in the vault, and stand above
    page.get_by_role("button", name="Keep it in the vault").first.click()
    quiet(page)


def word_text(data: bytes) -> tuple[str, list[bytes]]:
    """Text and pictures of a Word file, by zip and ElementTree alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
        pictures = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    return "".join(one.text or "" for one in root.iter() if one.tag.endswith("}t")), pictures


def both_papers_say_who_signed(page: Page) -> None:
    word = made_form(page, "One-Page Plan", "Download Word")
    text, media = word_text(word)
    assert f"Signed (drawn) by {PATIENT}, 20" in text and f"{CLINICIAN}Signed (typed) by" in text
    assert any(one.startswith(b"\x89PNG") for one in media)
    pdf = made_form(page, "One-Page Plan (PDF)", "Download PDF")
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert f"Signed (drawn) by {PATIENT}, 20" in text and f"Signed (typed) by {CLINICIAN}" in text
    assert "Unable to sign: on leave" in text
    pictures = [
        one for one in pypdfium2.PdfDocument(pdf)[0].get_objects(max_depth=4) if isinstance(one, pypdfium2.PdfImage)
    ]
    assert len(pictures) == 1


def the_trail_says_who_signed_and_names_nobody(vault_server: Server) -> None:
    with Vault.unlock(PASSPHRASE, vault_server.home / "vault.db") as vault:
        said = [one for one in vault.trail.entries() if one.action in (Action.SIGN, Action.DECLINE)]
        assert [(one.action, one.detail["role"], one.detail["method"]) for one in said] == [
            (Action.SIGN, "patient", "drawn"),
            (Action.SIGN, "clinician", "typed"),
            (Action.DECLINE, "supervisor", "unable"),
        ]
        assert len(said[0].detail["text"]) == 64 and said[0].detail["text"] == said[1].detail["text"]
        trail = repr([one.as_dict() for one in vault.trail.entries()])
        assert not any(word in trail for word in ("Whitcombe", "Oyelaran", "on leave"))
        assert vault.drafts.load_version(said[0].record, said[0].detail["version"]).data["problems"]
        assert len(vault.drafts.signatures(said[0].record)) == 3


def test_who_draws_types_or_declines_is_on_the_paper_and_in_the_trail(kept_page: Page, vault_server: Server):
    page = kept_page
    step(page, "Try with an example")
    step(page, "4 Contract")
    sign_by_hand(page, PATIENT)

    begin(page, CLINICIAN)
    page.get_by_text("Type the name").click()
    quiet(page)
    fill(page, f"Type the full name: {CLINICIAN}", "Somebody Else")
    step(page, f"Sign as {CLINICIAN}")
    expect(page.get_by_text("The name typed is not the signer's name above.")).to_be_visible()
    fill(page, f"Type the full name: {CLINICIAN}", CLINICIAN.lower())
    step(page, f"Sign as {CLINICIAN}")
    seen(page, f"Signed (typed) by {CLINICIAN}, CASAC-2")

    begin(page, SUPERVISOR)
    page.get_by_text("Cannot sign").click()
    quiet(page)
    step(page, "Record it")
    expect(page.get_by_text("Say in a few words why")).to_be_visible()
    fill(page, "Why", "on leave")
    step(page, "Record it")
    seen(page, "Unable to sign: on leave")

    both_papers_say_who_signed(page)

    step(page, "5 Review")
    expect(page.get_by_text("was for an earlier text")).to_have_count(0)
    step(page, "4 Contract")
    fill(page, "Ending treatment", "Something else altogether.")
    expect(page.get_by_text("The plan was changed since; this signature").first).to_be_visible()
    step(page, "5 Review")
    expect(page.get_by_text("was for an earlier text").first).to_be_visible()
    pdf = made_form(page, "", "Download PDF")
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "For an earlier text of this plan: Signed (drawn)" in text
    assert not [
        one for one in pypdfium2.PdfDocument(pdf)[0].get_objects(max_depth=4) if isinstance(one, pypdfium2.PdfImage)
    ]

    keep(page)
    the_trail_says_who_signed_and_names_nobody(vault_server)


def test_signing_beside_the_pages_makes_them_anew_and_clear_and_nothing_are_heard(page: Page):
    step(page, "Try with an example")
    step(page, "4 Contract")
    fill(page, "Signed on", "")
    step(page, "6 Document")
    choose(page, 0, "One-Page Plan (")
    step(page, "Make the document")
    begin(page, PATIENT)
    step(page, f"Sign as {PATIENT}")
    expect(page.get_by_text("Nothing was drawn yet.")).to_be_visible()
    draw(page)
    expect(page.get_by_role("img", name="Something was drawn.")).to_be_visible()
    step(page, "Clear")
    expect(page.get_by_role("img", name="Empty. To sign without drawing")).to_be_visible()
    step(page, f"Sign as {PATIENT}")
    expect(page.get_by_text("Nothing was drawn yet.")).to_be_visible()
    draw(page)
    step(page, f"Sign as {PATIENT}")
    seen(page, f"Signed (drawn) by {PATIENT}")
    page.get_by_role("button", name="Download PDF").wait_for(timeout=60_000)
    assert f"Signed (drawn) by {PATIENT}" in " ".join(
        pypdf.PdfReader(io.BytesIO(download(page, "Download PDF"))).pages[0].extract_text().split()
    )
    step(page, f"Take the signature away: {PATIENT}")
    expect(page.get_by_text("Signed (drawn)")).to_have_count(0)


def test_the_pad_is_signed_by_keyboard_alone(page: Page):
    step(page, "Try with an example")
    step(page, "4 Contract")
    page.get_by_role("button", name=f"Sign on this screen: {CLINICIAN}").focus()
    page.keyboard.press("Enter")
    quiet(page)
    page.get_by_role("radio", name="Draw the signature").focus()
    page.keyboard.press("ArrowRight")
    quiet(page)
    page.get_by_role("textbox", name=f"Type the full name: {CLINICIAN}").focus()
    page.keyboard.type(CLINICIAN)
    page.keyboard.press("Tab")
    quiet(page)
    page.get_by_role("button", name=f"Sign as {CLINICIAN}").focus()
    page.keyboard.press("Enter")
    quiet(page)
    seen(page, f"Signed (typed) by {CLINICIAN}, CASAC-2")


@pytest.mark.parametrize(
    ("theme", "wide", "language"),
    [
        ("light", 390, "es-US"),
        ("dark", 1280, "en-US"),
    ],
)
def test_the_pad_fits_a_phone_speaks_spanish_and_has_no_finding_of_axe(
    browser: Browser, server: Server, theme, wide, language, tmp_path
):
    page = enter(browser, server, viewport={"width": wide, "height": 900}, color_scheme=theme, locale=language)
    is_spanish = language.startswith("es")
    step(page, "Probar con un ejemplo" if is_spanish else "Try with an example")
    step(page, "4 Contrato" if is_spanish else "4 Contract")
    step(page, f"Firmar en esta pantalla: {PATIENT}" if is_spanish else f"Sign on this screen: {PATIENT}")
    canvas = page.get_by_role("img", name="Cuadro para la firma de" if is_spanish else "Box for the signature of")
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = canvas.bounding_box()
    assert 240 < box["width"] <= wide and box["x"] >= 0 and box["x"] + box["width"] <= wide
    assert abs(box["width"] / box["height"] - 3) < 0.1
    page.screenshot(path=tmp_path / "pad.png")
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES})
    assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in answer.response["violations"]]
    page.context.close()


def test_a_signature_lives_in_the_vault_and_comes_back_with_the_draft(
    browser: Browser, kept_page: Page, vault_server: Server
):
    step(kept_page, "Try with an example")
    step(kept_page, "4 Contract")
    sign_by_hand(kept_page, PATIENT)
    keep(kept_page)
    with Vault.unlock(PASSPHRASE, vault_server.home / "vault.db") as vault:
        draft_id = vault.drafts.cards()[0].id
    raw = (vault_server.home / "vault.db").read_bytes() + (vault_server.home / "vault.db-wal").read_bytes()
    assert b"Whitcombe" not in raw and b'"ink"' not in raw
    other = enter(browser, vault_server)
    unlock(other)
    other.goto(f"http://127.0.0.1:{vault_server.port}/?s=contract&d={draft_id}")
    seen(other, f"Signed (drawn) by {PATIENT}")
    expect(other.get_by_role("img", name=f"Signature of {PATIENT}")).to_be_visible()
    other.context.close()
