"""A walk through every screen in Spanish: no text of ours is English, and no request leaves the machine."""

from pathlib import Path

import yaml
from playwright.sync_api import Page

from tests.app.test_journey import quiet

WORDS = Path(__file__).parents[2] / "generator" / "data" / "app"
STEPS = ("1 Paciente", "2 Diagnóstico", "3 Plan", "4 Contrato", "5 Revisión", "6 Documento")
BESIDE = ("Formulario propio", "Formularios", "Papelería", "Muchas personas a la vez", "Progreso", "Próxima revisión")


def english() -> set[str]:
    """Every text of the page that Spanish says otherwise; those with a place for a value are left out."""
    every = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(WORDS.glob("words*.yaml"))]
    pairs = [texts for one in every for texts in one.values()]
    spanish = {texts["es"] for texts in pairs}
    return {t["en"] for t in pairs if t["en"] and t["en"] not in spanish and "{" not in t["en"]}


def test_a_spanish_walk_shows_no_english_text_of_ours_and_asks_only_this_machine(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go(page, "Español")
    page.get_by_role("button", name="Plan nuevo").wait_for()
    quiet(page)
    seen = {"Inicio": lines(page)}
    go(page, "Probar con un ejemplo")
    for name in STEPS:
        go(page, name)
        if name == "6 Documento":
            go(page, "Hacer el documento")
            page.get_by_text("página 1 de").wait_for(timeout=60_000)
        seen[name] = lines(page)
    for name in BESIDE:
        go(page, "planscribe")
        page.get_by_role("button", name=name, exact=True).click()
        quiet(page)
        page.wait_for_timeout(400)
        seen[name] = lines(page)
    ours = english() - {"English", "Open"}  # the arrow of Streamlit's own select is called Open, in every language
    found = {name: texts & ours for name, texts in seen.items() if texts & ours}
    assert found == {}
    assert all(len(texts) > 5 for texts in seen.values())
    assert asked
    assert not [url for url in asked if "//127.0.0.1:" not in url and not url.startswith(("data:", "blob:"))]


def go(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    quiet(page)


def lines(page: Page) -> set[str]:
    text = page.locator("body").inner_text()
    labels = page.eval_on_selector_all("[aria-label]", "all => all.map(one => one.getAttribute('aria-label'))")
    return {line.strip() for line in [*text.splitlines(), *labels] if line and line.strip()}
