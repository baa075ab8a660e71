"""Washington the government against Washington the city: invented sentences."""

import pytest

from iraqtalks.extraction.actors import find_cast
from iraqtalks.extraction.model import Article
from iraqtalks.extraction.parse import read
from iraqtalks.knowledge import knowledge

GOVERNMENT = [
    "[Washington] souhaite maintenir certaines de ses bases.",
    "[Bagdad] n'a pas répondu.",
    "Les pourparlers entre [Bagdad] et [Washington] ont repris.",
    "La tension monte entre [Téhéran] et [Washington].",
    "Il a dénoncé les sanctions contre [Téhéran].",
    "Le geste de défi de [Washington] inquiète.",
    "La réponse de [Téhéran] tarde.",
    "Il bénéficie de l'aval de [Téhéran] et de [Washington].",
    "La décision a été rejetée par [Moscou].",
    "Selon [Londres], rien n'est signé.",
    "Il accuse [Paris], [Londres] et [Berlin] de trahison.",
    "L'ONU reproche à [Téhéran] son silence.",
    "Le retrait demandé à [Washington] a tardé.",
    "Face à [Téhéran], il reste ferme.",
    "Il négocie avec [Bagdad] depuis mars.",
    "La position de principe de [Paris] n'a pas changé.",
    "La tentative de [Washington] a échoué.",
    "Hier, [Moscou] a protesté.",
    "D'après [Washington], rien n'est signé.",
    "C'est une ligne rouge pour [Paris].",
    "« Tout est faux », assure [Pékin].",
    "Les zones contrôlées par [Damas] sont calmes.",
    "Le soutien de [Pékin] est acquis.",
    "Ils dénoncent la mainmise de l'Iran et [Moscou] se tait.",
    "Au Maghreb, [Tunis] et [Alger] ont assoupli la règle.",
    "Le pays est l'ennemi numéro un de [Washington].",
    "Une intervention auprès d'[Athènes] a suffi.",
    "La [Maison Blanche] a démenti.",
    "Le porte-parole du [Kremlin] a démenti.",
    "Les avocats ont écrit au [Quai d'Orsay].",
    "Un décret de l'[Élysée] le permet.",
]
PLACE = [
    "[Tripoli] a connu une semaine calme.",
    "[Moscou], principal foyer de l'épidémie, reste fermée.",
    "Hier, [Bruxelles] avait déjà été le théâtre de violences.",
    "La route passe par [Paris].",
    "Des villes comme [Londres] en ont.",
    "Le député de [Paris] a voté.",
    "Il parlait de la mairie de « [Berlin] ».",
    "Il a passé un an à la [Maison Blanche].",
    "Les abords de la [Maison Blanche] sont fermés.",
    "Depuis son départ de l'[Élysée], il écrit.",
    "Il est arrivé à [Bagdad] mardi.",
    "Dans les rues de [Téhéran], la vie reprend.",
    "Une base militaire près de [Téhéran] a brûlé.",
    "L'aéroport international de [Bagdad] est fermé.",
    "Le sommet se tient à [Washington].",
    "Il vit à [Paris] depuis dix ans.",
    "L'université de [Téhéran] recrute.",
    "Il a quitté [Bagdad] hier.",
    "Ils ont signé l'accord de [Vienne] en avril.",
    "Le maire de [Téhéran] a démissionné.",
    "La liaison entre [Amman] et [Bagdad] est coupée.",
    "Il a étudié dans une faculté privée de [Bagdad].",
    "Il s'est rendu à [Téhéran] lundi.",
    "La liaison [Paris]-[Téhéran] reprend.",
    "Au nord de [Bagdad], le pont a cédé.",
    "Ils vont vers [Damas] à pied.",
    "Les habitants de [Bagdad] attendent.",
    "Le procureur de [Paris] enquête.",
    "Il est parti pour [Londres] hier.",
    "Des vols à destination de [Bruxelles] sont annulés.",
    "Il pleut en Suisse, en Australie et à [Londres].",
    "Il a vu Toronto, Atlanta, [Helsinki], Miami.",
]


def test_a_capital_that_acts_or_is_dealt_with_is_a_government() -> None:
    wrong = [case for case in GOVERNMENT if found(case) != marked(case)]
    assert not wrong


def test_a_capital_where_something_is_or_happens_is_a_place() -> None:
    wrong = [case for case in PLACE if found(case)]
    assert not wrong


@pytest.mark.parametrize("text", ["En [Irak], tout va bien.", "Le retrait des soldats d'[Irak] tarde."])
def test_a_country_that_only_sets_the_scene_is_no_actor(text: str) -> None:
    assert not found(text)


def marked(case: str) -> list[str]:
    """Return the capitals in brackets."""
    return [part.split("]")[0] for part in case.split("[")[1:]]


def found(case: str) -> list[str]:
    """Return those of the bracketed words that are mentions in the sentence without brackets."""
    text = case.replace("[", "").replace("]", "")
    cast = find_cast(next(iter(read([Article(text, "test")]))), knowledge())
    said = [text[mention.start : mention.end] for mention in cast.mentions]
    return [words for words in marked(case) if words in said]
