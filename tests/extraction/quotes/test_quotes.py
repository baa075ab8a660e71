"""Each rule for quotes on plainly invented sentences: content, kind and who speaks; invariants on arbitrary text."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iraqtalks.extraction import Article, Extraction, extract_articles
from iraqtalks.extraction.actors import find_cast
from iraqtalks.extraction.parse import read
from iraqtalks.extraction.quotes import find_quotes
from iraqtalks.knowledge import knowledge


@dataclass(frozen=True)
class Found:
    """A quote as a test reads it."""

    rule: str
    kind: str
    segments: list[str]
    speaker: str | None
    anonymous: bool
    told: str | None


def extraction(text: str) -> Extraction:
    (found,) = extract_articles([Article(text, "invented", language="fr")])
    return found


def quotes(text: str) -> list[Found]:
    found = extraction(text)
    names = {actor.actor_id: actor.name for actor in found.actors}
    return [
        Found(
            quote.rule.removeprefix("quote."),
            quote.kind,
            [text[start:end] for start, end in quote.segments],
            None if quote.speaker_id is None else names[quote.speaker_id],
            quote.anonymous,
            None if quote.said_to_id is None else names[quote.said_to_id],
        )
        for quote in found.quotes
    ]


@pytest.mark.parametrize(
    ("text", "rule", "kind", "segments", "speaker"),
    [
        ("« Le pont tiendra », a déclaré Odile Ferrand.", "incise", "direct", ["Le pont tiendra"], "Odile Ferrand"),
        ('"Le pont tiendra", a affirmé mardi devant le conseil Odile Ferrand.', "incise", "direct", ["Le pont tiendra"], "Odile Ferrand"),
        (
            "« Le pont, a dit Odile Ferrand, tiendra cent ans. »", "incise", "direct",
            ["Le pont", "tiendra cent ans."], "Odile Ferrand",
        ),
        ("« Le pont tiendra », a-t-elle dit, « c'est certain ».", "incise", "direct", ["Le pont tiendra", "c'est certain"], None),
        ("Le pont de Valbrume tiendra, assure Odile Ferrand.", "incise", "indirect", ["Le pont de Valbrume tiendra"], "Odile Ferrand"),
        ('Le pont est "solide", souligne Odile Ferrand.', "incise", "mixed", ['Le pont est "solide'], "Odile Ferrand"),
        ("« Le pont tiendra », roucoule Odile Ferrand.", "incise_any_verb", "direct", ["Le pont tiendra"], "Odile Ferrand"),
        ("Comme l'a dit Odile Ferrand, le pont tiendra.", "incise_comme", "indirect", ["le pont tiendra"], "Odile Ferrand"),
        ("Odile Ferrand a dit que le pont tiendrait.", "que_clause", "indirect", ["le pont tiendrait"], "Odile Ferrand"),
        (
            "Odile Ferrand a fait savoir que le pont tiendrait et que la route rouvrirait.", "que_clause", "indirect",
            ["le pont tiendrait et que la route rouvrirait"], "Odile Ferrand",
        ),
        (
            "Odile Ferrand ne cache pas que le pont est fragile.", "que_clause", "indirect",
            ["le pont est fragile"], "Odile Ferrand",
        ),
        (
            "Odile Ferrand a expliqué pourquoi le pont tiendrait.", "indirect_question", "indirect",
            ["pourquoi le pont tiendrait"], "Odile Ferrand",
        ),
        ("Odile Ferrand a promis de reconstruire le pont.", "infinitive", "indirect", ["reconstruire le pont"], "Odile Ferrand"),
        ("Odile Ferrand affirme avoir payé le pont.", "infinitive", "indirect", ["avoir payé le pont"], "Odile Ferrand"),
        ("Odile Ferrand a ajouté : « Le pont tiendra. »", "colon", "direct", ["Le pont tiendra."], "Odile Ferrand"),
        ('Odile Ferrand a jugé le projet "dangereux".', "attribute", "mixed", ['le projet "dangereux'], "Odile Ferrand"),
        ('Odile Ferrand a dénoncé une "farce" coûteuse.', "wording", "mixed", ['une "farce" coûteuse'], "Odile Ferrand"),
        ("Selon Odile Ferrand, le pont tiendra.", "selon_initial", "indirect", ["le pont tiendra"], "Odile Ferrand"),
        (
            "Le pont de Valbrume tiendra, d'après Odile Ferrand.", "selon_final", "indirect",
            ["Le pont de Valbrume tiendra"], "Odile Ferrand",
        ),
        ("Pour Odile Ferrand, le pont est perdu.", "pour_initial", "indirect", ["le pont est perdu"], "Odile Ferrand"),
        (
            "Odile Ferrand a ouvert la séance : « Le pont tiendra cent ans. »", "colon_only", "direct",
            ["Le pont tiendra cent ans."], "Odile Ferrand",
        ),
    ],
)  # fmt: skip
def test_rule(text: str, rule: str, kind: str, segments: list[str], speaker: str | None) -> None:
    (quote,) = quotes(text)
    assert (quote.rule, quote.kind, quote.segments, quote.speaker) == (rule, kind, segments, speaker)


def test_a_quotation_that_stands_free_goes_on_with_the_speaker() -> None:
    first, second = quotes("« Le pont tiendra », dit Odile Ferrand. « La route sera rouverte en mai. »")
    assert (first.rule, second.rule) == ("incise", "floating")
    assert second.speaker == "Odile Ferrand"


def test_a_quotation_over_two_paragraphs_is_one_quote() -> None:
    (quote,) = quotes("Odile Ferrand a ajouté : « Le pont tiendra.\n« La route sera rouverte en mai. »")
    assert quote.segments == ["Le pont tiendra.", "La route sera rouverte en mai."]


def test_a_quote_in_a_quote_has_a_parent_and_a_speaker_of_its_own() -> None:
    text = "\"Des voisins m'ont dit: +partez d'ici+\", a raconté Odile Ferrand."
    outer, inner = quotes(text)
    assert (outer.speaker, inner.segments) == ("Odile Ferrand", ["partez d'ici"])
    assert extraction(text).quotes[1].parent is not None


def test_participles_share_the_subject_of_the_cue_before() -> None:
    said, added = quotes("Odile Ferrand a dit que le pont tiendrait, ajoutant que la route rouvrirait.")
    assert said.segments == ["le pont tiendrait"]
    assert (added.segments, added.speaker) == (["la route rouvrirait"], "Odile Ferrand")


def test_the_narrators_full_stop_is_no_content() -> None:
    first, second = quotes("Odile Ferrand a dit que le pont tiendrait. « La route rouvrira. », a-t-elle ajouté.")
    assert (first.segments, second.segments) == (["le pont tiendrait"], ["La route rouvrira."])


def test_two_statements_with_a_cue_each_are_two_quotes() -> None:
    assert len(quotes("Odile Ferrand a dit que le pont tiendrait et a ajouté que la route rouvrirait.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Le film « Les ponts de Valbrume » sort en mai.",
        "La « reine du pont » vit à Valbrume.",
        "Odile Ferrand veut que le pont tienne.",
        "La mesure suppose que le pont tienne.",
        "Le pont sera, selon les régions, ouvert ou fermé.",
        "Odile Ferrand a vu que le pont tenait.",
    ],
)
def test_titles_nicknames_thoughts_and_measures_are_no_quotes(text: str) -> None:
    assert quotes(text) == []


def test_a_source_that_is_not_named_is_one_actor_of_the_article() -> None:
    first, second = quotes(
        "Une source au conseil de Valbrume a déclaré que le pont tiendrait. Selon elle, la route rouvrira en mai."
    )
    assert first.anonymous
    assert second.anonymous
    assert first.speaker == second.speaker


def test_on_learns_from_a_source() -> None:
    (quote,) = quotes("Le pont de Valbrume a cédé, a-t-on appris de source policière.")
    assert (quote.segments, quote.anonymous) == (["Le pont de Valbrume a cédé"], True)


def test_a_pronoun_across_paragraphs_is_the_speaker_before() -> None:
    found = quotes("« Le pont tiendra », a déclaré le maire Octave Ferrand.\nIl a ajouté : « La route rouvrira. »")
    assert [quote.speaker for quote in found] == ["Octave Ferrand", "Octave Ferrand"]


def test_what_a_pronoun_stands_for_is_decided_once() -> None:
    text = "Octave Ferrand est arrivé avec Anselme Roque. Il a précisé : « Le pont tiendra. »"
    (reading,) = read([Article(text, "invented", language="fr")])
    cast = find_cast(reading, knowledge())
    (roque,) = [actor_id for actor_id, actor in cast.actors.items() if actor.name == "Anselme Roque"]
    cast.add_pronoun(text.index("Il"), text.index("Il") + 2, roque, "mention.pronoun")
    (quote,) = find_quotes(reading, cast, [])
    assert quote.speaker is not None
    assert quote.speaker_id == quote.speaker.actor_id == roque


def test_a_pronoun_that_agrees_with_nobody_stays_open() -> None:
    (quote,) = quotes("Octave Ferrand est arrivé mardi. Elles ont déclaré que le pont tiendrait.")
    assert quote.speaker is None


def test_who_is_told_and_who_only_relays() -> None:
    (told,) = quotes("« Le pont tiendra », a dit Odile Ferrand à l'Écho de Valbrume.")
    assert told.speaker == "Odile Ferrand"
    (relayed,) = quotes("« Le pont tiendra », écrit l'Écho de Valbrume en citant le maire Octave Ferrand.")
    assert relayed.speaker == "Octave Ferrand"


def test_words_of_somebody_are_the_quotation_before_them() -> None:
    (whole, words) = quotes(
        "Un « vieux bijou », selon les termes d'Anselme Roque, a été vendu, a rapporté Odile Ferrand."
    )
    assert (whole.rule, whole.speaker) == ("incise", "Odile Ferrand")
    assert (words.segments, words.speaker, words.kind) == (["vieux bijou"], "Anselme Roque", "direct")


def test_an_adverb_before_the_source_is_no_content() -> None:
    (quote,) = quotes("Toujours selon Odile Ferrand, le pont tiendra.")
    assert quote.segments == ["le pont tiendra"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("« Rien n'est signé », a confié Odile Ferrand dans un entretien accordé à Reuters.", "Reuters"),
        ("« Rien n'est signé », a confié Odile Ferrand, citée par l'agence Reuters.", "Reuters"),
        ("« Rien n'est signé », a affirmé Odile Ferrand dans des propos relayés par Reuters.", "Reuters"),
        ("Odile Ferrand a déclaré sur la chaîne CNN que rien n'était signé.", "CNN"),
        ("Odile Ferrand a insisté auprès d'Anselme Roque sur le fait que rien n'était signé.", "Anselme Roque"),
        ("Odile Ferrand est arrivée à Valbrume. Le préfet l'a exhortée à repartir.", "Odile Ferrand"),
        ("Odile Ferrand a rencontré Anselme Roque. « Rien n'est signé », lui a déclaré M. Roque.", "Odile Ferrand"),
        ("Anselme Roque est arrivé. « Rien n'est signé », a quant à lui estimé Odile Ferrand.", None),
        ("« Rien n'est signé », a déclaré Odile Ferrand, ancienne directrice de Reuters.", None),
    ],
)
def test_whom_it_is_said_to(text: str, told: str | None) -> None:
    (quote,) = quotes(text)
    assert quote.told == told


@pytest.mark.parametrize(
    ("text", "segments", "speaker"),
    [
        (
            "Le quai est fermé après des crues, qui ont causé, selon Odile Ferrand, la chute du pont.",
            ["qui ont causé", "la chute du pont"],
            "Odile Ferrand",
        ),
        (
            "La foule évite les bacs, qui valent toujours mieux, dit Odile Ferrand, que les vieux ponts.",
            ["qui valent toujours mieux", "que les vieux ponts"],
            "Odile Ferrand",
        ),
        (
            "Le maire a reçu Odile Ferrand, selon qui le pont tiendra.",
            ["le pont tiendra"],
            "Odile Ferrand",
        ),
        (
            "Le maire a reçu Odile Ferrand, selon laquelle le pont tiendra.",
            ["le pont tiendra"],
            "Odile Ferrand",
        ),
    ],
)
def test_a_source_inside_or_before_a_relative_clause(text: str, segments: list[str], speaker: str) -> None:
    (quote,) = quotes(text)
    assert (quote.segments, quote.speaker) == (segments, speaker)


@pytest.mark.parametrize(
    ("text", "rule", "segments", "speaker"),
    [
        ("Odile Ferrand a, en début de matinée, révélé que le pont est miné.", "que_clause", ["le pont est miné"], "Odile Ferrand"),
        ("Odile Ferrand a insisté pour que le pont soit fermé.", "que_clause", ["le pont soit fermé"], "Odile Ferrand"),
        ("Odile Ferrand a assuré lundi 27 mai avoir fermé le pont.", "infinitive", ["avoir fermé le pont"], "Odile Ferrand"),
        ("Odile Ferrand a fait état jeudi d'un « accident » au pont.", "wording", ["un « accident » au pont"], "Odile Ferrand"),
        ("Odile Ferrand a hésité, finissant par annoncer que le pont resterait.", "que_clause", ["le pont resterait"], "Odile Ferrand"),
        ("Il nie les propos d'Odile Ferrand selon lesquels le pont est miné.", "selon_initial", ["le pont est miné"], "Odile Ferrand"),
        ("Le bruit a nourri des rumeurs selon lesquelles le pont est miné.", "selon_initial", ["le pont est miné"], "rumeurs"),
    ],
)  # fmt: skip
def test_words_between_the_parts_of_a_cue(text: str, rule: str, segments: list[str], speaker: str) -> None:
    (quote,) = quotes(text)
    assert (quote.rule, quote.segments, quote.speaker) == (rule, segments, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "« Le pont tiendra », assure une vieille tournure.",
        "Selon l'usage ancien, « le pont tiendra ».",
        "Aucun riverain n'a dit que le pont tiendrait.",
    ],
)
def test_a_thing_or_nobody_is_not_made_a_speaker(text: str) -> None:
    assert {quote.speaker for quote in quotes(text)} <= {None}
    assert "person" not in {actor.kind for actor in extraction(text).actors}


def test_a_line_of_links_gives_no_quote() -> None:
    assert quotes("Pour en savoir plus : « Le pont tiendra », dit Odile Ferrand") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc éÀ«»“”\"'’+—–-:;,.!?()\n\u00a0 Selon dit que il a ", max_size=120))
def test_extraction_never_fails_and_spans_lie_in_the_text(text: str) -> None:
    for quote in extraction(text).quotes:
        assert quote.segments
        for start, end in quote.segments:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        if quote.cue is not None:
            assert 0 <= quote.cue[0] < quote.cue[1] <= len(text)
