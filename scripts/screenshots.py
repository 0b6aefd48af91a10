"""Pictures of every screen at 1280 and 390 px, and the two that the README shows, with the example plan.

Usage: python scripts/screenshots.py OUT  (needs Chromium; starts and stops its own server)
"""

import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
]
STEPS = ("Patient", "Diagnosis", "Plan", "Contract", "Review", "Document")


def main(out: Path) -> None:
    """Take them all."""
    out.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "app", "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _wait(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            for wide in (1280, 390):
                page = browser.new_page(viewport={"width": wide, "height": 900})
                page.goto(_address(server))
                _journey(page, out, wide)
            browser.close()
    finally:
        server.terminate()
        server.wait()


def _journey(page: Page, out: Path, wide: int) -> None:
    page.get_by_role("button", name="Try with an example").wait_for()
    page.screenshot(path=out / f"start-{wide}.png")
    page.get_by_role("button", name="Try with an example").click()
    for n, step in enumerate(STEPS, 1):
        page.get_by_role("button", name=f"{n} {step}").click()
        page.wait_for_timeout(1500)
        if step == "Document":
            page.get_by_role("button", name="Make the document").click()
            page.get_by_text("answers visible").wait_for(timeout=60_000)
            page.get_by_text("Page 1", exact=True).wait_for(timeout=30_000)
            page.wait_for_timeout(800)
        page.screenshot(path=out / f"{step.lower()}-{wide}.png", full_page=step != "Document")


def _address(server: subprocess.Popen[str]) -> str:
    """The next address that opens the page; each works once."""
    if server.stdin is None or server.stdout is None:
        raise RuntimeError("the server has no pipes")
    server.stdin.write("\n")
    server.stdin.flush()
    for line in server.stdout:
        if line.startswith("http://"):
            return line.strip()
    raise RuntimeError("the server gave no address")


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
