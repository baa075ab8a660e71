"""Our tokens say what the parser's say."""

import pytest
from spacy.tokens import Doc as Parsed

from iraqtalks.extraction.pipeline import model, of_parser
from iraqtalks.extraction.tokens import Token, once_a_token

SHORT = "Le pont est fermé."
TEXTS = (
    SHORT,
    "« Rien ne presse », a dit Odile Ferrand, qui n'a pas quitté Norvège-sur-Loue. Le maire l'a crue : elle (aussi) reste !",
    "Le pont,  fermé  hier,\tn'ouvrira pas.   Qui l'a fermé ?",
    "Oui",
    " ",
)


def parse(text: str) -> Parsed:
    return model("fr")(text)


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_their_features_are_the_parsers(text: str) -> None:
    parsed = parse(text)
    plain = ("i", "idx", "text", "lower_", "lemma_", "pos_", "dep_", "whitespace_", "lang_")
    told = ("is_punct", "is_quote", "is_space", "is_alpha")
    names = ("Gender", "Number", "PronType", "Tense", "VerbForm")
    ours = of_parser(parsed, text)
    for token, original in zip(ours, parsed, strict=True):
        assert [getattr(token, name) for name in plain + told] == [getattr(original, name) for name in plain + told]
        assert (str(token.morph), len(token)) == (str(original.morph), len(original))
        assert [token.morph.get(name, []) for name in names] == [original.morph.get(name, []) for name in names]


@pytest.mark.parametrize("text", TEXTS)
def test_the_tree_and_the_sentences_are_the_parsers(text: str) -> None:
    parsed = parse(text)
    ours = of_parser(parsed, text)
    for token, original in zip(ours, parsed, strict=True):
        assert token.head.i == original.head.i
        assert [child.i for child in token.children] == [child.i for child in original.children]
        assert [below.i for below in token.subtree] == [below.i for below in original.subtree]
        assert (token.sent.start, token.sent.end) == (original.sent.start, original.sent.end)
        assert token.doc is ours
    sentences = [(sent.start, sent.end, sent.root.i, sent.text) for sent in parsed.sents]
    assert [(sent.start, sent.end, sent.root.i, sent.text) for sent in ours.sents] == sentences


@pytest.mark.parametrize("text", TEXTS)
def test_any_stretch_of_the_text_is_covered_by_the_parsers_tokens(text: str) -> None:
    parsed = parse(text)
    ours = of_parser(parsed, text)
    starts = [start for start, character in enumerate(text) if not character.isspace()]
    for start in starts:
        for end in range(start + 1, len(text) + 1):
            span = parsed.char_span(start, end, alignment_mode="expand")
            assert span is not None
            assert [token.i for token in ours.covering(start, end)] == [token.i for token in span]


def test_a_neighbour_is_in_the_paragraph() -> None:
    first, *_, last = of_parser(parse(SHORT), SHORT)
    assert (first.nbor(1).text, last.nbor(-1).text) == ("pont", "fermé")
    for token, step in ((first, -1), (last, 1)):
        with pytest.raises(IndexError):
            token.nbor(step)


def test_rows_of_the_same_tokens_are_told_apart() -> None:
    (sentence,) = of_parser(parse(SHORT), SHORT).sents
    assert sentence.doc != sentence
    assert sentence == sentence[0].sent


def test_what_is_made_of_a_token_is_made_once_for_each() -> None:
    asked: list[str] = []

    @once_a_token
    def told(token: Token) -> str:
        asked.append(token.text)
        return token.text

    for paragraph in (of_parser(parse(SHORT), SHORT), of_parser(parse("Oui"), "Oui")):
        for _ in range(2):
            assert [told(token) for token in paragraph] == [token.text for token in paragraph]
    assert asked == ["Le", "pont", "est", "fermé", ".", "Oui"]
