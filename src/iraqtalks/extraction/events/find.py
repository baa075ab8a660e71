"""PLOVER events of an article: who did what to whom, when and where, and whether the text vouches for it.

What states an event is data (`language/<language>/events.yml`); here it is applied to the parse. A trigger that names no
political actor gives no event, and each event comes out once an article, at its clearest statement.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.events.arguments import Arguments, find_arguments
from iraqtalks.extraction.events.authors import recall_authors
from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import (
    RELATIVES,
    ancestors,
    clause_head,
    helpers_before,
    is_bare_participle,
    is_passive,
    is_past_participle,
    is_present_participle,
    is_reflexive,
)
from iraqtalks.extraction.events.complements import Ground
from iraqtalks.extraction.events.dating import date_of
from iraqtalks.extraction.events.deals import recall_deals
from iraqtalks.extraction.events.newsday import Lead, date_by_leads, find_leads
from iraqtalks.extraction.events.occurrence import begins, occurrence_clause
from iraqtalks.extraction.events.patterns import EventLanguage, event_language
from iraqtalks.extraction.events.placed_dates import (
    PlacedDate,
    Stated,
    clause_of,
    event_dates,
    opens_sentence,
    placed_dates,
)
from iraqtalks.extraction.events.places import LocatedPlace, located_places, place_near, place_of, place_of_words
from iraqtalks.extraction.events.politics import counts
from iraqtalks.extraction.events.rounds import link_round, process_words
from iraqtalks.extraction.events.sameness import distinct
from iraqtalks.extraction.events.scene import Scene
from iraqtalks.extraction.events.spans import statement
from iraqtalks.extraction.events.status import modality, quote_at
from iraqtalks.extraction.events.talks import complete_talks, delegation_place
from iraqtalks.extraction.events.triggers import Trigger, content_has, find_triggers, is_done_by_office
from iraqtalks.extraction.model import DateMention, EventMention, Mention, Paragraph, Quote, Reading
from iraqtalks.extraction.phrases import NOUNS, is_finite, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Knowledge

_CONTENT_OF: Final = frozenset({"REQUEST", "THREATEN", "AGREE", "CONCEDE", "REJECT"})
"""Types whose content (what is demanded, threatened, promised, refused) is not an event of its own."""

_BY_WORDS: Final = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST", "SUPPORT", "AGREE"})
"""Types that are done by words: the places of their clause are those of what is spoken of."""
_LOCAL: Final = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""Types that always happen somewhere."""
_DEEDS: Final = frozenset({"RETREAT", "MOBILIZE", "ASSAULT", "AID", "COOPERATE", "PROTEST", "CONSULT"})
"""Types that a verb which introduces what is said does not state (« … », a rappelé X aux troupes)."""
_PEOPLE: Final = frozenset({"person", "group"})
_GOVERNED: Final = 14
"""How many tokens before an infinitive the verb may stand that asks somebody for it."""
_MARKS: Final = frozenset({'"', "«"})
_CLOSE: Final = 5
"""Within how many tokens before an infinitive any word governs it."""
_ADJACENT: Final = 3
"""How many tokens a date may stand behind the rest of a statement and still be part of it (le 3 mai)."""


def find_events(
    reading: Reading,
    cast: Cast,
    quotes: Sequence[Quote],
    dates: Sequence[DateMention],
    knowledge: Knowledge,
    language: str = "fr",
) -> list[EventMention]:
    """Return the events that the article states, sorted by position.

    Adds to the cast the known countries that only an adjective names (une frappe américaine).
    """
    rules = event_language(language)
    places = located_places(reading, knowledge)
    mentions = tuple(cast.mentions)
    temporal = event_dates(reading, dates, language)
    candidates: list[tuple[int, Candidate]] = []
    leads: list[Lead] = []
    scenes: list[Scene] = []
    dated: set[int] = set()
    for number, paragraph in enumerate(reading.paragraphs):
        if paragraph.block.kind == "subhead":
            continue
        own_dates = placed_dates(paragraph, temporal)
        ground = _ground(paragraph, rules, own_dates, mentions)
        scene = Scene(paragraph, cast, knowledge, ground, quotes)
        scenes.append(scene)
        leads.extend(find_leads(scene, own_dates, number))
        dated.update(paragraph.start(date.first.sent[0]) for date in own_dates if _dates_sentence(date))
        found = _paragraph_events(scene, own_dates, places.get(paragraph.block.start, ()))
        candidates.extend((number, candidate) for candidate in found)
    date_by_leads(candidates, leads, frozenset(dated))
    told = [candidate for _, candidate in candidates]
    recall_deals(told, scenes)
    recall_authors(told, scenes)
    complete_talks(told, cast, knowledge, process_words(language))
    events = distinct([candidate for candidate in told if counts(candidate, cast, rules)])
    for event in events:
        event.talks_round_id = link_round(event, reading, knowledge, language)
    return sorted(events, key=lambda event: (event.start, event.end, event.type))


