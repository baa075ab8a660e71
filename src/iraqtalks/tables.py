"""Every table of the dataset, declared once.

A table is a Pandera model. What a column is (type, meaning, constraint, key, reference) stands here and nowhere else;
`iraqtalks.contract` derives the Arrow schema, the SQL comments, the Frictionless schemas and the data dictionary from it.

Names and meanings follow the dataset's contract; a change of either needs a new major version of the dataset.
"""

import datetime as dt
from typing import Annotated, Any, ClassVar, Final

import pandera.polars as pa
import polars as pl

EVENT_TYPES: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
QUAD_CLASSES: Final = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
EVENT_STATUSES: Final = ("asserted", "reported", "planned", "hypothetical", "denied")
PARTICIPANT_ROLES: Final = ("source", "target", "host", "chair", "mediator", "instrument")
ACTOR_KINDS: Final = (
    "person", "armed_group", "government", "country", "legislature", "military", "international_organization",
    "party", "media", "company", "group", "anonymous", "other",
)  # fmt: skip
BLOCK_KINDS: Final = ("headline", "lead", "body", "subhead", "byline", "caption", "related_link")
MENTION_FORMS: Final = ("name", "description", "pronoun")
QUOTE_KINDS: Final = ("direct", "indirect", "mixed")
DATE_PRECISIONS: Final = ("day", "month", "season", "year", "decade", "interval")
DATE_BASES: Final = ("explicit", "relative", "inferred")
TEXT_POLICIES: Final = ("full", "quotes", "offsets")
STANCES: Final = ("for", "against", "conditional", "neutral")
BREAKS_CONTRACT: Final = "breaks_contract"
"""The reason of a reject that is our fault: rows that were made of an article break the dataset's contract."""
REJECT_REASONS: Final = (
    "empty", "binary", "encoding", "nul_bytes", "too_large", "unreadable", "metadata_syntax", "metadata_value",
    "metadata_key", "metadata_without_text", "record_syntax", "record_value", "duplicate_id", "language_without_rules",
    "unknown_format", "outside_folder", "archive", "over_limit", "columns", "no_article", "no_page", "off_topic",
    BREAKS_CONTRACT,
)  # fmt: skip

Timestamp = Annotated[pl.Datetime, "us", "UTC"]


def column(
    description: str,
    *,
    nullable: bool = False,
    references: str | None = None,
    values: tuple[str, ...] | None = None,
    ge: float | None = None,
    le: float | None = None,
    pattern: str | None = None,
) -> Any:  # noqa: ANN401  (Pandera's Field stands where the annotation gives the column's type)
    """Declare a column: its meaning, whether it may be null, what it refers to and which values it may take.

    `references` is `table.column`; `values` closes the vocabulary; `pattern` is a regular expression for the whole value.
    """
    return pa.Field(
        description=description,
        nullable=nullable,
        isin=values,
        ge=ge,
        le=le,
        str_matches=None if pattern is None else f"^(?:{pattern})$",
        metadata={"references": references, "values": values, "pattern": pattern, "minimum": ge, "maximum": le},
    )


class Table(pa.DataFrameModel):
    """What all tables share: exactly the declared columns, exactly the declared types.

    A table's `Config.unique` is its key; the key's columns come first in the published files.
    """

    class Config:
        """Pandera's settings: no column more, none less, nothing cast silently."""

        strict = True
        coerce = False


class FromText(Table):
    """What every row that comes out of a text says: where it stands, in which words, found by which rule."""

    article_id: str = column("The article that the row comes from", references="articles.article_id")
    start: pl.Int32 = column("First code point of the row's words in articles.text, counted from 0", ge=0)
    end: pl.Int32 = column("Code point after the last one of the row's words", ge=0)
    text: str = column("The words themselves: articles.text[start:end]")
    rule: str = column("Name of the rule that made the row; docs/rules.md explains each", pattern=r"[a-z0-9_.]+")
    confidence: float = column(
        "Measured precision of the rule on the annotated gold; null while it has not been measured",
        nullable=True,
        ge=0,
        le=1,
    )


class Dated(Table):
    """A date as the text gives it (EDTF) and as the interval of days that it covers."""

    date: str = column(
        "Date in EDTF (ISO 8601-2), as exact as the text and no more; null where it gives none", nullable=True
    )
    date_start: dt.date = column("First day that the date covers; null when no year is known", nullable=True)
    date_end: dt.date = column(
        "Last day that the date covers; null when no year is known or the end is open", nullable=True
    )
    date_precision: str = column("Unit that the date is exact to", nullable=True, values=DATE_PRECISIONS)
    date_basis: str = column(
        "Where the date comes from: written out (explicit), counted from the publication date (relative), or inferred",
        nullable=True,
        values=DATE_BASES,
    )


