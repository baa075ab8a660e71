"""Cues: inflected forms, verb groups, several words, negation; and the lexicon as data."""

import pytest

from iraqtalks.extraction import Article
from iraqtalks.extraction.parse import read
from iraqtalks.extraction.quotes.cues import entries, find_cues, find_source_phrases
from iraqtalks.language import load
from iraqtalks.language.inflection import forms


@pytest.mark.parametrize(
    ("lemma", "some", "none"),
    [
        ("marteler", {"martèle", "martelait", "martèlera", "martelé"}, {"martele"}),
        ("répéter", {"répète", "répétait", "répétera", "répètera"}, {"répéte"}),
        ("appeler", {"appelle", "appelait"}, {"appele"}),
        ("regretter", {"regrette", "regrettait"}, {"regrètte"}),
        ("menacer", {"menaça", "menaçait", "menace"}, {"menacait"}),
        ("exiger", {"exigeait", "exigeant", "exige"}, {"exigait"}),
        ("avertir", {"avertit", "avertissait", "averti"}, {"avertite"}),
        ("promettre", {"promet", "promis"}, {"promettit"}),
    ],
)
def test_forms(lemma: str, some: set[str], none: set[str]) -> None:
    found = forms(lemma, "fr")
    assert some <= found
    assert not none & found


def cue_words(text: str) -> list[tuple[str, str, bool]]:
    (reading,) = read([Article(text, "invented")])
    doc = reading.paragraphs[0].doc
    found = []
    for cue in find_cues(doc, "fr"):
        last = doc[cue.last - 1]
        found.append((doc.text[doc[cue.first].idx : last.idx + len(last)], cue.entry.lemma, cue.negated))
    return found


@pytest.mark.parametrize(
    ("text", "words", "lemma", "negated"),
    [
        ("Odile Ferrand a aussitôt déclaré que oui.", "a aussitôt déclaré", "déclarer", False),
        ("« Oui », a-t-elle déclaré.", "a-t-elle déclaré", "déclarer", False),
        ("Odile Ferrand a de son côté affirmé que oui.", "a de son côté affirmé", "affirmer", False),
        ("Odile Ferrand a fait savoir que oui.", "a fait savoir", "faire savoir", False),
        ("Odile Ferrand n'a pas dit que le pont tiendrait.", "a pas dit", "dire", True),
        ("Le maire s'est insurgé contre le pont.", "s'est insurgé", "insurger", False),
    ],
)
def test_verb_groups(text: str, words: str, lemma: str, negated: bool) -> None:
    assert cue_words(text) == [(words, lemma, negated)]


def test_a_negation_that_affirms_is_none() -> None:
    assert [negated for _, _, negated in cue_words("Les voisins n'ont de cesse de dénoncer le pont.")] == [False]


def test_prepositions_of_several_words() -> None:
    (reading,) = read([Article("De l'avis de la maire, à en croire le conseil, le pont est perdu.", "invented")])
    assert [source.lemma for source in find_source_phrases(reading.paragraphs[0].doc, "fr")] == [
        "de l'avis de",
        "à en croire",
    ]


def test_the_lexicon_is_sound() -> None:
    known = {"que", "inf", "de", "obj_de", "obj_a", "a", "a_inf", "np", "attr", "wh", "incise", "pour", "adj"}
    for lemma, entry in entries("fr").items():
        assert entry.takes, lemma
        assert entry.takes <= known, lemma
        assert entry.reflexive <= entry.takes, lemma
    for data in load("fr", "cues")["multiword"]:
        assert len(data["words"]) > 1