def _dates_sentence(date: PlacedDate) -> bool:
    """Whether the date is that of its sentence, and not only of a clause or a noun in it."""
    if date.genitive:
        return False
    verb, root = clause_of(date), date.first.sent.root
    return opens_sentence(date) or verb.i == root.i or (verb.dep_ == "conj" and verb.head.i == root.i)


def _ground(
    paragraph: Paragraph, rules: EventLanguage, dates: Sequence[PlacedDate], mentions: Sequence[Mention]
) -> Ground:
    """Return which tokens of the paragraph are dates, and where names and descriptions of actors begin."""
    skip = frozenset(index for date in dates for index in range(date.first.i, date.last.i + 1))
    block = paragraph.block
    tokens = (paragraph.token_at(m.start) for m in mentions if block.start <= m.start < block.end)
    return Ground(rules, skip, frozenset(token.i for token in tokens if token is not None))


def _paragraph_events(scene: Scene, dates: Sequence[PlacedDate], places: Sequence[LocatedPlace]) -> Iterator[Candidate]:
    triggers = list(find_triggers(scene.paragraph.doc, scene.language))
    for trigger in triggers:
        if _is_content(trigger, triggers, scene.language) or _is_in_name(trigger, scene):
            continue
        silent = not trigger.pattern.voiced or trigger.pattern.type in _DEEDS
        quote = scene.cue_quote(trigger.token)
        if quote is not None and (silent or (trigger.pattern.type == "REQUEST" and _asks(quote, scene))):
            continue
        arguments = find_arguments(trigger, scene)
        if _has_needed(trigger, arguments, scene.language) and _are_people(trigger, arguments, scene):
            event = _event(trigger, arguments, scene, dates, places)
            if not (_is_denounced(trigger, triggers) and event.date is None and len(arguments.roles) < 2):
                yield Candidate(event, trigger, scene.paragraph)


def _asks(quote: Quote, scene: Scene) -> bool:
    """Whether what the verb introduces is a question, which demands nothing but an answer."""
    end = quote.segments[-1][1]
    return "?" in scene.cast.reading.text[end - 1 : end + 2]


def _has_needed(trigger: Trigger, arguments: Arguments, rules: EventLanguage) -> bool:
    """Whether the roles that the pattern needs are filled; a mass act in the plural may name nobody (des arrestations)."""
    pattern = trigger.pattern
    if pattern.collective and trigger.nominal and not arguments.participants:
        told = bool(arguments.phrases) or trigger.anchor.i != trigger.token.i
        cost = trigger.token.dep_.startswith("nsubj") and trigger.token.head.lemma_ in rules.words["costing"]
        told = told or cost or not _points_back(trigger.token)
        return told and (not pattern.needs or "Number=Plur" in str(trigger.token.morph))
    if (pattern.collective and trigger.nominal) or is_done_by_office(trigger):
        return True
    return len(arguments.participants) >= pattern.least and all(arguments.ids(role) for role in pattern.needs)


def _points_back(noun: Token) -> bool:
    """Whether a bare definite noun only calls up what is known (les manifestations)."""
    return any(child.pos_ == "DET" and "Definite=Ind" not in str(child.morph) for child in noun.children)


def _are_people(trigger: Trigger, arguments: Arguments, scene: Scene) -> bool:
    """Whether the roles that only persons may fill are filled by persons (the club that receives another receives no guest)."""
    roles = trigger.pattern.people
    return all(scene.cast.actors[p.actor_id].kind in _PEOPLE for p in arguments.participants if p.role in roles)


