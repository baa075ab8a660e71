"""Events behind constructions that hide who acts, what the act is, or that it is none: invented sentences."""

import datetime as dt

import pytest

from iraqtalks.extraction.actors import find_cast
from iraqtalks.extraction.dates import find_temporal
from iraqtalks.extraction.events import find_events
from iraqtalks.extraction.model import Article, EventMention, Quote
from iraqtalks.extraction.parse import read
from iraqtalks.knowledge import knowledge

WEDNESDAY = dt.date(2020, 6, 17)


def found(text: str, quotes: list[Quote] | None = None) -> list[EventMention]:
    (reading,) = read([Article(text, "invented", published_on=WEDNESDAY, language="fr")])
    cast = find_cast(reading, knowledge())
    return find_events(reading, cast, quotes or [], find_temporal(reading), knowledge())


def told(text: str) -> list[tuple[str, str | None, list[str], list[str]]]:
    return [(event.type, event.mode, ids(event, "source"), ids(event, "target")) for event in found(text)]


def ids(event: EventMention, role: str) -> list[str]:
    return [participant.actor_id for participant in event.participants if participant.role == role]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        # A participle that shares the auxiliary of the verb before.
        ("La Norvège a perdu patience et exigé de la Suède des excuses.", "REQUEST", ["norway"], []),
        # A gerund, which the tagger takes for an adjective.
        ("La Norvège a surpris en menaçant de frapper la Suède.", "THREATEN", ["norway"], ["sweden"]),
        # An infinitive under a noun of deciding.
        (
            "La décision de la Norvège de se retirer de l'accord sur le pétrole suédois surprend.",
            "SANCTION",
            ["norway"],
            ["sweden"],
        ),
        # A participle far from its noun, over nouns of other gender.
        (
            "L'accord sur les eaux et les forêts conclu entre la Norvège et la Suède tient.",
            "SUPPORT",
            ["norway", "sweden"],
            [],
        ),
        # Where a law fails is who rejects it.
        ("La loi sera rejetée au parlement norvégien.", "REJECT", ["norwegian-parliament"], []),
        # What a number is of, past how exact it is.
        ("La Norvège détient au moins cinq Suédois.", "COERCE", ["norway"], None),
        ("La Norvège a livré des tonnes d'armes à la Suède.", "AID", ["norway"], ["sweden"]),
        # A participle that agrees with another noun than the one that the parser hangs it on.
        ("Le retour des pêcheurs détenus par la Norvège tarde.", "COERCE", ["norway"], None),
        # Whom a relative pronoun stands for.
        ("La Suède, avec qui la Norvège a dialogué mardi, est loin.", "CONSULT", ["norway"], ["sweden"]),
        # People of a country without a capital, where they are counted.
        ("Quatre suédois ont été condamnés à mort par la Norvège.", "SANCTION", ["norway"], None),
        # A thing that a verb has done, told by a noun too, is one event.
        ("La Norvège a annoncé l'ouverture d'une enquête.", "ACCUSE", ["norway"], []),
        # An act noun that is the subject of a passive: whoever did it is the passive's agent.
        ("Une attaque contre la Suède a été menée par la Norvège.", "ASSAULT", ["norway"], ["sweden"]),
        # A noun in between has an agent of its own.
        ("La Norvège a été poursuivie pour violences par des marins.", "ACCUSE", [], ["norway"]),
        # Who takes part in talks that the clause only mentions.
        ("Lors d'un entretien avec la Suède, la Norvège a parlé de morue.", "CONSULT", ["norway"], ["sweden"]),
        # A head in the singular with a verb in the plural: another is joined to it, wherever the parser hangs it.
        ("Le chef du gouvernement norvégien et le roi de Suède ont loué la Finlande.", "SUPPORT", None, ["finland"]),
        # Theirs who are the clause's subject.
        ("La Norvège a accéléré le déploiement de ses canons.", "MOBILIZE", ["norway"], []),
        # A series goes on with “des”.
        ("La Norvège s'est entretenue avec la Suède et des pays du Nord.", "CONSULT", ["norway"], None),
        # A participle at the head of a sentence, which the tagger takes for a name.
        ("Limogé en mai par la Norvège, le ministre Kamil Ferrand a parlé.", "SANCTION", ["norway"], None),
        # Whoever names a treaty's country is no party that leaves it.
        ("La dénonciation de l'accord de Vienne par la Norvège a surpris.", "SANCTION", ["norway"], []),
        ("La Suède a quitté l'accord de pêche depuis la Norvège.", "SANCTION", ["sweden"], []),
        # The first of a series, which the parser cuts off.
        (
            "Le Danemark, la Norvège et la Finlande ont attaqué la Suède.",
            "ASSAULT",
            ["denmark", "norway", "finland"],
            ["sweden"],
        ),
        # Every country that a visit is to.
        ("Le roi de Norvège est en visite en Suède et en Finlande.", "CONSULT", None, ["sweden", "finland"]),
        # What stands between commas before the verb is not its subject.
        ("La Norvège, comme ses voisins, s'est empressée de féliciter la Suède.", "SUPPORT", ["norway"], ["sweden"]),
        # “En” and a participle: the clause's subject acts.
        ("La Norvège a nommé son quai en menaçant la Suède de représailles.", "THREATEN", ["norway"], ["sweden"]),
        # A people's name that the tagger takes for an adjective.
        ("La Norvège a arrêté un Suédois qui pêchait.", "COERCE", ["norway"], None),
        # What follows an adjunct belongs to it.
        ("La Norvège a imposé des sanctions lors de son discours à la Suède.", "SANCTION", ["norway"], []),
        # A treaty that somebody announces to leave is no withdrawal of troops.
        ("La Norvège a annoncé son retrait du traité de pêche.", "SANCTION", ["norway"], []),
    ],
)
def test_who_acts_is_found_behind_the_construction(
    text: str, type_: str, source: list[str] | None, target: list[str] | None
) -> None:
    (event,) = found(text)
    assert event.type == type_
    assert source is None or ids(event, "source") == source
    assert target is None or ids(event, "target") == target


