"""What is said and what the narrator adds: where content ends, what stands before it, which verbs stand alone."""

import re

import pytest

import iraqtalks


def marked(text: str) -> tuple[str, list[str]]:
    """Return the text without its square brackets, and what stands in them."""
    return re.sub(r"[\[\]]", "", text), re.findall(r"\[(.*?)\]", text)


def quotes(text: str) -> list[tuple[list[str], str | None]]:
    """Return segments and speaker's name of each quote."""
    rows = iraqtalks.extract(text)
    names = dict(zip(rows["actors"]["actor_id"], rows["actors"]["name"], strict=True))
    segments = rows["quote_segments"].sort("start")
    return [
        (
            [segment["text"] for segment in segments.iter_rows(named=True) if segment["quote_id"] == quote["quote_id"]],
            names.get(quote["speaker_id"]),
        )
        for quote in rows["quotes"].sort("start").iter_rows(named=True)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # An apposition, an answer, a gerund, a venue behind the content are the narrator's.
        (
            "Odile Ferrand a dit que [le pont relierait Valbrume à Sorlieu], une ville que la mer menace.",
            "Odile Ferrand",
        ),
        ("Odile Ferrand accuse Luc Sorel d'[avoir vendu le pont], ce que la mairie dément.", "Odile Ferrand"),
        ("Odile Ferrand a assuré que [le pont tiendrait], tout en refusant de donner une date.", "Odile Ferrand"),
        (
            "Odile Ferrand a accusé Luc Sorel de [vouloir vendre le pont], dans une tribune publiée par une revue.",
            "Odile Ferrand",
        ),
        ("Odile Ferrand assure [être prête] alors que son absence avait inquiété.", "Odile Ferrand"),
        # A list and a consequence go on with it.
        ("Odile Ferrand a dit qu'[elle avait vu le maire, le prêtre et un pêcheur].", "Odile Ferrand"),
        ("Odile Ferrand a affirmé que [trois ponts étaient tombés, ce qui porte à neuf le bilan].", "Odile Ferrand"),
        # What a cue at the end reports is the whole sentence, its relative clauses too.
        ("[Luc Sorel veut vendre le pont où il pêchait], rapporte Odile Ferrand.", "Odile Ferrand"),
        # An inverted subject behind a bare noun, a connective, an adverbial.
        ("[Le pont], a expliqué Odile Ferrand, [ne plaît à personne].", "Odile Ferrand"),
        ("Car, explique Odile Ferrand, [le pont tiendra].", "Odile Ferrand"),
        ("Les bacs coulaient et, ajoute Odile Ferrand, « [le pont tiendra] ».", "Odile Ferrand"),
        # Adverbs, addressees and asides before an infinitive belong to the saying.
        ("Odile Ferrand assure aussi [avoir vu le pont].", "Odile Ferrand"),
        ("Odile Ferrand a souligné, via son avocat, [n'avoir jamais vu le pont].", "Odile Ferrand"),
        ("La ville de Valbrume a présenté ses excuses lundi pour [avoir vendu le pont].", None),
        ("Odile Ferrand s'était défendue, une nouvelle fois, d'[avoir vendu le pont].", "Odile Ferrand"),
        ("Odile Ferrand a, dans son message lundi, dit [combien elle aimait le pont].", "Odile Ferrand"),
        ("Et Odile Ferrand d'ajouter que [le pont tiendrait].", "Odile Ferrand"),
        # A verb that an incise only keeps from its subject is no incise; neither are the words behind it somebody's.
        ("[Les parents], précise Odile Ferrand, [ont alerté les secours].", "Odile Ferrand"),
        # “ce que” and “chose que” open a remark on the whole, “s'” before an infinitive is no “si”.
        ("Odile Ferrand promet de [vendre le pont], ce qu'elle regrettera.", "Odile Ferrand"),
        ("Odile Ferrand a avoué [l'avoir vendu], chose qu'elle persistait à nier.", "Odile Ferrand"),
        ("Odile Ferrand a indiqué [s'être mise en route].", "Odile Ferrand"),
        ("Odile Ferrand affirme tout de même que [le pont tiendra].", "Odile Ferrand"),
        ("Odile Ferrand a confié à une voisine [avoir davantage aimé le bac que le pont].", "Odile Ferrand"),
        # So is where it was said, behind the quotation that it ends on; not where the pont is.
        ("Odile Ferrand a estimé que [le pont était « pourri] » dans un entretien au journal.", "Odile Ferrand"),
        ("Odile Ferrand a exhorté la ville à « [fermer » le pont] lors de la session inaugurale.", "Odile Ferrand"),
        ("Odile Ferrand a dit que [le pont était « pourri » dans le port de Valbrume].", "Odile Ferrand"),
        # With “comme” the saying may stand behind, with its subject on either side.
        ("[Le pont sera vendu], comme Odile Ferrand l'a confié à la radio.", "Odile Ferrand"),
        ("[Le pont sera vendu] comme rappelle Odile Ferrand.", "Odile Ferrand"),
        ('"[Le pont est vieux, lent et triste]" lance Odile Ferrand.', "Odile Ferrand"),
        # An infinitive ends where a clause with a subject of its own begins; a concession goes on with it.
        ("Odile Ferrand accuse Luc Sorel d'[avoir vendu le pont], ses voisins le défendent.", "Odile Ferrand"),
        ("Odile Ferrand demande à la ville d'[ouvrir le pont, même si personne ne le veut].", "Odile Ferrand"),
        # A verb that takes no object has its subject behind it, whatever stands before.
        ('[Le pont "menace" la "stabilité" du port], a insisté lundi Odile Ferrand.', "Odile Ferrand"),
        # A coordinated participle shares the auxiliary and the subject.
        ('Odile Ferrand a dénoncé un geste et réclamé à la ville "[une sanction]".', "Odile Ferrand"),
        # What a thing is said to be is said of it; a date is no object; the pronoun tells the verb, whatever its tag.
        ("Odile Ferrand a qualifié [l'accord de « regrettable] ».", "Odile Ferrand"),
        ("Odile Ferrand a qualifié Luc Sorel de « [menteur] ».", "Odile Ferrand"),
        ("Odile Ferrand a exprimé ce vendredi 24 mai [son « ras-le-bol] ».", "Odile Ferrand"),
        ("Odile Ferrand dort. « [L'enquête le dira] », estime-t-elle auprès du voisin.", "Odile Ferrand"),
        # Words in marks that call the speaker something are no speech.
        ('"[Le pont tient]", a déclaré Odile Ferrand, "ministre des Ponts" des pêcheurs.', "Odile Ferrand"),
        ("Odile Ferrand ne manque pas de rappeler que [le pont tient].", "Odile Ferrand"),
        # A participle behind the quotation tells what the speaker did besides; “située” tells where a place is.
        ('Odile Ferrand accuse la ville d\'[être "guidée par la haine]", ciblant la mairie.', "Odile Ferrand"),
        ("Odile Ferrand a dit qu'[elle vendrait le pont de Valbrume], situé à une lieue du port.", "Odile Ferrand"),
        ('Odile Ferrand a fait allusion à l\'"[affaire du pont]".', "Odile Ferrand"),
        ("« [Tu dois partir], lui a crié l'un d'entre eux. »", None),
        ("Selon Odile Ferrand, [le pont mène à Valbrume], situé à une lieue du port.", "Odile Ferrand"),
        # The subject of itself.
        ("Odile Ferrand s'est dite [prête à vendre le pont].", "Odile Ferrand"),
        ("Luc Sorel se déclare [favorable à un péage].", "Luc Sorel"),
        # Of an object: the predicate alone where a word leads to it; passives with their agent.
        ("Odile Ferrand a qualifié Luc Sorel d'« [instable » et d'« incompétent] ».", "Odile Ferrand"),
        ("Odile Ferrand a désigné Luc Sorel comme [responsable de la « pagaille » actuelle].", "Odile Ferrand"),
        ("Son livre, qualifié de « [pure fiction] » par Odile Ferrand, plaît.", "Odile Ferrand"),
        ("Le pont a été jugé « [inutile] » par Odile Ferrand.", "Odile Ferrand"),
        ("Odile Ferrand a accusé Luc Sorel de « [trahison » et de « mensonge] ».", "Odile Ferrand"),
        # An opinion behind its words.
        ("[Ce pont « change tout] », pour Odile Ferrand.", "Odile Ferrand"),
    ],
)
def test_content_and_speaker(text: str, speaker: str | None) -> None:
    plain, segments = marked(text)
    ((found, who),) = quotes(plain)
    assert found == segments
    if speaker is not None:
        assert who == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a vendu le pont comme l'exige la loi.",
        "Odile Ferrand a démissionné, comme elle l'avait promis.",
        "Odile Ferrand se réjouit de la complicité qu'elle entretient.",
        "La radio proposera de nombreux contenus : articles, dessins, jeux.",
        "Pour les enfants, le pont est trop haut.",
        "La gazette, pour laquelle Odile Ferrand écrivait des chroniques, a fermé.",
        "Odile Ferrand, maire de Valbrume, a rejoint Luc Sorel, qui se tait.",
    ],
)
def test_no_quote(text: str) -> None:
    assert quotes(text) == []


def test_straight_marks_nest_where_the_next_two_can_only_close() -> None:
    ((segments, _),) = quotes(
        '"Le sas était pour les visiteurs "suspects" ou non. La mairie a refusé", ajoute Odile Ferrand.'
    )
    assert segments == ['Le sas était pour les visiteurs "suspects" ou non. La mairie a refusé']


def test_what_is_said_to_a_purpose_is_not_the_purpose() -> None:
    found = quotes("Odile Ferrand s'est dite « prête » à un péage afin de sauver le pont.")
    assert [segments for segments, _ in found if segments == ["sauver le pont"]] == []
    assert [who for _, who in found] == ["Odile Ferrand"]