def _is_content(trigger: Trigger, triggers: Sequence[Trigger], rules: EventLanguage) -> bool:
    """Whether the trigger is part of what another act is about, or of what is only wished for or feared."""
    acts = {other.token.i for other in triggers if other.pattern.type in _CONTENT_OF}
    extra = {token.i for other in triggers if other is not trigger for token in other.extra}
    carried_by_act = trigger.anchor.i != trigger.token.i and trigger.anchor.i in acts
    if trigger.nominal and extra & {token.i for token in trigger.extra}:
        # The verb's own thing (annoncer l'*ouverture d'une enquête*).
        return True
    if trigger.token.i in extra or carried_by_act or _is_purpose(trigger, rules) or _is_topic(trigger):
        return True
    governor = _governor_before(trigger.anchor)
    if governor is not None:
        charged = any(other.token.i == governor.i and other.pattern.type == "ACCUSE" for other in triggers)
        lemma = str(governor.lemma_).lower()
        if charged or governor.i in acts or lemma in rules.words["irrealis"] or lemma in rules.words["unrealised"]:
            return True
    if _in_free_relative(trigger.anchor) or _is_yet_to_come(trigger.anchor, rules):
        return True
    current = trigger.anchor
    tested = True
    for head in ancestors(trigger.anchor):
        if current.pos_ in NOUNS and _is_adjunct(current, rules):
            return False
        if current.dep_.startswith("nsubj"):
            # What is said of an event does not make it unreal; a wish that the whole clause depends on does.
            tested = False
        elif head.i > current.i or current.dep_ in {"advcl", "parataxis", "acl:relcl"} or _is_aside(current):
            return False
        elif current.dep_ == "ccomp":
            tested = True
        if tested and (head.i in acts or str(head.lemma_).lower() in rules.words["irrealis"]):
            return True
        joined = current.dep_ == "conj" and current.pos_ not in NOUNS
        if joined and not (_is_infinitive(current) and _is_infinitive(head)):
            return False
        current = head
    return False


def _is_adjunct(noun: Token, rules: EventLanguage) -> bool:
    """Whether a noun only says when or why something else was done (après *l'attaque*, en riposte au *retrait*, malgré les *sanctions*)."""
    index = noun.i - 1
    while index > noun.sent.start and (noun.doc[index].pos_ in {"DET", "ADJ", "NUM"} or noun.doc[index].text in _MARKS):
        index -= 1
    before = noun.doc[index]
    openings = rules.words["adjunct_openings"]
    if lower(before) in openings:
        return True
    linked = rules.prepositions.get(lower(before)) in {"de", "à"} and index > noun.sent.start
    return linked and lower(noun.doc[index - 1]) in openings


def _is_aside(verb: Token) -> bool:
    """Whether a participle tells a fact of its own beside what is wished for (l'accord *conclu* en mai, …, *accusant* X)."""
    if is_bare_participle(verb):
        return verb.dep_ == "acl"
    return verb.pos_ == "VERB" and is_present_participle(verb) and verb.doc[verb.i - 1].text == ","


def _is_infinitive(verb: Token) -> bool:
    return "VerbForm=Inf" in str(verb.morph)


def _is_yet_to_come(verb: Token, rules: EventLanguage) -> bool:
    """Whether the clause tells what has not come about (pour que, tant que X n'aura pas …)."""
    own = {verb.i, *(helper.i for helper in helpers_before(verb))}
    for token in reversed(verb.doc[verb.sent.start + 1 : verb.i]):
        if lower(token) in rules.words["that"]:
            return lower(verb.doc[token.i - 1]) in rules.words["unreal_before_that"]
        if is_finite(token) and token.i not in own:
            return False
    return False


def _in_free_relative(verb: Token) -> bool:
    """Whether the verb's clause only says which thing is meant (ce que nous avons *promis*)."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - 7) : verb.i]):
        if lower(token) in {"que", "qu'", "dont"}:
            return token.i > 0 and lower(token.doc[token.i - 1]) == "ce"
        if token.pos_ not in {"AUX", "PRON", "ADV", "DET", "NOUN", "PROPN", "ADJ"}:
            return False
    return False


def _governor_before(verb: Token) -> Token | None:
    """Return the word that an infinitive is governed by, by word order, whatever the parser hangs it on (menaçant de *frapper*)."""
    if not _is_infinitive(verb):
        return None
    linked = False
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _GOVERNED) : verb.i]):
        if lower(token) in {"de", "d'", "à"} and not linked:
            linked = True
        elif linked and token.pos_ in {"VERB", "NOUN", "ADJ"} and verb.i - token.i <= _CLOSE:
            return token
        elif linked and (token.pos_ == "VERB" or lower(token) in RELATIVES):
            # Past whom somebody is asked to (appellent *les pays* à rejeter …).
            return token if token.pos_ == "VERB" else None
        elif not linked and token.pos_ not in {"PRON", "ADV", "AUX"} and token.text not in _MARKS:
            return None
    return None


def _is_denounced(trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Whether the trigger is a noun in the plural for what another act complains of at large (dénoncer *les frappes* de X)."""
    if not trigger.nominal or trigger.anchor.i != trigger.token.i or "Number=Plur" not in str(trigger.token.morph):
        return False
    complaints = {other.token.i for other in triggers if other.pattern.type == "ACCUSE"}
    for head in ancestors(trigger.token):
        if head.i in complaints:
            return head.i < trigger.token.i
        if head.pos_ == "VERB":
            return False
    return False


