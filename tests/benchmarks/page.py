"""How quickly the page answers in a real browser, as ratios to a page of one field in the same run.

    python -m tests.benchmarks.page

Nothing is asserted. The floor is a Streamlit page with one text field and nothing else, on the same machine, served by
the same launcher's settings; what is above it is ours.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from generator.codes import code_list
from generator.exchange.plan_file import plan_as_yaml
from generator.plan import Plan
from tests.app.conftest import FLAGS, Server
from tests.loopback import AS_IT_IS
from tests.rules.plans import data_of, example

FLOOR = """
import streamlit as st
st.text_input("Field", key="field")
st.markdown(f"Said: {st.session_state.field}")
"""
WATCH = """
() => { window.__done = new Promise(resolve => {
  const began = performance.now(); let last = 0;
  const seen = () => requestAnimationFrame(() => { last = performance.now() - began; });
  const watch = new MutationObserver(seen);
  watch.observe(document.querySelector('[data-testid="stMain"]'),
                {subtree: true, childList: true, characterData: true, attributes: true});
  watch.observe(document.querySelector('[data-testid="stApp"]'), {attributes: true});
  const wait = setInterval(() => {
    const now = performance.now() - began;
    if ((last && now - last > 600) || now > 8000) { clearInterval(wait); watch.disconnect(); resolve(last); }
  }, 50); }); }
"""
"""Resolves to when the page last changed, once it has been still for 0.6 s: ms after this was called."""
FIELDS = {
    "As evidenced by": ("A new text, number {}", "Another text, number {}"),
    "Goal in the person's words": ("A new text, number {}", "Another text, number {}"),
    "Modality": ("A new text, number {}", "Another text, number {}"),
    "Objective": ("Sam feels better, {}", "Sam will go 6 of 7 days without a drink, card {}"),
}
"""Fields of the Plan screen and what is typed; each of the objective's brings a finding or takes it away."""
WORDS = ("drinking", "alcohol dependance", "F33", "major depression recurrent moderate", "ptsd", "anxeity", "ansiedad")


def plan_of(problems: int) -> Plan:
    """A plan of that many problems with 3 goals of 2 objectives of 2 interventions each."""
    data = data_of(example(1))
    problem = data["problems"][0]
    goal = problem["goals"][0]
    objective = goal["objectives"][0]
    objective["interventions"] = (objective["interventions"] * 2)[:2]
    goal["objectives"] = [objective, objective]
    problem["goals"] = [goal, goal, goal]
    data["problems"] = [{**problem, "title": f"{problem['title']} {n + 1}"} for n in range(problems)]
    return Plan.model_validate(yaml.safe_load(yaml.safe_dump(data)))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=15)
    options = asked.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with floor(Path(folder)) as floor_address, served(Path(folder)) as server:
            bare = opened(browser, lambda: floor_address)
            for problems in (10, 50):
                page = on_plan(browser, server, Path(folder), problems)
                for label, texts in FIELDS.items():
                    took, least = beside(page, bare, label, texts, options.times)
                    line(
                        f"{problems} problems, {label}, commit to repaint",
                        took,
                        f"1.5 x floor ({least:.0f} ms)",
                        took / least,
                    )
                line(f"{problems} problems, screen change", changes(page, options.times), "600 ms")
                page.context.close()
            line("first load", loads(browser, server), "2000 ms")
            line("code search, slowest of 7 queries (median of 50)", searches(), "10 ms")
        browser.close()


def line(what: str, milliseconds: float, bar: str, ratio: float | None = None) -> None:
    """One row."""
    print(f"{what:58} {milliseconds:8.1f} ms  {f'{ratio:.2f} x' if ratio else '':8} {bar}", flush=True)


@contextmanager
def floor(folder: Path) -> Iterator[str]:
    """The page of one field, by `streamlit run`; its address."""
    script, port = folder / "floor.py", 8497
    script.write_text(FLOOR, encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    command += ["--runner.postScriptGC=false"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {})
    try:
        AS_IT_IS.wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The real page by its launcher."""
    server = Server(folder / "home")
    try:
        yield server
    finally:
        server.stop()


def opened(browser: Browser, address: Callable[[], str]) -> Page:
    """A new person's page."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.goto(address())
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"] [data-testid="stMain"] button, input'
    )
    page.wait_for_timeout(500)
    return page


def on_plan(browser: Browser, server: Server, folder: Path, problems: int) -> Page:
    """A page with a plan of that size open on its Plan screen."""
    file = folder / f"{problems}.yaml"
    file.write_text(plan_as_yaml(plan_of(problems)), encoding="utf-8")
    page = opened(browser, server.address)
    page.locator('input[type="file"]').first.set_input_files(file)
    page.get_by_role("button", name="3 Plan").click()
    page.get_by_role("textbox", name="As evidenced by").wait_for()
    page.wait_for_timeout(800)
    return page


def beside(page: Page, bare: Page, label: str, texts: tuple[str, str], times: int) -> tuple[float, float]:
    """The medians of ours and of the floor, in turn, so that both have the same machine; in ms."""
    ours, floors = [], []
    for n in range(times):
        ours.append(commit(page, label, texts[n % 2].format(n)))
        floors.append(commit(bare, "Field", f"A new text, number {n}"))
    return statistics.median(ours), statistics.median(floors)


def commit(page: Page, label: str, text: str) -> float:
    """Typing a text, leaving the field and seeing the page at rest again, in ms."""
    page.bring_to_front()
    box = page.get_by_role("textbox", name=label, exact=True).first
    box.fill(text)
    page.evaluate(WATCH)
    box.press("Tab")
    took = float(page.evaluate("() => window.__done"))
    page.wait_for_timeout(60)
    return took


def changes(page: Page, times: int) -> float:
    """The median of going to another step and back."""
    took = []
    for n in range(times):
        page.evaluate(WATCH)
        page.get_by_role("button", name="4 Contract" if n % 2 == 0 else "3 Plan").click()
        took.append(float(page.evaluate("() => window.__done")))
        page.wait_for_timeout(60)
    if times % 2:
        page.get_by_role("button", name="3 Plan").click()
    return statistics.median(took)


def loads(browser: Browser, server: Server) -> float:
    """The median of five first loads in a browser that knows nothing, to the first button."""
    took = []
    for _ in range(5):
        context = browser.new_context()
        page = context.new_page()
        address = server.address()
        began = time.perf_counter()
        page.goto(address)
        page.get_by_role("button", name="New plan").wait_for()
        took.append((time.perf_counter() - began) * 1000)
        context.close()
    return statistics.median(took)


def searches() -> float:
    """The slowest query's median."""
    codes = code_list()
    slowest = 0.0
    for words in WORDS:
        took = []
        for _ in range(50):
            began = time.perf_counter()
            codes.search(words, 8)
            took.append((time.perf_counter() - began) * 1000)
        slowest = max(slowest, statistics.median(took))
    return slowest


if __name__ == "__main__":
    main()