@pytest.mark.parametrize(
    "text",
    [
        # What is only asked for, charged with, made possible, or said of.
        "La Norvège a la possibilité de bombarder la Suède.",
        "Ce que la Norvège a promis à la Suède reste obscur.",
        "La remise en cause de la Norvège par la Suède n'aura pas lieu, il est temps de revenir sur cette décision.",
        "Le navire de guerre norvégien dort.",
        "La Norvège craint la peste et le choléra.",
        "La Norvège dort tant que la Suède n'aura pas libéré les pêcheurs.",
        "La Norvège a fait une capture d'écran du compte.",
        "La Norvège, attaquée par l'opposition suédoise sur son bilan, dort.",
        "Trois marins ont été tués dans un accident en Norvège.",
        "Deux Norvégiens ont été blessés par la tempête.",
    ],
)
def test_what_is_no_act_is_no_event(text: str) -> None:
    assert [event for event in found(text) if event.type != "ACCUSE"] == []


def test_what_another_act_asks_for_is_no_event_of_its_own() -> None:
    assert [event.type for event in found("La Norvège a appelé les pays du Nord à rejeter le plan suédois.")] == [
        "REQUEST"
    ]
    assert [event.type for event in found("La Norvège a accusé la Suède de menacer la Finlande.")] == ["ACCUSE"]
    assert [event.type for event in found("La Norvège a demandé à la Suède de partir et de libérer deux marins.")] == [
        "REQUEST"
    ]


def test_what_stands_in_an_adjunct_is_no_part_of_what_is_promised() -> None:
    told_of = told("La Norvège a promis de rester malgré les sanctions de la Suède.")
    assert ("SANCTION", "discontinue", ["sweden"], []) in told_of