def _is_purpose(trigger: Trigger, rules: EventLanguage) -> bool:
    """Whether the trigger is an infinitive of purpose (pour activer …), or what somebody else is charged with."""
    verb = trigger.token
    for _ in range(3):
        if is_past_participle(verb) and not is_passive(verb):
            # What somebody is sorry or praised for is done (pour avoir abattu …); what one blames another for has no subject here.
            main = clause_head(verb)
            sorry = is_passive(main) or is_reflexive(main) or str(main.lemma_).lower() in rules.words["apologising"]
            return not sorry and any(lower(child) == "pour" for child in verb.children)
        if not any("VerbForm=Inf" in str(form.morph) for form in (verb, *verb.children)):
            return False
        if any(child.dep_ == "mark" and lower(child) in {"pour", "afin"} for child in verb.children):
            return True
        if verb.dep_ != "conj":
            return False
        verb = verb.head
    return False


def _is_topic(trigger: Trigger) -> bool:
    """Whether a noun is only what talk is about (les négociations sur le retrait) or a manner of acting (en riposte)."""
    if not trigger.nominal or trigger.anchor.i != trigger.token.i:
        return False
    noun = trigger.token
    if trigger.pattern.mode == "visit" and _travels(noun):
        return False
    if noun.i and lower(noun.doc[noun.i - 1]) == "en":
        predicate = any(child.dep_ == "cop" for child in noun.children)
        return trigger.pattern.type in {"ASSAULT", "PROTEST"} and not predicate
    for token in reversed(noun.doc[max(0, noun.i - 4) : noun.i]):
        if token.is_punct and token.text != '"':
            return False
        if lower(token) in {"sur", "pour", "concernant", "faveur", "quant", "sujet"}:
            return True
    return False


def _travels(noun: Token) -> bool:
    """Whether a visit is what somebody came for (est arrivé pour *une visite* de deux jours)."""
    return any(str(token.lemma_) in {"arriver", "rendre", "venir"} for token in ancestors(noun)) and lower(
        noun.doc[max(0, noun.i - 2)]
    ) in {"pour", "en"}


def _is_in_name(trigger: Trigger, scene: Scene) -> bool:
    """Whether a noun only stands in an actor's name or description (le comité de négociation irakien)."""
    if not trigger.nominal:
        return False
    position = scene.paragraph.start(trigger.token)
    mention = scene.cast.covering(position)
    return mention is not None and mention.head != position


