"""Pictures of every screen: 1280 and 390 px, light and dark, English and Spanish; empty, with long names, with many findings.

Usage: python scripts/screenshots.py OUT [--quick]  (needs Chromium; starts and stops its own server)
--quick takes the wide, light, English ones only. The plans are made up.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
]
STEPS = ("patient", "diagnosis", "plan", "contract", "review", "document")
BESIDE = ("own_form", "forms", "brand", "many", "progress", "next_review")
LONG = "Maximiliana-Alexandrina Featherstonehaugh-Cholmondeley y Villanueva de los Infantes"


def main(out: Path, *, is_quick: bool) -> None:
    """Take them all."""
    out.mkdir(parents=True, exist_ok=True)
    with _server() as addresses, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGS)
        looks = [(1280, "light", "en")] if is_quick else list(product((1280, 390), ("light", "dark"), ("en", "es")))
        for wide, theme, language in looks:
            page = _open(browser, next(addresses), wide, theme)
            _walk(page, out, f"{wide}-{theme}-{language}", language)
        for wide in (1280, 390):
            _special(browser, addresses, out, wide)
        browser.close()


def _walk(page: Page, out: Path, name: str, language: str) -> None:
    """Every screen with the example plan."""
    if language == "es":
        _press(page, _word("language", "en"))
    _shoot(page, out / f"start-{name}.png")
    _press(page, _word("start_example", language))
    for n, step in enumerate(STEPS, 1):
        _press(page, f"{n} {_word(f'steps_{step}', language)}")
        if step == "document":
            _press(page, _word("make", language))
            page.locator(".page img").first.wait_for(timeout=90_000)
        _shoot(page, out / f"{step}-{name}.png")
    for screen in BESIDE:
        _press(page, "planscribe")
        _press(page, _word(f"steps_{screen}", language), is_exact=True)
        if screen == "own_form":
            page.get_by_role("heading", name=_word("own_title", language)).wait_for()
            page.locator("input[type=file]").set_input_files(str(ROOT / "forms" / "one-page-plan-pdf" / "form.pdf"))
            page.locator(".boxes button").first.wait_for()
        _shoot(page, out / f"{screen}-{name}.png")


def _special(browser: Browser, addresses: Iterator[str], out: Path, wide: int) -> None:
    """Nothing yet, very long names, and many findings."""
    page = _open(browser, next(addresses), wide, "light")
    _press(page, _word("steps_own_form", "en"), is_exact=True)
    _shoot(page, out / f"own_form-empty-{wide}.png")
    page = _open(browser, next(addresses), wide, "light")
    _press(page, _word("start_new", "en"))
    for n, step in enumerate(STEPS, 1):
        _press(page, f"{n} {_word(f'steps_{step}', 'en')}")
        _shoot(page, out / f"{step}-empty-{wide}.png")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("long", _long_names()), ("findings", _many_findings())):
            file = Path(folder) / f"{name}.yaml"
            file.write_text(text, encoding="utf-8")
            page = _open(browser, next(addresses), wide, "light")
            page.locator("input[type=file]").first.set_input_files(str(file))
            page.get_by_role("button", name="1 Patient").wait_for()
            for n, step in enumerate(STEPS, 1):
                if step in ("patient", "plan", "review"):
                    _press(page, f"{n} {_word(f'steps_{step}', 'en')}")
                    _shoot(page, out / f"{step}-{name}-{wide}.png")


def _long_names() -> str:
    plan = yaml.safe_load((ROOT / "generator" / "data" / "example_plan.yaml").read_text(encoding="utf-8"))
    plan["patient"]["name"] = {"first": LONG, "last": LONG}
    plan["agency"]["name"] = f"{LONG} Counseling, Recovery and Family Wellness Collaborative"
    for problem in plan["problems"]:
        problem["title"] = f"{problem['title']} {LONG}"
    return yaml.safe_dump(plan, allow_unicode=True)


def _many_findings() -> str:
    """The example with its objectives emptied and copied, so that there is much to mend."""
    plan = yaml.safe_load((ROOT / "generator" / "data" / "example_plan.yaml").read_text(encoding="utf-8"))
    for problem in plan["problems"]:
        for goal in problem["goals"]:
            goal["objectives"] = [{"statement": text} for text in ("Feel better.", "Do well.", "") * 3]
    return yaml.safe_dump(plan, allow_unicode=True)


def _open(browser: Browser, address: str, wide: int, theme: str) -> Page:
    is_dark = theme == "dark"
    context = browser.new_context(
        viewport={"width": wide, "height": 900}, color_scheme="dark" if is_dark else "light", locale="en-US"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.get_by_role("button", name=_word("start_new", "en")).wait_for()
    return page


def _press(page: Page, name: str, *, is_exact: bool = False) -> None:
    page.get_by_role("button", name=name, exact=is_exact).first.click()
    _quiet(page)


def _quiet(page: Page) -> None:
    page.wait_for_timeout(250)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(state="attached")


def _shoot(page: Page, file: Path) -> None:
    _quiet(page)
    page.wait_for_timeout(500)
    high = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    size = page.viewport_size or {"width": 1280, "height": 900}
    page.set_viewport_size({"width": size["width"], "height": min(max(int(high), 900), 3000)})
    page.wait_for_timeout(250)
    page.screenshot(path=file)
    page.set_viewport_size(size)


def _word(key: str, language: str) -> str:
    from generator.app.words import say

    return say(key, language)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("Chromium is not installed: make system")
    return found


@contextmanager
def _server() -> Iterator[Iterator[str]]:
    """A server with a home of its own; gives the addresses that each open the page once."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "generator", "app", "--port", "0", "--no-browser"]
        server = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PLANSCRIBE_HOME": home},
        )
        try:
            yield _addresses(server)
        finally:
            server.terminate()
            server.wait()


def _addresses(server: subprocess.Popen[str]) -> Iterator[str]:
    if server.stdin is None or server.stdout is None:
        raise RuntimeError("the server has no pipes")
    while True:
        server.stdin.write("\n")
        server.stdin.flush()
        for line in server.stdout:
            if line.startswith("http://"):
                _wait(int(line.split(":")[2].split("/")[0]))
                yield line.strip()
                break
        else:
            raise RuntimeError("the server gave no address")


def _wait(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_quick="--quick" in sys.argv)