def test_who_is_complained_of_is_the_subject_of_the_words_said() -> None:
    text = "La Suède veut inonder le fjord, a fustigé Odile Ferrand, ministre de Norvège."
    (reading,) = read([Article(text, "invented", published_on=WEDNESDAY, language="fr")])
    cast = find_cast(reading, knowledge())
    speaker = next(mention for mention in cast.mentions if text[mention.start : mention.end] == "Odile Ferrand")
    cue = (text.index("a fustigé"), text.index("a fustigé") + len("a fustigé"))
    said = Quote(((0, cue[0] - 2),), "indirect", "test", cue=cue, speaker=speaker, speaker_id=speaker.actor_id)
    (event,) = find_events(reading, cast, [said], find_temporal(reading), knowledge())
    assert (event.type, ids(event, "source"), ids(event, "target")) == ("ACCUSE", [speaker.actor_id], ["sweden"])


def test_a_participle_goes_on_with_who_spoke() -> None:
    text = "La Suède doit payer, réclame la Norvège, s'en prenant à la Finlande."
    (reading,) = read([Article(text, "invented", published_on=WEDNESDAY, language="fr")])
    cast = find_cast(reading, knowledge())
    cue = (text.index("réclame"), text.index("réclame") + len("réclame"))
    said = Quote(((0, cue[0] - 2),), "indirect", "test", cue=cue, speaker_id="norway")
    events = find_events(reading, cast, [said], find_temporal(reading), knowledge())
    assert ("ACCUSE", ["norway"], ["finland"]) in [(e.type, ids(e, "source"), ids(e, "target")) for e in events]


def test_means_of_war_and_unrest_are_political_whoever_is_killed() -> None:
    assert [event.type for event in found("Deux pêcheurs ont été tués dans un bombardement.")] == ["ASSAULT"]
    assert "ASSAULT" in [event.type for event in found("Deux pêcheurs ont été tués lors d'une émeute.")]
    assert found("Deux pêcheurs ont été tués dans leur sommeil.") == []


def test_a_finite_verb_goes_on_with_a_finite_one() -> None:
    told_of = told("La Norvège accuse la Suède d'avoir dissimulé une peste et a rompu ses relations avec la Finlande.")
    assert ("SANCTION", "withdraw", ["norway"], ["finland"]) in told_of
    told_of = told("La Norvège accuse la Suède d'avoir dissimulé une peste et a menacé la Finlande.")
    assert ("THREATEN", None, ["norway"], ["finland"]) in told_of


def test_a_place_that_tells_of_another_noun_is_not_where_it_happened() -> None:
    (event,) = found("Des comptes liés à Bagdad lors de manifestations contre la Suède ont disparu.")
    assert (event.type, event.place_id) == ("PROTEST", None)


def test_what_somebody_is_sorry_for_is_done() -> None:
    events = found("La Norvège a été louée pour avoir bombardé la Suède.")
    assert ("ASSAULT", ["sweden"]) in [(event.type, ids(event, "target")) for event in events]


def test_who_says_i_is_the_speaker() -> None:
    text = "« J'ai exigé la démission du roi de Suède », a dit Odile Ferrand, ministre de Norvège."
    (reading,) = read([Article(text, "invented", published_on=WEDNESDAY, language="fr")])
    cast = find_cast(reading, knowledge())
    speaker = next(mention for mention in cast.mentions if text[mention.start : mention.end] == "Odile Ferrand")
    quote = Quote(((2, text.index(" »")),), "direct", "test", speaker=speaker, speaker_id=speaker.actor_id)
    events = find_events(reading, cast, [quote], find_temporal(reading), knowledge())
    assert [(event.type, ids(event, "source")) for event in events] == [("REQUEST", [speaker.actor_id])]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Une attaque menée en mars 2018 par la Norvège contre la Suède reste obscure.", "2018-03"),
        ("Une attaque de la Norvège contre la Suède, dénoncée mardi, reste obscure.", None),
        ("La Norvège a annexé la Suède à la suite du naufrage le 3 mai.", None),
        ("Une attaque contre la Suède a été revendiquée mardi par la Norvège.", None),
        ("La signature, à Oslo en 2015, de l'accord entre la Norvège et la Suède a compté.", "2015"),
    ],
)
def test_a_participle_dates_what_it_tells_of_and_not_what_it_speaks_of(text: str, date: str | None) -> None:
    assert [event.date for event in found(text) if event.type in {"ASSAULT", "COERCE", "SUPPORT"}] == [date]


