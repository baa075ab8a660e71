"""Every rule that can make a row is explained, and makes one of its example."""

import ast
from pathlib import Path

import pytest
import yaml

import iraqtalks
from iraqtalks.language import MODELS
from iraqtalks.precision import MEASURED, confidence, counts
from iraqtalks.rules import Example, examples, rules

EXAMPLES = [
    pytest.param(table, rule, example, id=rule)
    for language in sorted(MODELS)
    for table, listed in examples(language).items()
    for rule, example in listed.items()
]
SOURCES = sorted((Path(__file__).parent.parent / "src" / "iraqtalks" / "extraction").rglob("*.py"))
RAW = Path(__file__).parent.parent / "data" / "raw"


def test_the_rules_of_the_seed_article_are_explained() -> None:
    (path,) = RAW.glob("*.txt")
    frames = iraqtalks.extract(path.read_text(encoding="utf-8"))
    for table, frame in frames.items():
        if "rule" in frame.columns:
            explained = rules()["quotes" if table == "quote_segments" else table]
            used = set(frame["rule"].drop_nulls())
            assert used <= explained.keys(), table


def test_the_rules_that_were_measured_are_explained() -> None:
    for table, measured in yaml.safe_load(MEASURED.read_text(encoding="utf-8")).items():
        assert measured.keys() - {"total"} <= rules()[table].keys(), table


def test_every_explanation_is_a_line() -> None:
    for listed in rules().values():
        assert all(meaning and "\n" not in meaning for meaning in listed.values())


def test_every_rule_has_an_example_and_no_other_has() -> None:
    for language in sorted(MODELS):
        shown = examples(language)
        assert {table: listed.keys() for table, listed in shown.items()} == {
            table: listed.keys() for table, listed in rules().items()
        }


@pytest.mark.parametrize(("table", "rule", "example"), EXAMPLES)
def test_a_rule_makes_a_row_of_its_example(table: str, rule: str, example: Example) -> None:
    rows = iraqtalks.extract(example.text, published_on=example.published_on)[table]
    assert rule in rows["rule"].to_list(), rows.select("text", "rule").rows()


def test_every_rule_that_the_code_names_is_explained() -> None:
    """What looks like a rule's name in the extraction is one; times of a day and of speech date other rows."""
    known = {rule for listed in rules().values() for rule in listed}
    families = {rule.partition(".")[0] for rule in known} - {"event"}
    named = {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.partition(".")[0] in families
        and node.value.count(".") == 1
        and node.value.replace(".", "").replace("_", "").isalpha()
    }
    assert len(named) > 50
    beginnings = {name for name in named if any(rule.startswith(name) for rule in known)}
    assert named - beginnings == {"date.period"}, "a period makes no row of its own"


def test_the_confidence_of_a_rule_is_its_measured_precision() -> None:
    measured = 0
    for table, listed in rules().items():
        for rule in listed:
            right, of = counts(table, rule)
            if of >= 5:
                assert confidence(table, rule) == round(right / of, 3)
                measured += 1
    assert measured > 20
    rows = iraqtalks.extract("« Le pont tiendra », a déclaré Odile Ferrand.")["quotes"]
    assert rows.select("rule", "confidence").rows() == [("quote.incise", confidence("quotes", "quote.incise"))]
