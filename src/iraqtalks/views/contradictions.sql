-- Where an article and the knowledge base disagree on a round of the talks: what each says, side by side, with the article's words.
CREATE OR REPLACE VIEW contradictions AS
WITH counted_articles AS (
    SELECT article_id, outlet, title, url, published_on FROM articles WHERE duplicate_of IS NULL
),

-- What is planned may have come otherwise, and what is denied did not take place: neither contradicts a date or a place.
statements AS (
    SELECT
        event_mentions.*,
        counted_articles.outlet,
        counted_articles.title,
        counted_articles.url,
        counted_articles.published_on,
        concat_ws(' ', talks_rounds.process, talks_rounds.number) AS round,
        talks_rounds.process,
        talks_rounds.date AS known_date,
        talks_rounds.date_start AS known_start,
        talks_rounds.date_end AS known_end,
        talks_rounds.place_id AS known_place_id,
        talks_rounds.source_url
    FROM event_mentions
    JOIN counted_articles USING (article_id)
    JOIN talks_rounds USING (talks_round_id)
    WHERE event_mentions.status IN ('asserted', 'reported')
),

-- Two dates contradict when they share no day; with a year or an end unknown, nothing is said.
dates AS (
    SELECT
        'date' AS what,
        date AS stated,
        known_date AS known,
        event_mention_id
    FROM statements
    WHERE date_start > known_end OR date_end < known_start
),

-- Two places contradict in two countries, or as two cities; a city does not contradict its country.
places_apart AS (
    SELECT
        'place' AS what,
        stated_places.name AS stated,
        known_places.name AS known,
        statements.event_mention_id
    FROM statements
    JOIN places AS stated_places ON stated_places.place_id = statements.place_id
    JOIN places AS known_places ON known_places.place_id = statements.known_place_id
    WHERE stated_places.country <> known_places.country
        OR (
            stated_places.kind = 'city'
            AND known_places.kind = 'city'
            AND stated_places.place_id <> known_places.place_id
        )
),

-- The article may mean another round of the same talks: the one that was held when it says.
held_then AS (
    SELECT
        statements.event_mention_id,
        string_agg(concat_ws(' ', others.process, others.number), '; ' ORDER BY others.date, others.talks_round_id)
            AS round_then
    FROM statements
    JOIN talks_rounds AS others
        ON others.process = statements.process
        AND others.date_start <= statements.date_end
        AND others.date_end >= statements.date_start
    GROUP BY statements.event_mention_id
),

found AS (
    SELECT * FROM dates
    UNION ALL
    SELECT * FROM places_apart
),

final AS (
    SELECT
        statements.round,
        found.what,
        found.stated,
        found.known,
        statements."text" AS words,
        held_then.round_then,
        statements.status,
        speakers.name AS claimed_by,
        statements.outlet,
        statements.published_on,
        statements.title,
        statements.url,
        statements.source_url AS known_from,
        statements.confidence,
        statements.talks_round_id,
        statements.event_mention_id,
        statements.quote_id,
        statements.article_id,
        statements."start",
        statements."end"
    FROM found
    JOIN statements USING (event_mention_id)
    LEFT JOIN held_then USING (event_mention_id)
    LEFT JOIN quotes ON quotes.quote_id = statements.quote_id
    LEFT JOIN actors AS speakers ON speakers.actor_id = quotes.speaker_id
    ORDER BY
        statements.talks_round_id, statements.published_on NULLS LAST, statements.article_id, statements."start",
        statements.event_mention_id, found.what
)

SELECT * FROM final;

COMMENT ON VIEW contradictions IS 'Where an article and the knowledge base disagree on a round of the talks: what each says, with the article''s words; near-duplicate articles left out';
COMMENT ON COLUMN contradictions.round IS 'The talks and the number of the round that the article''s words name; the beginning of the talks is their first round';
COMMENT ON COLUMN contradictions.what IS 'What they disagree on: date or place';
COMMENT ON COLUMN contradictions.stated IS 'What the article says: a date in EDTF, or the name of a place';
COMMENT ON COLUMN contradictions.known IS 'What the knowledge base says';
COMMENT ON COLUMN contradictions.words IS 'The article''s words';
COMMENT ON COLUMN contradictions.round_then IS 'Rounds of the same talks that the base knows at the date that the article gives';
COMMENT ON COLUMN contradictions.status IS 'Whether the outlet itself says so (asserted) or a source (reported)';
COMMENT ON COLUMN contradictions.claimed_by IS 'Name of the source that the article quotes for it';
COMMENT ON COLUMN contradictions.outlet IS 'Who published it';
COMMENT ON COLUMN contradictions.published_on IS 'Day of publication';
COMMENT ON COLUMN contradictions.title IS 'Headline of the article';
COMMENT ON COLUMN contradictions.url IS 'Address of the article';
COMMENT ON COLUMN contradictions.known_from IS 'The knowledge base''s source';
COMMENT ON COLUMN contradictions.confidence IS 'Measured precision of the rule that found the statement';
COMMENT ON COLUMN contradictions.talks_round_id IS 'The round in talks_rounds';
COMMENT ON COLUMN contradictions.event_mention_id IS 'The statement in event_mentions';
COMMENT ON COLUMN contradictions.quote_id IS 'The quote in quotes that states it';
COMMENT ON COLUMN contradictions.article_id IS 'The article in articles';
COMMENT ON COLUMN contradictions."start" IS 'First code point of the words in articles.text, counted from 0';
COMMENT ON COLUMN contradictions."end" IS 'Code point after the last one of the words';
