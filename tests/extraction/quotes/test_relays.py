"""Who passes words on, and who is set against whom: outlets that close a report, rejoinders, hearers carried on."""

import pytest

import iraqtalks


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return content, speaker's and hearer's name of each quote, in order."""
    rows = iraqtalks.extract(text)
    names = dict(zip(rows["actors"]["actor_id"], rows["actors"]["name"], strict=True))
    return [
        (quote["content"], names.get(quote["speaker_id"]), names.get(quote["said_to_id"]))
        for quote in rows["quotes"].sort("start").iter_rows(named=True)
    ]


def test_an_outlet_that_closes_a_report_is_told_it() -> None:
    """It is neither content nor the speaker of a quote of its own."""
    found = told("Odile Ferrand estime que le pont a des « failles » qui grandissent, rapporte le journal.")
    assert [(content, speaker) for content, speaker, _ in found] == [
        ("le pont a des « failles » qui grandissent", "Odile Ferrand")
    ]
    assert found[0][2] is not None


def test_a_person_who_closes_a_report_says_it() -> None:
    """Only an outlet merely passes words on."""
    found = told("Les pêcheurs disent que le pont tombe, déplore Odile Ferrand.")
    assert ("Les pêcheurs disent que le pont tombe", "Odile Ferrand", None) in found


def test_a_rejoinder_ends_what_was_said_before() -> None:
    """“mais Y affirme que B” is the narrator's."""
    assert told("Odile Ferrand assure que le pont tient mais Luc Sorel affirme qu'il penche.") == [
        ("le pont tient", "Odile Ferrand", None),
        ("il penche", "Luc Sorel", None),
    ]


def test_a_quotation_that_goes_on_has_the_hearer_of_the_one_before() -> None:
    """What was said to AFP goes on being said to it."""
    found = told("« Le pont tient », a dit Odile Ferrand à l'AFP. « Il tiendra cent ans. »")
    assert [hearer for _, _, hearer in found] == ["Agence France-Presse", "Agence France-Presse"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Odile Ferrand a porté plainte pour vol et sa voisine affirme que le pont tombe.", "voisine"),
        ("Alors maire du village, Luc Sorel l'avait accusée de vendre le pont.", "Luc Sorel"),
        ("Si son mari redevenait maire, Odile Ferrand affirme qu'elle partirait.", "Odile Ferrand"),
        ("Odile Ferrand rêve du pont. Celle qui fut maire a dit que le bac coulerait.", "Odile Ferrand"),
        ("« Le pont tombe », ont tweeté de nombreux pêcheurs.", "nombreux pêcheurs"),
        ("Un conseiller de son rival Luc Sorel l'a accusée de mentir.", "conseiller"),
        ("« Le pont tombe », ont dit les maires Luc Sorel et Jean Tallec.", "Luc Sorel et Jean Tallec"),
        ("« La trêve tient », ont écrit les Etats-Unis et la Norvège.", "Etats-Unis et la Norvège"),
        ("Le maire Luc Sorel a publié un communiqué accusant Odile Ferrand de mentir.", "Luc Sorel"),
        ("« Le pont tombe », peut-on lire dans la tribune.", "tribune"),
        ("« Le pont tombe », déclare l'établissement.", "établissement"),
        ("La commissaire de Valbrume aux droits de l'homme Odile Ferrand dit que le pont tombe.", "Odile Ferrand"),
        (
            "Odile Ferrand attend. Faisant huer Luc Sorel, Marc Rouvier ou le port, elle a accusé la mairie de mentir.",
            "Odile Ferrand",
        ),
        ("Selon cette étude, basée sur des données provenant de 75 pays, le pont tient.", "étude"),
    ],
)
def test_whose_verb_it_is(text: str, speaker: str) -> None:
    """The subject is the noun right before the verb, not an object or apposition before that."""
    assert told(text)[-1][1] == speaker


def test_women_and_children_in_a_quotation_are_no_source() -> None:
    """« Pour les femmes, ce sera dur » gives nobody's view but the speaker's."""
    assert told("« Pour les femmes et les enfants, ce sera le bac », a dit Odile Ferrand.") == [
        ("Pour les femmes et les enfants, ce sera le bac", "Odile Ferrand", None)
    ]


