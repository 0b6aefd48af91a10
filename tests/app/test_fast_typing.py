"""Somebody types field after field at once, on a slow computer too: every word is there afterwards."""

import random

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.conftest import Server, enter, quiet, unlock

SAID = {
    "Problem": "Drinks every day",
    "Goal": "Sam wants to stay sober",
    "Objective": "Sam will go 6 of 7 days without a drink",
    "Intervention 1.1.1": "Relapse prevention, 45 minutes a week",
}


@pytest.mark.parametrize(
    ("seed", "slower"),
    [
        pytest.param(seed, (1, 4, 8)[seed % 3], marks=() if seed == 1 else pytest.mark.slow)
        for seed in range(15)
    ],
)  # fmt: skip
def test_words_typed_one_after_the_other_without_waiting_are_all_there(
    seed: int, slower: int, browser: Browser, vault_server: Server
):
    dice = random.Random(seed)
    page = enter(browser, vault_server)
    unlock(page)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("button", name="3 Plan").click()
    page.get_by_role("button", name="Add a problem").click()
    field(page, "Intervention 1.1.1").wait_for()
    texts = {label: f"{said}, {seed}" for label, said in SAID.items()}
    for label, text in texts.items():
        box = field(page, label)
        box.click()
        page.keyboard.type(text, delay=dice.choice((0, 3, 12)))
        if dice.random() < 0.5:
            page.keyboard.press("Tab")
        page.wait_for_timeout(dice.randrange(300))
    page.get_by_role("button", name=dice.choice(("4 Contract", "2 Diagnosis", "5 Review"))).click()
    page.wait_for_timeout(dice.randrange(600))
    page.get_by_role("button", name="3 Plan").click()
    quiet(page)
    for label, text in texts.items():
        expect(field(page, label)).to_have_value(text)
    quiet(page)
    page.reload()
    field(page, "Problem").wait_for()
    quiet(page)
    for label, text in texts.items():
        expect(field(page, label)).to_have_value(text)
    page.context.close()


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)
