"""The vault on the page: made, locked, opened again; drafts on Start; addresses that lead back."""

import pytest
from playwright.sync_api import Page, expect

from generator.app.main import SCREENS
from generator.store import Action
from tests.app.conftest import Server, enter, fill, quiet, step, unlock
from tests.store.making import PASSPHRASE, unlocked

STEPS = [screen.name for screen in SCREENS if screen.is_step]


def test_a_first_visit_makes_the_vault_and_guessing_it_afterwards_ends_soon(browser, loopback, tmp_path):
    server = Server(tmp_path, loopback)
    page = enter(browser, server)
    expect(page.get_by_text("Answer once, on six short steps.")).to_be_visible()
    page.get_by_label("New passphrase").last.fill("too short")
    page.get_by_label("Once more").last.fill("too short")
    step(page, "Make the vault")
    expect(page.get_by_text("needs at least 12 characters")).to_be_visible()
    page.get_by_label("New passphrase").last.fill(PASSPHRASE)
    page.get_by_label("Once more").last.fill(PASSPHRASE)
    step(page, "Make the vault")
    key = page.locator(".st-key-recovery code")
    key.wait_for()
    assert len(key.inner_text().replace("-", "").strip()) == 40
    step(page, "I have the key on paper")
    expect(key).to_have_count(0)
    step(page, "New plan")
    fill(page, "First name", "Ana")
    expect(page.get_by_text("Saved ")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("planscribe is locked").wait_for()
    page.goto(server.address())
    _five_wrong_passphrases_end_the_session(page)
    page.context.close()
    server.stop()
    with unlocked(tmp_path) as vault:
        (card,) = vault.drafts.cards()
        assert card.named["patient.name.first"] == "Ana"
        assert card.noted["open"] > 0
        refused = [entry for entry in vault.trail.entries() if entry.action is Action.REFUSE]
        assert sum(int(entry.detail["times"]) for entry in refused) == 5


def _five_wrong_passphrases_end_the_session(page: Page) -> None:
    box = page.get_by_role("textbox", name="Passphrase", exact=True)
    for _ in range(5):
        box.fill("this is not the right one")
        page.get_by_role("button", name="Open", exact=True).click()
        page.get_by_text("does not open the vault").or_(page.get_by_text("planscribe is locked")).wait_for()
        page.wait_for_timeout(300)
    page.get_by_text("planscribe is locked").wait_for()
    assert page.get_by_role("textbox").count() == 0


def test_the_address_holds_nothing_but_random_and_plain_words(kept_page: Page):
    page = kept_page
    step(page, "New plan")
    fill(page, "First name", "Zygmunt")
    step(page, "2 Diagnosis")
    query = page.url.partition("?")[2]
    assert {pair.split("=")[0] for pair in query.split("&")} == {"d", "s"}
    assert "zyg" not in query.lower()
    stored = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "Zyg" not in stored


@pytest.mark.slow
def test_every_screen_is_reached_by_its_address_on_a_fresh_server(browser, vault_server: Server):
    with unlocked(vault_server.home) as vault:
        draft = vault.drafts.create({"patient": {"name": {"first": "Ana"}}, "problems": [{"title": "Sleep"}]})
    vault_server.kill_and_start_again()
    page = enter(browser, vault_server)
    for n, name in enumerate(STEPS):
        page.goto(f"http://127.0.0.1:{vault_server.port}/?s={name}&d={draft.id}")
        if n == 0:
            unlock(page)
        page.locator(f'.st-key-step-{name} button[kind="primary"]').wait_for()
        quiet(page)
        assert page.get_by_text("Something went wrong").count() == 0
    for side in (screen.name for screen in SCREENS if not screen.is_step and not screen.needs_plan):
        page.goto(f"http://127.0.0.1:{vault_server.port}/?s={side}")
        page.get_by_role("button", name="planscribe").wait_for()
        quiet(page)
        assert page.get_by_text("Something went wrong").count() == 0
    page.goto(f"http://127.0.0.1:{vault_server.port}/?s=plan&d={'0' * 24}")
    page.get_by_text("There is no plan here at this address").wait_for()
    page.context.close()


def test_after_lock_nothing_answers_and_the_passphrase_leads_back_to_the_same_place(
    kept_page: Page, vault_server: Server
):
    page = kept_page
    step(page, "New plan")
    fill(page, "First name", "Ana")
    step(page, "2 Diagnosis")
    here = page.url
    cookie = next(one for one in page.context.cookies() if one["name"].startswith("planscribe-"))
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("planscribe is locked").wait_for()
    assert page.url == here
    thief = page.context.browser.new_context()
    thief.add_cookies([cookie])
    for path in ("/", here.partition(str(vault_server.port))[2]):
        answer = thief.new_page().goto(f"http://127.0.0.1:{vault_server.port}{path}")
        assert answer.status == 403
    thief.close()
    page.get_by_label("Passphrase of the vault").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    page.locator('.st-key-step-diagnosis button[kind="primary"]').wait_for()
    assert page.url == here
    step(page, "1 Patient")
    expect(page.get_by_role("textbox", name="First name", exact=True)).to_have_value("Ana")


def test_start_lists_the_drafts_opens_removes_and_forgets_them(browser, vault_server: Server):
    person = {"plan": {"type": "formal", "plan_date": "2026-11-02"}}
    with unlocked(vault_server.home) as vault:
        for first in ("Anatol", "Beatrix"):
            data = {**person, "patient": {"name": {"first": first, "last": "Ru_iz*"}}}
            vault.drafts.create(data, noted={"open": 3, "due": "2020-02-01"})
    page = enter(browser, vault_server)
    unlock(page)
    anatol = page.locator('[class*="st-key-card-"]', has_text="Anatol Ru_iz*")
    expect(anatol).to_contain_text("3 to look at")
    expect(anatol).to_contain_text("review was due 2/1/2020")
    anatol.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("textbox", name="First name", exact=True)).to_have_value("Anatol")
    step(page, "planscribe")
    for name, word in (("Anatol", "Remove this plan"), ("Beatrix", "Forget this person")):
        page.locator('[class*="st-key-card-"]', has_text=f"{name} Ru_iz*").get_by_role("button", name="More").click()
        expect(page.get_by_role("button", name=word)).to_be_disabled()
        page.get_by_text("I am sure").click()
        quiet(page)
        step(page, word)
        expect(page.get_by_text(f"{name} Ru_iz*")).to_have_count(0)
    page.context.close()
    with unlocked(vault_server.home) as vault:
        assert not [card for card in vault.drafts.cards() if card.named.get("patient.name.last") == "Ru_iz*"]
        done = [entry.action for entry in vault.trail.entries()]
        assert done.count(Action.FORGET) == 2 and Action.OPEN in done