def _event(
    trigger: Trigger,
    arguments: Arguments,
    scene: Scene,
    dates: Sequence[PlacedDate],
    places: Sequence[LocatedPlace],
) -> EventMention:
    carried = [phrase.head for phrase in scene.phrases(trigger.anchor)] if trigger.nominal else []
    first, last = statement(trigger, arguments, carried, scene.ground)
    doc = scene.paragraph.doc
    quote = quote_at(scene.paragraph.start(trigger.token), scene.quotes)
    first, last = _within(quote, first, _to_name_end(last, scene), scene)
    own = frozenset(range(first, last + 1))
    words = scene.language.words
    mood = modality(trigger.token, trigger.anchor, words) or ("planned" if trigger.pattern.planned else None)
    date = date_of(Stated(trigger.token, trigger.anchor, own, words), dates)
    clause = occurrence_clause(trigger, words)
    told = date_of(Stated(trigger.token, clause, own, words), dates) if clause is not None else None
    carried_by = trigger.anchor
    if clause is not None and (trigger.anchor.i == trigger.token.i or (told is not None and date in {None, told})):
        carried_by, date = clause, told or date
        last = last if told is None else max(last, clause.i, told.last.i)
        mood = mood or modality(clause, clause, words)
    if date is not None and 0 <= date.first.i - last <= _ADJACENT:
        first, last = _within(quote, first, date.last.i, scene)
    # “à la Suède” may be whom an event is done to; what is named as taking part is no place.
    named = {participant.mention.start for participant in arguments.participants if participant.mention is not None}
    apart = [place for place in places if place.start not in named or trigger.pattern.mode == "visit"]
    around = own | {phrase.head.i for phrase in arguments.phrases}
    pattern = trigger.pattern
    if pattern.type in _BY_WORDS and pattern.mutual is None and not pattern.travel:
        place = place_of_words(trigger.token, trigger.anchor, apart)
    else:
        place = place_of(trigger.token, trigger.anchor, around, apart)
    if place is None and pattern.type in _LOCAL:
        place = place_near(trigger.token, apart)
    if place is None and pattern.type == "CONSULT":
        place = delegation_place(trigger.token, apart, scene.language)
    spoken = scene.cue_quote(trigger.token) if date is None and not trigger.nominal else None
    ahead = mood == "planned" or str(trigger.anchor.lemma_).lower() in scene.language.words["noun_planning"]
    event_type, mode = _as_planned(pattern.type, _mode(trigger, scene.language), ahead=ahead)
    return EventMention(
        start=scene.paragraph.start(doc[first]),
        end=scene.paragraph.end(doc[last]),
        type=event_type,
        mode=mode,
        status=mood or ("reported" if quote is not None else "asserted"),
        rule=pattern.rule,
        participants=arguments.participants,
        contexts=_contexts(trigger, own, scene.language),
        quote=quote,
        date=date.mention.date if date is not None else spoken.spoken_on if spoken is not None else None,
        date_basis=date.mention.basis if date is not None else _basis_of(spoken, dates),
        place_id=place,
        begins=begins(carried_by, words),
    )


def _basis_of(spoken: Quote | None, dates: Sequence[PlacedDate]) -> str | None:
    """Return what the date on which a quote was spoken rests on; None where it has none."""
    if spoken is None or spoken.spoken_on is None:
        return None
    return next((date.mention.basis for date in dates if date.mention.date == spoken.spoken_on), "inferred")


def _to_name_end(last: int, scene: Scene) -> int:
    """Return the last token of the name that the statement would end in the middle of."""
    paragraph = scene.paragraph
    mention = scene.cast.covering(paragraph.start(paragraph.doc[last]))
    end = paragraph.token_at(mention.end - 1) if mention is not None else None
    return end.i if end is not None and end.i > last and end.sent == paragraph.doc[last].sent else last


def _within(quote: Quote | None, first: int, last: int, scene: Scene) -> tuple[int, int]:
    """Return the tokens of a statement that stand in the quote that states it; all where none does."""
    if quote is None:
        return first, last
    inside = [
        index
        for index in range(first, last + 1)
        if quote.start <= scene.paragraph.start(scene.paragraph.doc[index])
        and scene.paragraph.end(scene.paragraph.doc[index]) <= quote.end
    ]
    return (inside[0], inside[-1]) if inside else (first, last)


def _mode(trigger: Trigger, rules: EventLanguage) -> str | None:
    for mode, group in trigger.pattern.modes:
        if content_has(trigger.token, group, rules):
            return mode
    return trigger.pattern.mode


def _as_planned(event_type: str, mode: str | None, *, ahead: bool) -> tuple[str, str | None]:
    """Return type and mode of what lies ahead (aucune rencontre n'est prévue): a future meeting is AGREE, a future withdrawal CONCEDE."""
    if ahead and event_type == "CONSULT":
        return "AGREE", None
    if ahead and event_type == "RETREAT":
        return "CONCEDE", None
    return event_type, mode


def _contexts(trigger: Trigger, own: frozenset[int], rules: EventLanguage) -> tuple[str, ...]:
    """Return the PLOVER contexts: those of the pattern, and those whose words stand in the statement."""
    lemmas = {str(token.lemma_).lower() for token in trigger.token.doc if token.i in own}
    found = {context for context, words in rules.context_words.items() if lemmas & words}
    return tuple(sorted(found | set(trigger.pattern.contexts)))