@pytest.mark.parametrize(
    "introduction",
    ["Luc Sorel, 30 ans, pêcheur à Valbrume, a longtemps hésité.", "A 23 ans, Luc Sorel, lui, rêve de partir."],
)
def test_a_pronoun_stands_for_whom_a_sentence_newly_opens_with(introduction: str) -> None:
    """The parse makes no subject of a name that an apposition parts from its verb."""
    text = f"« Le pont tient », dit Marc Ferrand, un maçon.\n{introduction}\n« Il tombe », affirme-t-il."
    assert told(text)[-1][:2] == ("Il tombe", "Luc Sorel")


def test_a_quotation_that_a_participle_accompanies_goes_on_with_the_speech_before() -> None:
    """« A », citant Y: what the speaker did besides."""
    assert told("« Le pont tient », a dit Odile Ferrand. « Il vaut les autres », citant notamment le bac.")[1][:2] == (
        "Il vaut les autres",
        "Odile Ferrand",
    )


def test_whom_reported_words_speak_of_is_less_in_mind_than_who_reports() -> None:
    """“Pour X, Y n'est pas apte. « … », a-t-il dit”: X."""
    text = "Pour M. Luc Sorel, M. Marc Rouvier n'est pas apte à diriger le port. « Il coulera », a-t-il dit."
    assert told(text)[-1][1] == "Luc Sorel"


def test_a_participle_alone_goes_on_with_the_speech_before() -> None:
    """“Et ajouté que B.” has its speaker in the sentence before."""
    assert told("Odile Ferrand a dit que le pont tenait. Et ajouté que le bac coulerait.")[1] == (
        "le bac coulerait",
        "Odile Ferrand",
        None,
    )


def test_for_whom_something_is_so() -> None:
    """“X, pour qui « A »” gives X's view; what somebody writes for is no view."""
    text = "Le pont penche, rappelle le maire Luc Sorel, pour qui « ce sont des pêcheurs avant tout »."
    assert ("ce sont des pêcheurs avant tout", "Luc Sorel", None) in told(text)


def test_a_coordinated_participle_has_a_report_of_its_own() -> None:
    """“X a menacé de A et assuré que B”: the auxiliary and the subject are shared."""
    assert [
        (content, speaker)
        for content, speaker, _ in told("Odile Ferrand a menacé de partir et assuré que le bac coulerait.")
    ] == [
        ("partir", "Odile Ferrand"),
        ("le bac coulerait", "Odile Ferrand"),
    ]


def test_a_quotation_left_open_has_its_cue_where_it_ends() -> None:
    """One cue behind the second paragraph reports both; what is inside the marks there is direct."""
    text = (
        "Le pont penche, a dit Odile Ferrand.\n"
        '"Des jeunes sont venus. Ils ont fini par partir.\n'
        'Les policiers sont venus aussi", a raconté Luc Sorel. "Je me plaindrai", a-t-il dit.'
    )
    rows = iraqtalks.extract(text)["quotes"].sort("start")
    assert rows["content"].to_list()[1:] == [
        "Des jeunes sont venus. Ils ont fini par partir. Les policiers sont venus aussi",
        "Je me plaindrai",
    ]
    assert rows["kind"].to_list()[1:] == ["direct", "direct"]
    assert [speaker for _, speaker, _ in told(text)[1:]] == ["Luc Sorel", "Luc Sorel"]


def test_who_is_described_by_a_relative_clause_is_a_person() -> None:
    """“Celle qui …” is no body that happens to be feminine; whom it means is left open."""
    assert told("La mairie a été saisie. Celle qui se cache accuse Luc Sorel de mentir.")[-1][:2] == ("mentir", None)


def test_a_conjunction_between_the_subjects_of_a_clause_ends_no_infinitive() -> None:
    """“avoir ordonné que X et ses fils …”: the clause with “que” still waits for its verb."""
    text = "Odile Ferrand a indiqué en mai avoir ordonné que Luc Sorel et ses fils bénéficient d'un bac."
    assert told(text)[0][:2] == ("avoir ordonné que Luc Sorel et ses fils bénéficient d'un bac", "Odile Ferrand")