@pytest.mark.parametrize(
    ("text", "type_", "date"),
    [
        # What a relative clause says that an event did, and a verb that says that one came about, date it.
        ("L'invasion norvégienne qui a ruiné la Suède en 2003 a surpris.", "ASSAULT", "2003"),
        ("La Norvège a provoqué mardi une levée de boucliers chez les ministres suédois.", "ACCUSE", "2020-06-16"),
        # So does what it happened in, and the clause that a participle goes on with.
        ("Deux Suédois ont été tués par la Norvège lors des troubles de mai 2019.", "ASSAULT", "2019-05"),
        (
            "La Norvège a signalé mardi un naufrage et mis en garde la Suède contre une attaque.",
            "THREATEN",
            "2020-06-16",
        ),
        ("La Norvège a fermé mardi son quai en accusant la Suède de mentir.", "ACCUSE", "2020-06-16"),
        # What a death came about by, and what was simultaneous.
        (
            "La mort le 3 janvier d'un général suédois, tué dans un raid de la Norvège, a surpris.",
            "ASSAULT",
            "2020-01-03",
        ),
        (
            "La Suède déplore la mort, à Bergen, vendredi 3 janvier, lors d'une attaque de la Norvège, du roi Kamil Ferrand.",
            "ASSAULT",
            "2020-01-03",
        ),
        ("Le maire est venu mardi, alors que la Norvège a bombardé la Suède.", "ASSAULT", "2020-06-16"),
        ("Le maire est venu mardi, alors que la Norvège avait bombardé la Suède.", "ASSAULT", None),
        # What is only likened to it, what came before or lasted does not.
        ("Le maire est venu mardi à Oslo, où la Norvège accusait la Suède de mentir.", "ACCUSE", None),
        ("La Norvège a, comme la veille, bombardé la Suède.", "ASSAULT", None),
        ("Avant mardi, la Norvège avait bombardé la Suède.", "ASSAULT", None),
        ("Mardi, le maire a parlé. En une semaine, la Norvège a bombardé la Suède.", "ASSAULT", None),
        ("Les pires frappes norvégiennes contre la Suède depuis le naufrage en 1979 inquiètent.", "ASSAULT", None),
    ],
)
def test_an_event_shares_the_date_of_what_tells_of_it_and_no_other(text: str, type_: str, date: str | None) -> None:
    assert [event.date for event in found(text) if event.type == type_] == [date]


def test_a_noun_that_says_when_is_clearer_than_a_participle_that_does_not() -> None:
    text = "Odile Ferrand, détenue par la Norvège depuis son arrestation en juillet 2018, dort."
    (event,) = found(text)
    assert (event.type, event.date, ids(event, "source")) == ("COERCE", "2018-07", ["norway"])
    assert text[event.start : event.end].endswith("arrestation en juillet 2018")


def test_a_date_in_a_relative_clause_does_not_part_a_sentence_from_the_day_of_the_news() -> None:
    text = (
        "La Norvège a exhorté mardi la Suède à patienter.\n\n"
        "La Norvège, à qui un traité interdit de pêcher en 2021, a appelé la Finlande à partir."
    )
    assert [event.date for event in found(text)] == ["2020-06-16", "2020-06-16"]


@pytest.mark.parametrize(
    "text",
    [
        # The day is that of a clause beside what the parser takes for the main one.
        "Le quai est fermé, la Norvège a exhorté mardi la Suède à patienter.\n\nLa Norvège a appelé la Finlande à partir.",
        # What a participle tells of goes on with the clause that has the tense of the news.
        "La Norvège a exhorté mardi la Suède à patienter.\n\nLa Norvège a réagi, accusant la Finlande de mentir.",
    ],
)
def test_the_day_of_the_news_holds_for_what_its_actor_does_next(text: str) -> None:
    assert [event.date for event in found(text)] == ["2020-06-16", "2020-06-16"]