class Articles(Table):
    """A source document, with its text as it was given (NFC, lines ended by a line feed)."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["article_id"]

    article_id: str = column("Stable id, derived from source_key and text")
    source_key: str = column(
        "What identifies the source: its declared id, else its URL, else its path in the raw folder"
    )
    title: str = column("Headline, from the metadata", nullable=True)
    outlet: str = column("Who published it, from the metadata", nullable=True)
    url: str = column("Address of the article", nullable=True)
    byline: str = column("Who signed it", nullable=True)
    published_on: dt.date = column("Day of publication", nullable=True)
    retrieved_at: Timestamp = column("When it was fetched, in UTC", nullable=True)
    language: str = column("Language of the text, BCP 47", nullable=True)
    licence: str = column("Licence of the text, where one is declared", nullable=True)
    text_policy: str = column(
        "What of the text may be passed on: all of it, the words that rows stand on, or none. From the metadata; where null, "
        "an open licence gives full, anything else quotes. A release says what was applied",
        nullable=True,
        values=TEXT_POLICIES,
    )
    text: str = column("The text that all positions refer to; in a release, letters that may not be passed on are “ˑ”")
    text_sha256: str = column("SHA-256 of the UTF-8 bytes of the whole text", pattern=r"[0-9a-f]{64}")
    raw_path: str = column("Path of the input file, relative to the raw folder")
    duplicate_of: str = column(
        "The earliest article that it is a copy or version of",
        nullable=True,
        references="articles.article_id",
    )


class Blocks(FromText):
    """A stretch of an article, by what it is on the page. Related links and captions give no quotes, actors or events."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["article_id", "block"]

    block: pl.Int32 = column("Number of the block in its article, from 0", ge=0)
    kind: str = column("What the block is", values=BLOCK_KINDS)


class Mentions(FromText):
    """Words that name an actor. No leading determiner; a title only with a bare surname (M. Kazimi)."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["mention_id"]

    mention_id: str = column("Stable id, derived from the article and the position")
    form: str = column("Whether the words are a name, a description or a pronoun", values=MENTION_FORMS)
    actor_id: str = column("The actor named", references="actors.actor_id")


class Actors(Table):
    """A person, body or group that is named or speaks in some article."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["actor_id"]

    actor_id: str = column("Stable id: the knowledge base's own, or derived from the name")
    name: str = column("Name to show")
    name_fr: str = column("Usual name in French", nullable=True)
    name_en: str = column("Usual name in English", nullable=True)
    name_ar: str = column("Usual name in Arabic", nullable=True)
    kind: str = column("What sort of actor it is", values=ACTOR_KINDS)
    country: str = column("Country that the actor belongs to, ISO 3166-1 alpha-3", nullable=True, pattern=r"[A-Z]{3}")
    sector: str = column("PLOVER sector code", nullable=True, pattern=r"[A-Z]{3}")
    parent_id: str = column("Body that the actor is a part of", nullable=True, references="actors.actor_id")
    wikidata_id: str = column("Wikidata id, only where verified", nullable=True, pattern=r"Q[1-9][0-9]*")
    in_knowledge_base: bool = column("Whether the knowledge base knows the actor")


class ActorAliases(Table):
    """A name of an actor."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["actor_id", "alias", "language"]

    actor_id: str = column("The actor", references="actors.actor_id")
    alias: str = column("A name that the actor goes by")
    language: str = column("Language of the name, BCP 47; und where it is not known")
    script: str = column("Script of the name, ISO 15924", pattern=r"[A-Z][a-z]{3}")


class ActorRoles(Table):
    """An office or membership of an actor, from the knowledge base or from the words of an article."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["actor_role_id"]

    actor_role_id: str = column("Stable id, derived from the row's content")
    actor_id: str = column("Who holds it", references="actors.actor_id")
    role: str = column("The office or membership: the base's name for it, or the article's words")
    organization_id: str = column("The body that it belongs to", nullable=True, references="actors.actor_id")
    valid_from: str = column("When it began, EDTF", nullable=True)
    valid_to: str = column("When it ended, EDTF", nullable=True)
    basis: str = column("Where the row comes from", values=("knowledge_base", "text"))
    source_url: str = column("Source of a row of the knowledge base", nullable=True)
    article_id: str = column("Article of a row that comes from a text", nullable=True, references="articles.article_id")
    start: pl.Int32 = column("First code point of the role's words in articles.text", nullable=True, ge=0)
    end: pl.Int32 = column("Code point after the last one of the role's words", nullable=True, ge=0)
    text: str = column("The role's words: articles.text[start:end]", nullable=True)
    rule: str = column("Name of the rule that made a row from a text", nullable=True, pattern=r"[a-z0-9_.]+")
    confidence: float = column("Measured precision of the rule; null where not measured", nullable=True, ge=0, le=1)


