-- What is only reported: events that a source states and no outlet says on its own account, with who claims it and to whom.
CREATE OR REPLACE VIEW claims AS
WITH counted_articles AS (
    SELECT article_id, outlet, published_on FROM articles WHERE duplicate_of IS NULL
),

claimed AS (
    SELECT event_mentions.*, counted_articles.outlet, counted_articles.published_on
    FROM event_mentions
    JOIN counted_articles USING (article_id)
    JOIN events USING (event_id)
    WHERE events.best_status <> 'asserted'
        AND (event_mentions.status = 'reported' OR event_mentions.quote_id IS NOT NULL)
),

participants AS (
    SELECT
        event_participants.event_mention_id,
        string_agg(DISTINCT actors.name, ', ' ORDER BY actors.name)
            FILTER (event_participants.role = 'source') AS sources,
        string_agg(DISTINCT actors.name, ', ' ORDER BY actors.name)
            FILTER (event_participants.role = 'target') AS targets
    FROM event_participants
    JOIN actors USING (actor_id)
    GROUP BY event_participants.event_mention_id
),

final AS (
    SELECT
        claimants.name AS claimed_by,
        quotes.speaker_anonymous AS claimant_anonymous,
        addressed.name AS claimed_to,
        claimed.outlet,
        claimed.published_on,
        claimed.type,
        claimed.mode,
        claimed.status,
        participants.sources,
        participants.targets,
        claimed.date AS event_date,
        places.name AS place,
        claimed.text AS claim,
        quotes.content AS words,
        claimed.confidence,
        claimed.event_id,
        claimed.event_mention_id,
        claimed.quote_id,
        claimed.article_id
    FROM claimed
    LEFT JOIN quotes ON quotes.quote_id = claimed.quote_id
    LEFT JOIN actors AS claimants ON claimants.actor_id = quotes.speaker_id
    LEFT JOIN actors AS addressed ON addressed.actor_id = quotes.said_to_id
    LEFT JOIN participants ON participants.event_mention_id = claimed.event_mention_id
    LEFT JOIN places ON places.place_id = claimed.place_id
    ORDER BY claimed.published_on, claimed.article_id, claimed."start", claimed.event_mention_id
)

SELECT * FROM final;

COMMENT ON VIEW claims IS 'Events that a source states and no outlet says on its own account, with who claims it and to whom; near-duplicate articles left out';
COMMENT ON COLUMN claims.claimed_by IS 'Name of the source; null where the text does not tell';
COMMENT ON COLUMN claims.claimant_anonymous IS 'Whether the source is unnamed; null where the text gives no source''s words';
COMMENT ON COLUMN claims.claimed_to IS 'Name of the outlet, body or person that the source spoke to';
COMMENT ON COLUMN claims.outlet IS 'Who published it';
COMMENT ON COLUMN claims.published_on IS 'Day of publication';
COMMENT ON COLUMN claims.type IS 'PLOVER event type';
COMMENT ON COLUMN claims.mode IS 'PLOVER mode of the type';
COMMENT ON COLUMN claims.status IS 'What the source says of the event: that it happened (reported), is planned, hypothetical or denied';
COMMENT ON COLUMN claims.sources IS 'Names of those who act, joined by commas';
COMMENT ON COLUMN claims.targets IS 'Names of those acted on, joined by commas';
COMMENT ON COLUMN claims.event_date IS 'When it happened, EDTF';
COMMENT ON COLUMN claims.place IS 'Where it happened';
COMMENT ON COLUMN claims.claim IS 'The words that state the event';
COMMENT ON COLUMN claims.words IS 'The whole quote that states it';
COMMENT ON COLUMN claims.confidence IS 'Measured precision of the rule that found the event';
COMMENT ON COLUMN claims.event_id IS 'The event in events';
COMMENT ON COLUMN claims.event_mention_id IS 'The mention in event_mentions';
COMMENT ON COLUMN claims.quote_id IS 'The quote in quotes';
COMMENT ON COLUMN claims.article_id IS 'The article in articles';