def test_the_day_somebody_spoke_holds_for_what_he_did_besides() -> None:
    text = "« Rien ne presse », a déclaré mardi la Norvège.\n\nLa Norvège a exhorté la Suède à patienter."
    (reading,) = read([Article(text, "invented", published_on=WEDNESDAY, language="fr")])
    cast = find_cast(reading, knowledge())
    cue = (text.index("a déclaré"), text.index("a déclaré") + len("a déclaré"))
    quote = Quote(((2, text.index(" »")),), "direct", "test", cue=cue, speaker_id="norway", spoken_on="2020-06-16")
    events = find_events(reading, cast, [quote], find_temporal(reading), knowledge())
    assert [(event.type, event.date) for event in events] == [("REQUEST", "2020-06-16")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mardi à Paris, la Norvège a dénoncé la Suède.", "paris"),
        ("La Norvège a dénoncé les grèves à Paris devant la Suède mardi.", None),
        ("La Suède lèvera l'embargo en vertu de l'accord conclu à Paris.", None),
        ("Elle dort à Paris, où la Norvège a bombardé la Suède.", "paris"),
    ],
)
def test_words_are_spoken_somewhere_else_than_what_they_speak_of(text: str, place: str | None) -> None:
    assert {event.place_id for event in found(text) if event.type in {"ACCUSE", "RETREAT", "ASSAULT"}} <= {place}


def test_leaving_a_deal_is_against_the_country_that_the_article_names_with_it() -> None:
    text = "La Norvège a quitté l'accord en 2018. L'accord sur le pétrole suédois date de 2015."
    assert told(text)[0] == ("SANCTION", "withdraw", ["norway"], ["sweden"])


def test_talks_that_are_only_mentioned_are_no_event() -> None:
    assert found("Les discussions de la Norvège lassent.") == []
    assert [event.type for event in found("Une rencontre entre la Norvège et la Suède a eu lieu mardi.")] == ["CONSULT"]
    assert [event.type for event in found("Aucune rencontre entre la Norvège et la Suède n'est prévue.")] == ["AGREE"]


def test_an_elided_pronoun_is_no_condition() -> None:
    (event,) = found("La Norvège s'en est prise mardi à la Suède.")
    assert (event.type, event.status) == ("ACCUSE", "asserted")
    statuses = {event.status for event in found("La Norvège pleure quand ses rois dorment, s'ils attaquent la Suède.")}
    assert statuses <= {"hypothetical"}


def test_hours_later_is_the_day_of_the_sentence_before() -> None:
    events = found(
        "La Norvège a attaqué la Suède le 3 mai 2019. Quelques heures plus tard, la Suède bombardait la Norvège."
    )
    assert [event.date for event in events] == ["2019-05-03", "2019-05-03"]


def test_who_is_only_told_apart_by_what_was_done_to_them_is_no_event() -> None:
    assert found("Les combattants détenus en Suède dorment.") == []
    assert [event.type for event in found("Les combattants détenus par la Norvège en Suède dorment.")] == ["COERCE"]


def test_what_is_only_said_by_the_way_is_no_event_until_a_date_or_another_side_makes_it_one() -> None:
    assert found("Les lois critiquées par la Norvège durent.") == []
    assert [event.type for event in found("Les lois critiquées mardi par la Norvège durent.")] == ["ACCUSE"]
    assert [event.status for event in found("Le ministre norvégien Ola Brekke va démissionner.")] == ["planned"]


def test_two_verbs_that_state_the_same_words_make_one_event() -> None:
    """“a condamné X mais aussi dénoncé Y” in one clause: a row has its words, type and mode for a key."""
    text = (
        "Le président du syndicat, Luc Sorel, a lui aussi condamné les casseurs mais également dénoncé un « usage "
        "disproportionné de la force par la police » et exigé l'arrêt des essais."
    )
    keys = [(event.start, event.end, event.type, event.mode) for event in found(text)]
    assert len(keys) == len(set(keys)) > 0


