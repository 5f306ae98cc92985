"""A real browser for the page that `primaire report` writes: Chromium without a window, and without any network.

Debian has it as `chromium` and `chromium-driver`. Where it is absent, these tests are skipped; where CI runs, they fail.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import primaire
from tests.browser.sources import PLACES, contests_source, nasty_source, outlines, places_source
from tools.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver.chrome.webdriver import WebDriver

SPOKEN = {
    "conflans": "en",
    "places": "fr",
    "mapped": "fr",
    "nasty": "en",
    "contests": "fr",
    "deputies": "fr",
    "stations": "en",
}
"""Every page, and the language in which it is opened where no other is asked for: one of each is enough."""

DESKTOP, PHONE = (1280, 900), (320, 640)
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-component-update",
    "--disable-background-networking",
    "--no-first-run",
    "--proxy-server=127.0.0.1:9",  # where nobody listens: whatever a page asked for would fail
)


@pytest.fixture(scope="session")
def driver() -> Iterator[WebDriver]:
    """The browser, started once."""
    browser, control = (shutil.which(name) for name in ("chromium", "chromedriver"))
    if browser is None or control is None:
        said = "no chromium and chromedriver here: Debian has them as chromium and chromium-driver"
        if "CI" in os.environ:
            pytest.fail(said)
        pytest.skip(said)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(control))
    yield started
    started.quit()


class Browser:
    """A page in the browser, and what happens there."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def open(self, file: Path, size: tuple[int, int] = DESKTOP, *, dark: bool = False, script: bool = True) -> None:
        """Open a page in a window of a size, by day or by night, with or without scripts.

        Without scripts, in a tab of its own: in one that others use, they might still be off when the next page is read.
        """
        for tab in self.driver.window_handles[1:]:
            self.driver.switch_to.window(tab)
            self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])
        if not script:
            self.driver.switch_to.new_window("tab")
            self.command("Emulation.setScriptExecutionDisabled", value=True)
        self.driver.get("about:blank")
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=size[0],
            height=size[1],
            deviceScaleFactor=1,
            mobile=size == PHONE,
        )
        self.media(dark=dark)
        self.logs()
        self.requests()
        self.driver.get(file.as_uri())

    def media(self, kind: str = "", *, dark: bool = False) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.command("Emulation.setEmulatedMedia", media=kind, features=features)

    def command(self, name: str, **values: object) -> Any:
        return self.driver.execute_cdp_cmd(name, values)

    def run(self, script: str, *values: object) -> Any:
        """Run JavaScript in the page, and return what it returns."""
        return self.driver.execute_script(script, *values)

    def logs(self) -> list[str]:
        """What the console has said since it was last asked: errors, and violations of the security policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since this was last asked."""
        entries = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [entry["params"] for entry in entries if entry["method"] == "Network.requestWillBeSent"]
        return [params["request"]["url"] for params in sent if not params["request"]["url"].startswith("about:")]


@pytest.fixture
def browser(driver: WebDriver) -> Browser:
    return Browser(driver)


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the page of a source in a language, once, and return the file."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "places.csv").write_text(places_source(), encoding="utf-8")
    (folder / "places.geojson").write_text(outlines(), encoding="utf-8")
    (folder / "contests.csv").write_text(contests_source(), encoding="utf-8")
    (folder / "nasty.csv").write_text(nasty_source(), encoding="utf-8")
    sources: dict[str, list[str | Path]] = {
        "conflans": ["conflans"],
        "places": [folder / "places.csv"],
        "mapped": [folder / "places.csv"],
        "nasty": [folder / "nasty.csv"],
        "contests": [folder / "contests.csv"],
        "deputies": [ROOT / f"docs/examples/legislatives_2027_bureaux_t{n}.txt" for n in (1, 2)],
        "stations": [ROOT / "docs/examples/municipales_2032_bureaux.csv"],
    }

    def written(name: str, language: str | None = None) -> Path:
        language = language or SPOKEN[name]
        file = folder / f"{name}-{language}.html"
        if not file.exists():
            shapes = folder / "places.geojson" if name == "mapped" else None
            file.write_bytes(primaire.report(primaire.load(*sources[name]), language, shapes=shapes))
        return file

    return written


__all__ = ["DESKTOP", "PHONE", "PLACES", "SPOKEN", "Browser"]