class Quotes(FromText):
    """Content that a text attributes to a source, in quotation marks or reported. start and end span all its segments."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["quote_id"]

    quote_id: str = column("Stable id, derived from the article and the positions of segments and cue")
    content: str = column("The segments joined by a space: what an analyst reads")
    kind: str = column("All, some or none of the content in quotation marks", values=QUOTE_KINDS)
    cue_start: pl.Int32 = column("First code point of the cue; null for a free-standing quote", nullable=True, ge=0)
    cue_end: pl.Int32 = column("Code point after the cue", nullable=True, ge=0)
    cue_lemma: str = column("Lemma of the cue (déclarer, selon, …)", nullable=True)
    act: str = column("What the speaker does with the words (say, deny, accuse, demand, promise, …)", nullable=True)
    negated: bool = column("Whether the saying itself is denied (n’a pas dit que …)")
    speaker_id: str = column(
        "Who said it; null where the text does not tell", nullable=True, references="actors.actor_id"
    )
    speaker_mention_id: str = column(
        "The words beside the cue that name the speaker; null when elided",
        nullable=True,
        references="mentions.mention_id",
    )
    speaker_anonymous: bool = column("Whether the speaker is an unnamed source")
    said_to_id: str = column(
        "The outlet, body or person addressed, where the text says so", nullable=True, references="actors.actor_id"
    )
    spoken_on: str = column("When it was said, EDTF, where the text says so", nullable=True)
    parent_quote_id: str = column("The quote that this one stands in", nullable=True, references="quotes.quote_id")


class QuoteSegments(FromText):
    """A stretch of a quote's content: one, or several when the cue interrupts it."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["quote_id", "segment"]

    quote_id: str = column("The quote", references="quotes.quote_id")
    segment: pl.Int32 = column("Number of the segment in its quote, from 0", ge=0)


class EventMentions(FromText, Dated):
    """An event as stated at one place of one article."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["event_mention_id"]

    event_mention_id: str = column("Stable id, derived from the article, the position and the type")
    event_id: str = column("The real-world event", references="events.event_id")
    type: str = column("PLOVER event type", values=EVENT_TYPES)
    mode: str = column("PLOVER mode of the type", nullable=True)
    quad_class: str = column("PLOVER quad class of the type", values=QUAD_CLASSES)
    status: str = column(
        "Who answers for it: the outlet itself (asserted), a source (reported); or it is planned, hypothetical or denied",
        values=EVENT_STATUSES,
    )
    quote_id: str = column("The quote that states it", nullable=True, references="quotes.quote_id")
    place_id: str = column("Where it happened", nullable=True, references="places.place_id")
    talks_round_id: str = column(
        "The round of talks that it is", nullable=True, references="talks_rounds.talks_round_id"
    )


class EventContexts(Table):
    """A PLOVER context of an event mention."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["event_mention_id", "context"]

    event_mention_id: str = column("The event mention", references="event_mentions.event_mention_id")
    context: str = column("PLOVER context")


class EventParticipants(Table):
    """An actor's part in an event mention."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["event_mention_id", "actor_id", "role"]

    event_mention_id: str = column("The event mention", references="event_mentions.event_mention_id")
    actor_id: str = column("The actor", references="actors.actor_id")
    mention_id: str = column("The words that name the actor there", nullable=True, references="mentions.mention_id")
    role: str = column("The actor's part", values=PARTICIPANT_ROLES)


class Events(Dated):
    """A real-world event: the event mentions that tell of the same thing."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["event_id"]

    event_id: str = column("Stable id, derived from the earliest of its mentions")
    type: str = column("PLOVER event type", values=EVENT_TYPES)
    mode: str = column("PLOVER mode of the type", nullable=True)
    place_id: str = column("Where it happened", nullable=True, references="places.place_id")
    mention_count: pl.Int32 = column("Number of its mentions", ge=1)
    article_count: pl.Int32 = column("Number of articles that mention it, near-duplicates counted once", ge=1)
    best_status: str = column("The best status among its mentions, asserted before reported", values=EVENT_STATUSES)


