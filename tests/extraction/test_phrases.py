"""Noun phrases read off the parse: invented sentences."""

import pytest

from iraqtalks.extraction import phrases
from iraqtalks.extraction.model import Article, Paragraph
from iraqtalks.extraction.parse import read
from iraqtalks.extraction.tokens import Token


def parsed(text: str, word: str) -> tuple[Paragraph, Token]:
    """Return the paragraph of the text and its first token that reads `word`."""
    (paragraph,) = next(iter(read([Article(text, "test")]))).paragraphs
    return paragraph, next(token for token in paragraph.doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "phrase"),
    [
        ("Les forces de sécurité irakiennes avancent.", "forces", "forces de sécurité irakiennes"),
        ("Le ministère russe des Affaires étrangères a réagi.", "ministère", "ministère russe des Affaires étrangères"),
        ("Des responsables américains et irakiens négocient.", "responsables", "responsables américains et irakiens"),
        ("Les trois nouveaux ministres ont prêté serment.", "ministres", "trois nouveaux ministres"),
        ("Une source irakienne au sein du comité parle.", "source", "source irakienne"),
        ("Le canon armé de trois obus tire.", "canon", "canon"),
        ("Il annonce par le gouvernement d'un éventuel retour.", "gouvernement", "gouvernement"),
        ("Le chef, qui hésite, se tait.", "chef", "chef"),
    ],
)
def test_a_phrase_runs_over_adjectives_and_genitives_only(text: str, word: str, phrase: str) -> None:
    start, end = phrases.noun_phrase(*parsed(text, word))
    assert text[start:end] == phrase


def test_positions_are_those_of_the_article() -> None:
    text = "Titre.\n\n  L’équipe des négociateurs irakiens part."
    paragraph = next(iter(read([Article(text, "test")]))).paragraphs[1]
    head = next(token for token in paragraph.doc if token.text == "équipe")
    start, end = phrases.noun_phrase(paragraph, head)
    assert text[start:end] == "équipe des négociateurs irakiens"


def test_determiner_and_preposition_are_looked_up_before_adjectives() -> None:
    _, head = parsed("Il parle à ses deux nouveaux voisins.", "voisins")
    assert (phrases.determiner(head), phrases.preposition(head)) == ("ses", "à")


def test_agreement_features_come_from_the_tagger() -> None:
    _, head = parsed("Les grandes maisons brûlent.", "maisons")
    assert (phrases.gender(head), phrases.is_plural(head)) == ("f", True)
