"""Every page of the site, read as a file: what it holds, that nothing hostile can run, and that every link leads somewhere."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from folders import content
from lxml import etree

from iraqtalks import store
from iraqtalks.errors import DatasetError, PublishError
from iraqtalks.site import POLICY, build_site
from iraqtalks.site.safety import gaps, language, page_name, plain, web_address

SORTS = ("article", "actor", "event", "round", "issue")


def parse(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def article(site: Path, title: str) -> lxml.html.HtmlElement:
    """Return the page of the article that is listed under the title."""
    listed = parse(site / "articles.html")
    (link,) = [link for link in listed.iter("a") if link.text_content() == title]
    return parse(site / link.get("href"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", ["site", "hostile_site"])
def test_no_page_has_anything_that_runs_but_the_sites_scripts(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    pages = list(folder.rglob("*.html"))
    assert {path.parent.name for path in pages} >= set(SORTS)
    scripts = {path.name for path in (folder / "static").glob("*.js")}
    for path in pages:
        page = parse(path)
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == POLICY
        for element in page.iter(etree.Element):
            assert element.tag not in {"style", "iframe", "object", "embed", "base", "svg"}
            assert [key for key in element.attrib if key.startswith("on") or key == "style"] == []
            for key in ("href", "src", "srcset", "action"):
                assert urlsplit(element.get(key, "")).scheme in {"", "http", "https"}
        assert {Path(element.get("src")).name for element in page.iter("script")} <= scripts
        assert not [script.text for script in page.iter("script") if script.text]


@pytest.mark.parametrize("name", ["site", "hostile_site"])
def test_every_link_leads_to_a_page_and_a_place_that_are_there(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    pages = {path.resolve(): parse(path) for path in folder.rglob("*.html")}
    places = {path: page.xpath("//@id") for path, page in pages.items()}
    assert [path for path, ids in places.items() if len(ids) != len(set(ids))] == []
    lost = []
    for path, page in pages.items():
        for href in page.xpath("//@href | //@src | //source/@srcset | //form/@action"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in places[target]):
                lost.append((path.name, href))
    assert lost == []


def test_hostile_words_are_shown_as_words(hostile_site: Path) -> None:
    pages = [parse(path) for path in hostile_site.glob("article/*.html")]
    (page,) = [page for page in pages if words(page.find(".//h1")).startswith("Le retrait <script>")]
    assert "<script>window.harm=1</script>" in words(page)
    assert "\u202e" not in page.text_content()
    assert "\ufffdgnorw" in page.text_content()


def test_hostile_ids_make_no_file_outside(hostile_site: Path) -> None:
    beside = {path.name for path in hostile_site.parent.iterdir() if not path.name.startswith(".")}
    assert beside == {"site", "processed"}
    assert all(re.fullmatch(r"[a-z0-9-]+\.html", path.name) for path in hostile_site.glob("actor/*"))


def test_the_script_of_the_index_holds_nothing_that_ends_it(hostile_site: Path) -> None:
    script = (hostile_site / "static" / "search-index.js").read_text(encoding="utf-8")
    assert script.isascii()
    index = json.loads(script.removeprefix("window.iraqtalksIndex = ").removesuffix(";\n"))
    assert all("{{ 7*7 }}" in actor[0] for actor in index["actors"])


def test_plots_are_sound_pictures_in_both_schemes(hostile_site: Path) -> None:
    plots = list(hostile_site.glob("plots/*.svg"))
    assert {path.name for path in plots} >= {
        f"{name}-{scheme}.svg"
        for name in ("timeline", "who-quotes-whom", "asserted-or-claimed", "issue-us-troop-withdrawal")
        for scheme in ("light", "dark")
    }
    for path in plots:
        assert etree.parse(path).xpath("//*[local-name() = 'script' or local-name() = 'a']") == []


def test_every_figure_has_its_query_and_its_table(site: Path) -> None:
    (figure,) = parse(site / "issue" / "us-troop-withdrawal.html").iter("figure")
    assert "FROM positions_over_time\nWHERE issue = 'us-troop-withdrawal'" in figure.find(".//pre").text_content()
    assert [words(cell) for cell in figure.iter("th")] == ["actor", "stance", "date", "day", "words"]
    assert words(next(figure.iter("td"))) == "Odile Ferrand"


def test_an_open_article_is_shown_whole_and_marked(site: Path) -> None:
    page = article(site, "Le retrait")
    text = page.find_class("text")[0]
    for tag in text.find_class("tag") + text.find_class("margin"):
        tag.drop_tree()
    assert words(text).startswith(
        "Les troupes américaines doivent quitter l’Irak, a déclaré dimanche 25 juillet Odile Ferrand, maire"
    )
    kinds = {kind for mark in text.find_class("mk") for kind in mark.get("class").split()}
    assert kinds >= {"quote", "cue", "speaker", "actor", "event", "claim", "date"}
    claimed = "".join(mark.text_content() for mark in text.find_class("claim"))
    assert "deux soldats américains ont été tués samedi à Bagdad" in claimed
    assert text.get("lang") == "fr"
    assert page.get("lang") == "en"


def test_an_article_without_a_licence_is_shown_in_quotations(site: Path) -> None:
    page = article(site, "Gazette de Morlune, 2021-07-26")
    assert [words(line) for line in page.xpath("//div[contains(@class, 'line')]/p")] == [
        "[…]",
        "« q1Le pont tiendra », e1a promis la maire, Odile Ferrand. Elle a ajouté que q2les travaux étaient finis.",
        "[…]",
    ]
    whole = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*") if path.is_file())
    assert "La pluie tombait" not in whole
    assert "rien ne bougeait" not in whole


def test_of_a_closed_article_no_word_is_anywhere(site: Path) -> None:
    page = article(site, "Fermé")
    assert page.find_class("text") == []
    assert words(page.find_class("quotes")[0]).startswith("q1 Quote speakerArmand Valcour actsay (déclarer)")
    whole = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*") if path.is_file())
    assert "zéphyr" not in whole
    (valcour,) = [
        page for path in site.glob("actor/*.html") if words((page := parse(path)).find(".//h1")) == "Armand Valcour"
    ]
    assert "[withheld]" in words(valcour)


def test_an_actor_has_names_roles_words_and_deeds(site: Path) -> None:
    pages = [parse(path) for path in site.glob("actor/*.html")]
    (ferrand,) = [page for page in pages if words(page.find(".//h1")) == "Odile Ferrand"]
    assert [words(title) for title in ferrand.iter("h2")] == [
        "Offices and memberships", "Where they stand", "What they said", "What they did", "Where they are named",
    ]  # fmt: skip
    assert "maire de Valbrume" in words(ferrand)
    kadhimi = parse(site / "actor" / "mustafa-al-kadhimi.html")
    names = {name.get("lang"): words(name) for name in kadhimi.iter("dd")}
    assert names == {"fr": "Moustafa al-Kazimi", "en": "Mustafa al-Kadhimi", "ar": "مصطفى الكاظمي"}


def test_an_event_shows_who_asserts_and_who_only_reports(site: Path) -> None:
    pages = [parse(path) for path in site.glob("event/*.html")]
    (told,) = [page for page in pages if "deux soldats américains" in words(page)]
    asserted, claimed = told.find_class("beside")[0].iter("section")
    assert "No outlet says it on its own account" in words(asserted)
    assert "deux soldats américains" in words(claimed)
    assert "claim" in claimed.find(".//article").get("class").split()


def test_a_round_shows_what_articles_say_of_it(site: Path) -> None:
    page = parse(site / "round" / "strategic-dialogue-2021-07-23.html")
    assert "Le quatrième tour du dialogue stratégique" in words(page)


def test_a_site_is_the_same_to_the_last_byte_and_replaced_as_a_whole(dataset: Path, site: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    (out / "static").mkdir(parents=True)
    (out / "static" / "site.css").write_text("")
    (out / "old.html").write_text("")
    build_site(dataset, out)
    assert content(out) == content(site)
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_with_other_files_is_left_alone(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="would be lost"):
        build_site(dataset, tmp_path)
    with pytest.raises(PublishError, match="is a file"):
        build_site(dataset, tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_without_a_dataset_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no dataset"):
        build_site(tmp_path / "processed", tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_dataset_with_nothing_in_it_is_a_site_too(dataset: Path, tmp_path: Path) -> None:
    frames = {table: frame.clear() for table, frame in store.read_tables(dataset).items()}
    store.publish(frames, tmp_path / "processed")
    pages = build_site(tmp_path / "processed", tmp_path / "site").pages
    assert pages == {"others": 8}
    assert "0 articles" in words(parse(tmp_path / "site" / "index.html"))


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://courrier.example/1", True),
        ("HTTP://courrier.example", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//courrier.example/1", False),
        ("https:///1", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, link: bool) -> None:
    assert (web_address(url) == url and url is not None) == link


def test_names_of_pages_are_plain() -> None:
    assert page_name("qasim-al-kariti") == "qasim-al-kariti"
    assert page_name("../x") != page_name("../y")
    assert re.fullmatch(r"h-[0-9a-f]{16}", page_name("../x"))
    assert re.fullmatch(r"h-[0-9a-f]{16}", page_name("A-X"))


def test_what_is_left_out_is_a_gap_between_its_signs() -> None:
    assert gaps(" », ˑˑˑˑ ˑ’ˑˑ « ") == " », […] « "
    assert gaps(", ") == ", "


def test_a_language_is_a_tag_or_none() -> None:
    assert [language(tag) for tag in ("fr", "fr-FR", 'fr" onload="x', "", None)] == ["fr", "fr-FR", None, None, None]


def test_noncharacters_and_overrides_are_replaced() -> None:
    assert plain("a\uffff\u202eb\x00") == "a\ufffd\ufffdb\ufffd"