class Positions(FromText):
    """Where an actor stands on an issue of the talks, by a quote or an act."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["position_id"]

    position_id: str = column("Stable id, derived from the article, the position, the actor and the issue")
    actor_id: str = column("Whose position it is", references="actors.actor_id")
    issue: str = column("The issue; knowledge/issues.yml lists them")
    stance: str = column("For, against, or for under a condition", values=STANCES)
    condition_start: pl.Int32 = column("First code point of the condition or exception", nullable=True, ge=0)
    condition_end: pl.Int32 = column("Code point after it", nullable=True, ge=0)
    quote_id: str = column("The quote that states the position", nullable=True, references="quotes.quote_id")
    event_mention_id: str = column(
        "The act that states the position", nullable=True, references="event_mentions.event_mention_id"
    )


class DateMentions(FromText, Dated):
    """A temporal expression. Where nothing fixes its value (“à l’époque”), the date is null."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["date_mention_id"]

    date_mention_id: str = column("Stable id, derived from the article and the position")


class TalksRounds(Dated):
    """A round of the talks, from the knowledge base."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["talks_round_id"]

    talks_round_id: str = column("Stable id")
    process: str = column("The series of talks that the round belongs to")
    number: pl.Int32 = column("Number of the round in its series, where it is counted", nullable=True, ge=1)
    place_id: str = column("Where it was held", nullable=True, references="places.place_id")
    format: str = column("In person, by video, or both", nullable=True, values=("in_person", "video", "hybrid"))
    source_url: str = column("Source", nullable=True)


class Places(Table):
    """A place that an event or a round refers to. Coordinates and ids from GeoNames (CC BY 4.0)."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["place_id"]

    place_id: str = column("Stable id")
    name: str = column("Name to show")
    name_fr: str = column("Usual name in French", nullable=True)
    name_ar: str = column("Usual name in Arabic", nullable=True)
    kind: str = column("Sort of place (country, city, region, base, building, …)")
    country: str = column("Country, ISO 3166-1 alpha-3", nullable=True, pattern=r"[A-Z]{3}")
    latitude: float = column("Degrees north, WGS 84", nullable=True, ge=-90, le=90)
    longitude: float = column("Degrees east, WGS 84", nullable=True, ge=-180, le=180)
    geonames_id: pl.Int64 = column("GeoNames id", nullable=True, ge=1)


class Rejects(Table):
    """An input that could not be used, and why. The rest of the run is not affected."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["raw_path", "record", "reason"]

    raw_path: str = column("Path of the input file, relative to the raw folder")
    record: pl.Int32 = column("Number of the record in the file, from 1; 0 for the file as a whole", ge=0)
    reason: str = column("Class of the fault", values=REJECT_REASONS)
    detail: str = column("What exactly is wrong and what may help")


class Corrections(Table):
    """A value that a person's correction put in the place of an extracted one, or a row that it took away."""

    class Config(Table.Config):
        """The key."""

        unique: ClassVar = ["correction_id"]

    correction_id: str = column("Stable id, derived from table, row and column")
    table_name: str = column("The table that was corrected")
    row_key: str = column("The row's key; of a key of several columns, their values joined by ' · '")
    column_name: str = column("The column that was corrected; null where the row was taken away", nullable=True)
    extracted: str = column("What had been extracted, as text; null also where that was null", nullable=True)
    corrected: str = column("What stands in its place, as text; null also where that is null", nullable=True)
    reason: str = column("Why")
    reported_by: str = column("Who found the mistake")


TABLES: Final[dict[str, type[Table]]] = {
    "articles": Articles,
    "blocks": Blocks,
    "mentions": Mentions,
    "actors": Actors,
    "actor_aliases": ActorAliases,
    "actor_roles": ActorRoles,
    "quotes": Quotes,
    "quote_segments": QuoteSegments,
    "event_mentions": EventMentions,
    "event_contexts": EventContexts,
    "event_participants": EventParticipants,
    "events": Events,
    "positions": Positions,
    "date_mentions": DateMentions,
    "talks_rounds": TalksRounds,
    "places": Places,
    "rejects": Rejects,
    "corrections": Corrections,
}
"""The tables by name, in the order in which they are written and documented."""
