-- Dated events, as articles tell them, and rounds of the talks, as the knowledge base has them, in order.
CREATE OR REPLACE VIEW timeline AS
WITH counted_mentions AS (
    SELECT event_mentions.*
    FROM event_mentions
    JOIN articles USING (article_id)
    WHERE articles.duplicate_of IS NULL
),

round_mentions AS (
    SELECT
        talks_round_id,
        count(*) AS mention_count,
        count(DISTINCT article_id) AS article_count,
        arg_min(text, (article_id, "start", event_mention_id)) AS words
    FROM counted_mentions
    WHERE talks_round_id IS NOT NULL
    GROUP BY talks_round_id
),

rounds AS (
    SELECT
        talks_rounds.date_start,
        talks_rounds.date_end,
        talks_rounds.date,
        'round' AS what,
        concat_ws(' ', talks_rounds.process, talks_rounds.number) AS title,
        CAST(NULL AS VARCHAR) AS status,
        CAST(NULL AS VARCHAR) AS sources,
        CAST(NULL AS VARCHAR) AS targets,
        places.name AS place,
        round_mentions.words,
        coalesce(round_mentions.mention_count, 0) AS mention_count,
        coalesce(round_mentions.article_count, 0) AS article_count,
        CAST(NULL AS VARCHAR) AS event_id,
        talks_rounds.talks_round_id
    FROM talks_rounds
    LEFT JOIN round_mentions USING (talks_round_id)
    LEFT JOIN places USING (place_id)
    WHERE talks_rounds.date IS NOT NULL
),

event_counts AS (
    SELECT
        event_id,
        count(*) AS mention_count,
        count(DISTINCT article_id) AS article_count,
        arg_min(text, (article_id, "start", event_mention_id)) AS words,
        min(talks_round_id) AS talks_round_id
    FROM counted_mentions
    GROUP BY event_id
),

participants AS (
    SELECT
        counted_mentions.event_id,
        string_agg(DISTINCT actors.name, ', ' ORDER BY actors.name)
            FILTER (event_participants.role = 'source') AS sources,
        string_agg(DISTINCT actors.name, ', ' ORDER BY actors.name)
            FILTER (event_participants.role = 'target') AS targets
    FROM event_participants
    JOIN counted_mentions USING (event_mention_id)
    JOIN actors USING (actor_id)
    GROUP BY counted_mentions.event_id
),

dated_events AS (
    SELECT
        events.date_start,
        events.date_end,
        events.date,
        'event' AS what,
        concat_ws(' ', events.type, events.mode) AS title,
        events.best_status AS status,
        participants.sources,
        participants.targets,
        places.name AS place,
        event_counts.words,
        event_counts.mention_count,
        event_counts.article_count,
        events.event_id,
        event_counts.talks_round_id
    FROM events
    JOIN event_counts USING (event_id)
    LEFT JOIN participants USING (event_id)
    LEFT JOIN places USING (place_id)
    WHERE events.date IS NOT NULL
),

final AS (
    SELECT * FROM rounds
    UNION ALL
    SELECT * FROM dated_events
    ORDER BY date_start NULLS LAST, date, what, title, event_id, talks_round_id
)

SELECT * FROM final;

COMMENT ON VIEW timeline IS 'Dated events, as articles tell them, and rounds of the talks, as the knowledge base has them, in order; near-duplicate articles count once';
COMMENT ON COLUMN timeline.date_start IS 'First day that the date covers; null when no year is known';
COMMENT ON COLUMN timeline.date_end IS 'Last day that the date covers; null when no year is known or the end is open';
COMMENT ON COLUMN timeline.date IS 'Date in EDTF, as exact as the texts and no more';
COMMENT ON COLUMN timeline.what IS 'event, or round of the talks';
COMMENT ON COLUMN timeline.title IS 'PLOVER type and mode of the event, or the talks and the number of the round';
COMMENT ON COLUMN timeline.status IS 'Best status of the event among its mentions, asserted before reported; null for a round';
COMMENT ON COLUMN timeline.sources IS 'Names of those who act, joined by commas';
COMMENT ON COLUMN timeline.targets IS 'Names of those acted on, joined by commas';
COMMENT ON COLUMN timeline.place IS 'Where it happened';
COMMENT ON COLUMN timeline.words IS 'Words of an article that state it; null for a round that no article tells of';
COMMENT ON COLUMN timeline.mention_count IS 'Number of its mentions';
COMMENT ON COLUMN timeline.article_count IS 'Number of articles that tell of it';
COMMENT ON COLUMN timeline.event_id IS 'The event in events; null for a round';
COMMENT ON COLUMN timeline.talks_round_id IS 'The round in talks_rounds; of an event, the round that it is';
