"""The site in a real browser: nothing hostile runs, marks open by keyboard and by tap, search finds, WCAG is kept."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import Browser
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

LISTS = ("index", "articles", "actors", "events", "talks", "issues", "search", "about")


def samples(site: Path) -> list[Path]:
    """Return the lists and one page of each sort, the largest."""
    sorts = [
        max(site.glob(f"{sort}/*.html"), key=lambda path: path.stat().st_size) for sort in ("article", "actor", "event")
    ]
    rest = [site / "round" / "strategic-dialogue-2021-07-23.html", site / "issue" / "us-troop-withdrawal.html"]
    return [*(site / f"{name}.html" for name in LISTS), *sorts, *rest]


def opened_article(browser: Browser, site: Path) -> None:
    """Open the article that has marks of all sorts."""
    page = max(site.glob("article/*.html"), key=lambda path: len(path.read_text(encoding="utf-8").split("claim")))
    assert browser.open(page) == []


def asked(browser: Browser, site: Path, question: str) -> str:
    """Search, and return how much was found."""
    assert browser.open(site / "search.html") == []
    browser.find("#q").send_keys(question)
    browser.wait("document.getElementById('hits').textContent")
    return str(browser.find("#hits").text)


def test_pages_open_without_complaint_and_nothing_hostile_runs(browser: Browser, hostile_site: Path) -> None:
    browser.show()
    for page in samples(hostile_site):
        assert browser.open(page) == []
        assert browser.run("window.harm") is None
        loaded = browser.run("performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert [name for name in loaded if not name.startswith(hostile_site.as_uri())] == []


def test_what_is_hostile_does_not_run_when_it_is_found_and_shown(browser: Browser, hostile_site: Path) -> None:
    browser.show()
    assert asked(browser, hostile_site, "nowhere <img src=x onerror=window.harm=7>") == "0 actors, 0 quotes"
    assert asked(browser, hostile_site, "ferrand harm") != "0 actors, 0 quotes"
    assert "<script>window.harm=1</script>" in browser.find("#results").text
    page = next(path for path in hostile_site.glob("article/*.html") if 'class="mk' in path.read_text(encoding="utf-8"))
    browser.open(page)
    for mark in browser.all(".text a.mk.begins")[:6]:
        mark.send_keys(Keys.ENTER)
    assert browser.find("#card").is_displayed()
    assert browser.run("window.harm") is None
    assert browser.complaints() == []


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_pages_keep_to_wcag(browser: Browser, site: Path, width: str, scheme: str) -> None:
    browser.show(width, scheme)
    wrong = {}
    for page in samples(site):
        browser.open(page)
        if found := browser.violations():
            wrong[page.name] = found
    assert wrong == {}


def test_an_open_card_keeps_to_wcag(browser: Browser, site: Path) -> None:
    browser.show()
    opened_article(browser, site)
    browser.find(".text a.mk.claim.begins").send_keys(Keys.ENTER)
    assert browser.find("#card").is_displayed()
    assert browser.violations() == []


def test_no_page_is_wider_than_a_phone(browser: Browser, site: Path) -> None:
    browser.show("phone")
    for page in samples(site):
        browser.open(page)
        assert browser.run("document.documentElement.scrollWidth") <= 390, page.name


def test_marks_open_by_keyboard(browser: Browser, site: Path) -> None:
    browser.show()
    opened_article(browser, site)
    card = browser.find("#card")
    for _ in range(40):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        if "claim" in (browser.driver.switch_to.active_element.get_attribute("class") or ""):
            break
    mark = browser.driver.switch_to.active_element
    assert "claim" in (mark.get_attribute("class") or "")
    assert card.is_displayed()
    assert mark.get_attribute("aria-describedby") == "card"
    mark.send_keys(Keys.ENTER)
    assert browser.run("document.activeElement.id") == "card"
    assert "Claim" in card.text
    assert "rule" in card.text
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.run("document.getElementById('card').contains(document.activeElement)")
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    assert browser.driver.switch_to.active_element == mark


def test_marks_open_by_tap(browser: Browser, site: Path) -> None:
    browser.show("phone")
    opened_article(browser, site)
    card = browser.find("#card")
    assert not card.is_displayed()
    browser.tap(browser.find(".text a.mk.claim.begins"))
    browser.wait("!document.getElementById('card').hidden")
    assert "Claim" in card.text
    assert "#" not in browser.driver.current_url
    browser.tap(browser.find("#card .close"))
    browser.wait("document.getElementById('card').hidden")


def test_marks_open_by_pointing(browser: Browser, site: Path) -> None:
    browser.show()
    opened_article(browser, site)
    ActionChains(browser.driver).move_to_element(browser.find(".text a.mk.date.begins")).perform()
    browser.wait("!document.getElementById('card').hidden")
    assert "explicit" in browser.find("#card").text or "relative" in browser.find("#card").text
    ActionChains(browser.driver).move_to_element(browser.find("footer")).perform()
    browser.wait("document.getElementById('card').hidden")


def test_marks_differ_without_colour(browser: Browser, site: Path) -> None:
    browser.show()
    opened_article(browser, site)

    def style(kind: str, name: str) -> str:
        return str(browser.run("getComputedStyle(arguments[0])[arguments[1]]", browser.find(f".legend .{kind}"), name))

    assert style("quote", "borderTopStyle") == "solid"
    assert style("event", "borderBottomStyle") == "solid"
    assert style("claim", "borderBottomStyle") == "dashed"
    assert style("cue", "fontStyle") == "italic"
    assert style("actor", "textDecorationStyle") == style("speaker", "textDecorationStyle") == "dotted"
    assert style("speaker", "fontWeight") != style("actor", "fontWeight")
    assert style("date", "boxShadow") != "none"
    assert browser.all(".text a.claim.begins .tag")[-1].text.endswith("?")
    assert [tag.text for tag in browser.all(".text a.event.begins:not(.claim) .tag") if tag.text.endswith("?")] == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kazimi", "1 actor, 1 quote"),
        ("Moustapha Al-Kadhemi", "1 actor, 1 quote"),
        ("Qadhimi calendrier", "0 actors, 1 quote"),
        ("الكاظمي", "1 actor, 0 quotes"),
        ("ÉTATS-unis", "2 actors, 0 quotes"),
        ("etats unis", "2 actors, 0 quotes"),
        ("irak quitter", "0 actors, 1 quote"),
        ("l'irak quitt", "0 actors, 1 quote"),
        ("zephyr", "0 actors, 0 quotes"),
    ],
)
def test_search_finds_whatever_the_accents_and_spellings(
    browser: Browser, site: Path, question: str, found: str
) -> None:
    browser.show()
    assert asked(browser, site, question) == found


def test_the_start_page_leads_to_what_is_searched(browser: Browser, site: Path) -> None:
    browser.show()
    browser.open(site / "index.html")
    browser.find("#q").send_keys("tiendra", Keys.ENTER)
    browser.wait("document.getElementById('hits')?.textContent")
    assert browser.find("#hits").text == "0 actors, 1 quote"
    assert browser.find("#results mark").text == "tiendra"
    browser.find("#results .source a:last-of-type").click()
    browser.wait("document.querySelector('li:target')")
    assert "Odile Ferrand" in browser.find("li:target").text
    assert browser.complaints() == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Give the address of a server that serves the site's folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_site_works_from_a_web_host_too(browser: Browser, address: str) -> None:
    browser.show()
    assert browser.open(f"{address}/index.html") == []
    browser.wait("document.images[0].naturalWidth > 0")
    assert browser.open(f"{address}/search.html?q=tiendra") == []
    assert browser.find("#hits").text == "0 actors, 1 quote"
