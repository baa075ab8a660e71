"""Whom an event's words stand for: pronouns, nouns that only point back, objects that only their verb tells: invented sentences."""

import datetime as dt

import pytest

import iraqtalks

DAY = dt.date(2020, 6, 17)


def told(text: str, type_: str) -> tuple[list[str], list[str]]:
    """Return the names of the sources and targets of the last event of a type in the text."""
    rows = iraqtalks.extract(text, published_on=DAY, language="fr")
    names = dict(rows["actors"].select("actor_id", "name").iter_rows())
    event = [row for row in rows["event_mentions"].iter_rows(named=True) if row["type"] == type_][-1]
    taking_part = [
        (row["role"], names[row["actor_id"]])
        for row in rows["event_participants"].iter_rows(named=True)
        if row["event_mention_id"] == event["event_mention_id"]
    ]
    return [name for role, name in taking_part if role == "source"], [n for role, n in taking_part if role == "target"]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        # Who spoke before is in mind, not the country that is only named beside.
        (
            "Kamil Ferrand, ministre de Norvège, a parlé mardi. « Le quai est fermé », a-t-il dit. La Suède l'a accusé.",
            "ACCUSE",
            "Sweden",
            "Kamil Ferrand",
        ),
        # A gerund goes on about whom its clause named; the tagger takes its “l'” for an article.
        (
            "Le maire de Bergen a attaqué la ministre Odile Ferrand en l'accusant de mentir.",
            "ACCUSE",
            "maire de Bergen",
            "Odile Ferrand",
        ),
        (
            "Le roi Kamil Ferrand a parlé. La ministre Odile Ferrand lui a demandé de partir.",
            "REQUEST",
            "Odile Ferrand",
            "Kamil Ferrand",
        ),
        # The verb takes nobody but actors as its object.
        ("La Norvège accuse les réseaux sociaux de mentir.", "ACCUSE", "Norway", "réseaux sociaux"),
        (
            "La Norvège appelle depuis des mois la communauté savante à parler.",
            "REQUEST",
            "Norway",
            "communauté savante",
        ),
        # Words are their speaker's, a plan is also his who announced it, violence his who did it.
        (
            "« La Suède ment », a déclaré le ministre Kamil Ferrand. La Norvège a dénoncé ces propos.",
            "ACCUSE",
            "Norway",
            "Kamil Ferrand",
        ),
        (
            "« La Suède ment », a déclaré le ministre Kamil Ferrand. "
            "La ministre Odile Ferrand est montée au créneau pour dénoncer ces propos.",
            "ACCUSE",
            "Odile Ferrand",
            "Kamil Ferrand",
        ),
        (
            "La Norvège a exigé la fermeture du quai. La Suède s'est opposée à cette demande.",
            "REJECT",
            "Sweden",
            "Norway",
        ),
        (
            "La Norvège a bombardé la Suède. « C'est assez », a dit le roi Kamil Ferrand. La Finlande a condamné cette attaque.",
            "ACCUSE",
            "Finland",
            "Norway",
        ),
    ],
)
def test_whom_the_words_stand_for(text: str, type_: str, source: str, target: str) -> None:
    assert told(text, type_) == ([source], [target])


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        # Nobody did or said it before.
        ("La Norvège a dénoncé ces propos.", "ACCUSE"),
        ("« C'est assez », a dit le roi Kamil Ferrand. La Finlande a condamné cette attaque.", "ACCUSE"),
        # A part of it is not what is judged.
        (
            "« C'est assez », a dit le roi Kamil Ferrand. Les députés norvégiens ont voté l'ensemble de cette proposition.",
            "SUPPORT",
        ),
    ],
)
def test_nobody_is_taken_for_the_author_of_what_nobody_said(text: str, type_: str) -> None:
    assert told(text, type_)[1] == []
