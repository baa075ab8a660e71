"""What a line is on the page: furniture is told from the article's own words, and none of it is lost."""

import time

import pytest

from iraqtalks.extraction.blocks import split_blocks

FURNITURE = [
    ("related_link", "Partager cet article"),
    ("related_link", "Facebook Twitter WhatsApp E-mail"),
    ("related_link", "Partager | Imprimer | Copier le lien"),
    ("related_link", "Accueil > Monde > Valbrume"),
    ("related_link", "Politique | Économie | Sport | Culture"),
    ("related_link", "Accueil"),
    ("related_link", "Temps de lecture : 3 min"),
    ("related_link", "12 commentaires"),
    ("related_link", "Nous utilisons des cookies pour améliorer votre expérience."),
    ("related_link", "Les articles les plus lus"),
    ("related_link", "(Re)lire notre enquête sur le pont de Valbrume"),
    ("related_link", "Lire aussi : Le pont de Valbrume rouvre"),
    ("related_link", "Vous aimerez aussi"),
    ("related_link", "Mots-clés : pont, Valbrume"),
    ("caption", "Le pont de Valbrume, le 3 mai 2024. Odile Ferrand / AFP"),
    ("caption", "La maire de Valbrume devant le pont. © Reuters"),
    ("caption", "Crédit photos : Odile Ferrand"),
    ("caption", "Image d’illustration"),
    ("byline", "Publié le 3 mai 2024 à 14h32"),
    ("byline", "Mis à jour le 03/05/2024 à 14:32"),
    ("byline", "(Avec AFP)"),
    ("byline", "Source : Courrier de Valbrume"),
    ("subhead", "14h32"),
    ("subhead", "14:32"),
    ("subhead", "Vendredi 3 mai, 14h32"),
    ("subhead", "Il y a 5 minutes"),
]
OWN_WORDS = [
    "Publié le 3 mai 2024, le rapport sur le pont de Valbrume accuse la mairie.",
    "14h32. Le pont de Valbrume est fermé, annonce la maire.",
    "Il y a 5 minutes que le pont de Valbrume est fermé.",
    "À 14h32, le pont de Valbrume a été fermé.",
    "Selon l’AFP, le pont de Valbrume est fermé.",
    "Le pont de Valbrume est fermé, a annoncé la maire. (AFP)",
    "« Le pont ; la route ; le port : tout est fermé », dit la maire.",
    "Partager le pont de Valbrume entre piétons et voitures est impossible, dit la maire.",
    "L’annonce de la maire a surpris Valbrume.",
    "Accueil glacial pour la maire de Valbrume, sifflée par les commerçants.",
    "Le commentaire de la maire a déplu.",
    "Facebook a fermé la page de la mairie de Valbrume.",
    "Avec l’AFP et le Courrier, la maire a parlé du pont.",
    "Source de conflits, le pont de Valbrume sera fermé.",
]


@pytest.mark.parametrize(("kind", "line"), FURNITURE)
def test_furniture_is_no_body(kind: str, line: str) -> None:
    text = f"La maire a parlé hier.\n{line}\nLe pont est fermé."
    first, found, last = split_blocks(text, "fr")
    assert (first.kind, found.kind, last.kind) == ("body", kind, "body")
    assert text[found.start : found.end] == line


@pytest.mark.parametrize("line", OWN_WORDS)
def test_the_article_s_own_words_are_body(line: str) -> None:
    assert [block.kind for block in split_blocks(f"Le pont est fermé.\n{line}\nRien ne presse.", "fr")] == ["body"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "a | " * 100_000,
        "Facebook Twitter " * 50_000 + "!",
        "Publié le " + "1 " * 200_000,
        "Accueil" + ">" * 300_000,
        "/ AFP" * 100_000,
    ],
)
def test_a_hostile_line_costs_little_time(line: str) -> None:
    start = time.process_time()
    split_blocks(line, "fr")
    assert time.process_time() - start < 2


def test_a_quotation_lifted_from_the_article_is_no_second_one() -> None:
    """A line in quotation marks whose words stand elsewhere heads what follows; one that stands alone is said."""
    lifted = "Odile Ferrand attend.\n« Le pont tiendra cent ans. »\n« Le pont tiendra cent ans. Je le sais », dit-elle."
    assert [block.kind for block in split_blocks(lifted, "fr")] == ["body", "subhead", "body"]
    alone = lifted.replace("« Le pont tiendra cent ans. Je", "« Je")
    assert [block.kind for block in split_blocks(alone, "fr")] == ["body", "body", "body"]
