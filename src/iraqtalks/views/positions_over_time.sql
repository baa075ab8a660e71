-- Who stood where on which issue, and when: a row for each position, near-duplicate articles left out, ordered so that changes show.
CREATE OR REPLACE VIEW positions_over_time AS
WITH counted_articles AS (
    SELECT article_id, outlet, title, url, published_on, "text" FROM articles WHERE duplicate_of IS NULL
),

-- A position dates from the act or the speech that states it, where the text dates it, else from the article.
dated AS (
    SELECT
        positions.*,
        counted_articles.outlet,
        counted_articles.title,
        counted_articles.url,
        counted_articles.published_on,
        coalesce(event_mentions.date, quotes.spoken_on, CAST(counted_articles.published_on AS VARCHAR)) AS date,
        CASE
            WHEN event_mentions.date IS NOT NULL THEN 'act'
            WHEN quotes.spoken_on IS NOT NULL THEN 'speech'
            WHEN counted_articles.published_on IS NOT NULL THEN 'publication'
        END AS date_of,
        coalesce(quotes.content, event_mentions."text", positions."text") AS words,
        substr(
            counted_articles."text",
            positions.condition_start + 1,
            positions.condition_end - positions.condition_start
        ) AS condition,
        quotes.act
    FROM positions
    JOIN counted_articles USING (article_id)
    LEFT JOIN quotes ON quotes.quote_id = positions.quote_id
    LEFT JOIN event_mentions ON event_mentions.event_mention_id = positions.event_mention_id
),

final AS (
    SELECT
        actors.name AS actor,
        dated.issue,
        dated.stance,
        dated.condition,
        dated.date,
        dated.date_of,
        dated.words,
        dated.act,
        lag(dated.stance) OVER (
            PARTITION BY dated.actor_id, dated.issue
            ORDER BY dated.date NULLS LAST, dated.published_on NULLS LAST, dated.article_id, dated."start", dated.position_id
        ) AS stance_before,
        dated.outlet,
        dated.published_on,
        dated.title,
        dated.url,
        dated.confidence,
        actors.kind,
        actors.country,
        dated.actor_id,
        dated.position_id,
        dated.quote_id,
        dated.event_mention_id,
        dated.article_id,
        dated."start",
        dated."end"
    FROM dated
    JOIN actors USING (actor_id)
    ORDER BY
        dated.issue, actors.name, dated.actor_id, dated.date NULLS LAST, dated.published_on NULLS LAST, dated.article_id,
        dated."start", dated.position_id
)

SELECT * FROM final;

COMMENT ON VIEW positions_over_time IS 'Who stood where on which issue, and when: a row for each position, near-duplicate articles left out, ordered by issue, actor and date';
COMMENT ON COLUMN positions_over_time.actor IS 'Name of whose position it is';
COMMENT ON COLUMN positions_over_time.issue IS 'The issue; knowledge/issues.yml lists them and says what “for” means';
COMMENT ON COLUMN positions_over_time.stance IS 'For, against, or for under a condition';
COMMENT ON COLUMN positions_over_time.condition IS 'Words of the condition or exception';
COMMENT ON COLUMN positions_over_time.date IS 'When the position was taken, EDTF: the date of the act or the speech that states it, else of publication';
COMMENT ON COLUMN positions_over_time.date_of IS 'What the date is of: act, speech or publication';
COMMENT ON COLUMN positions_over_time.words IS 'The quote or the act that states it, else the words of the position itself';
COMMENT ON COLUMN positions_over_time.act IS 'What the speaker of the quote does with the words (say, demand, reject, …)';
COMMENT ON COLUMN positions_over_time.stance_before IS 'The actor''s stance on the issue in the row before, by date; null in the first';
COMMENT ON COLUMN positions_over_time.outlet IS 'Who published it';
COMMENT ON COLUMN positions_over_time.published_on IS 'Day of publication';
COMMENT ON COLUMN positions_over_time.title IS 'Headline of the article';
COMMENT ON COLUMN positions_over_time.url IS 'Address of the article';
COMMENT ON COLUMN positions_over_time.confidence IS 'Measured precision of the rule that found the position';
COMMENT ON COLUMN positions_over_time.kind IS 'What sort of actor it is';
COMMENT ON COLUMN positions_over_time.country IS 'Country of the actor, ISO 3166-1 alpha-3';
COMMENT ON COLUMN positions_over_time.actor_id IS 'The actor in actors';
COMMENT ON COLUMN positions_over_time.position_id IS 'The position in positions';
COMMENT ON COLUMN positions_over_time.quote_id IS 'The quote in quotes';
COMMENT ON COLUMN positions_over_time.event_mention_id IS 'The act in event_mentions';
COMMENT ON COLUMN positions_over_time.article_id IS 'The article in articles';
COMMENT ON COLUMN positions_over_time."start" IS 'First code point of the position''s words in articles.text, counted from 0';
COMMENT ON COLUMN positions_over_time."end" IS 'Code point after the last one of the position''s words';