def test_an_auxiliary_is_found_past_the_adverbials_before_its_participle() -> None:
    # A clause with an auxiliary tells an act, even one that names nobody else; a bare participle only describes.
    (event,) = found("La Norvège a par ailleurs annulé sa visite.")
    assert (event.type, ids(event, "source")) == ("REJECT", ["norway"])
    assert found("Les visites annulées par la Norvège manquent.") == []


def test_what_a_participle_tells_beside_a_wish_is_a_fact() -> None:
    (deal,) = found("La Norvège veut que l'accord conclu en 2015 avec la Suède soit respecté.")
    assert (deal.type, deal.date, deal.status) == ("SUPPORT", "2015", "asserted")
    (charge,) = found("La Norvège envisage de partir, accusant la Suède de mentir.")
    assert (charge.type, ids(charge, "source"), ids(charge, "target")) == ("ACCUSE", ["norway"], ["sweden"])
    assert found("La Norvège envisage d'accuser la Suède.") == []


def test_a_verdict_on_a_company_is_an_act_of_state() -> None:
    (event,) = found("La compagnie Valbrume Pétrole a été condamnée à une amende.")
    assert (event.type, event.mode, len(ids(event, "target"))) == ("SANCTION", "convict", 1)
    assert found("La compagnie Valbrume Pétrole a salué la pluie.") == []


def test_whoever_is_named_in_full_takes_a_stand_in_public() -> None:
    (event,) = found("Odile Tavel a promis une aide aux pêcheurs.")
    assert (event.type, len(ids(event, "source"))) == ("AGREE", 1)
    assert found("Odile a promis une aide aux pêcheurs.") == []
    assert found("Odile Tavel a visité le port.") == []


def test_what_only_authorities_do_needs_nobody_named() -> None:
    (arrest,) = found("Deux suspects ont été arrêtés lundi.")
    assert (arrest.type, arrest.mode, arrest.date, arrest.participants) == ("COERCE", "arrest", "2020-06-15", ())
    (release,) = found("Deux suspects ont été libérés sous caution.")
    assert (release.type, release.mode) == ("RETREAT", "release")
    # Which people are meant is no act, unless its day is told; nor is what was not done.
    assert found("Ceux qui ont été arrêtés dorment.") == []
    assert [event.date for event in found("Ceux qui ont été arrêtés lundi dorment.")] == ["2020-06-15"]
    assert found("Deux suspects n'ont pas été libérés.") == []


@pytest.mark.parametrize(
    ("text", "type_", "mode"),
    [
        ("La Norvège a été visée par une enquête.", "ACCUSE", "investigate"),
        ("La Norvège a jugé la décision de la Suède regrettable.", "ACCUSE", "disapprove"),
        ("La Norvège s'est désolidarisée de la Suède.", "ACCUSE", "disapprove"),
        ("La Norvège a marqué son désaccord avec la Suède.", "ACCUSE", "disapprove"),
        ("La Norvège a conclu un contrat avec la Suède.", "SUPPORT", None),
        ("La Norvège a reconnu Valbrume comme capitale de la Suède.", "SUPPORT", None),
        ("La Norvège a empêché la parution d'un livre.", "COERCE", "censor"),
        ("La Norvège a ramené les archives à Valbrume.", "RETREAT", "withdraw"),
        ("La Norvège a fourni des conseillers militaires à la Suède.", "AID", None),
        ("L'armée norvégienne a réalisé une percée vers Valbrume.", "ASSAULT", None),
        ("L'armée norvégienne a remis la main sur le port.", "ASSAULT", None),
        ("Le syndicat norvégien des dockers a déposé un préavis.", "THREATEN", None),
    ],
)
def test_the_words_of_a_field_state_its_type(text: str, type_: str, mode: str | None) -> None:
    (event,) = found(text)
    assert (event.type, event.mode) == (type_, mode)


def test_a_state_that_leaves_a_race_or_a_body_withdraws_no_troops() -> None:
    assert [event.mode for event in found("La Norvège s'est retirée de l'île de Valbrume.")] == ["withdraw"]
    assert "withdraw" not in [event.mode for event in found("La Norvège s'est retirée de la course.")]
