"""A headless Chromium: opens pages, tells what they complain of, and what axe-core finds wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

_OPTIONS: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
WIDTHS: Final = {"phone": 390, "desktop": 1280}
_AXE: Final = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")


class Browser:
    """A browser with one page in it."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    @classmethod
    @contextmanager
    def started(cls, chromium: str, driver: str, profile: Path) -> Iterator["Browser"]:
        """Start Chromium with an empty profile, and end it."""
        options = Options()
        options.binary_location = chromium
        for option in (*_OPTIONS, f"--user-data-dir={profile}"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        chrome = Chrome(options=options, service=Service(driver))
        try:
            yield cls(chrome)
        finally:
            chrome.quit()

    def show(self, width: str = "desktop", scheme: str = "light") -> None:
        """Show pages as a phone or a desktop does, in light or dark colours."""
        phone = width == "phone"
        size = {"width": WIDTHS[width], "height": 844, "deviceScaleFactor": 1, "mobile": phone}
        self._command("Emulation.setDeviceMetricsOverride", **size)
        self._command("Emulation.setTouchEmulationEnabled", enabled=phone)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._command("Emulation.setEmulatedMedia", features=features)

    def open(self, page: Path | str) -> list[str]:
        """Open a page of the disk or an address, and return what the browser complains of."""
        self.driver.get(page if isinstance(page, str) else page.as_uri())
        return self.complaints()

    def complaints(self) -> list[str]:
        """Return what the console has had since the last time."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in entries]

    def tap(self, element: WebElement) -> None:
        """Tap an element with a finger."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        box = self.driver.execute_script("return arguments[0].getClientRects()[0].toJSON()", element)
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self._command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[point])
        self._command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def find(self, selector: str) -> WebElement:
        """Return the first element that the selector finds."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """Return all elements that the selector finds."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, script: str) -> None:
        """Wait until the script, an expression, is true."""
        WebDriverWait(self.driver, 5, 0.02).until(lambda chrome: chrome.execute_script(f"return {script}"))

    def run(self, script: str, *arguments: object) -> Any:
        """Return what the script, an expression, comes to; it is not held by the page's policy."""
        return self.driver.execute_script(f"return {script}", *arguments)

    def violations(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.1 A and AA and its best practice, each with the first element."""
        self.driver.execute_script(_AXE)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(done)"
        )
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}"
            for one in found["violations"]
        ]

    def _command(self, name: str, **values: object) -> None:
        self.driver.execute_cdp_cmd(name, values)
