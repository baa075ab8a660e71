-- What was said before, during and after each round of the talks: a row for each quote and round that is next to it in its process.
CREATE OR REPLACE VIEW around_rounds AS
WITH counted_articles AS (
    SELECT article_id, outlet, published_on FROM articles WHERE duplicate_of IS NULL
),

-- A quote is of the day that the text gives for it, else of the article's; one that the text dates to no day is left out.
said AS (
    SELECT
        quotes.*,
        counted_articles.outlet,
        counted_articles.published_on,
        CASE
            WHEN quotes.spoken_on IS NULL THEN counted_articles.published_on
            ELSE TRY_CAST(regexp_replace(quotes.spoken_on, '[?~%]$', '') AS DATE)
        END AS day
    FROM quotes
    JOIN counted_articles USING (article_id)
),

rounds AS (
    SELECT
        talks_round_id,
        process,
        concat_ws(' ', process, coalesce(CAST(number AS VARCHAR), date)) AS round,
        date AS round_date,
        date_start,
        date_end
    FROM talks_rounds
    WHERE date_start IS NOT NULL AND date_end IS NOT NULL
),

-- Each quote once for each process, since rounds of one process say nothing of another.
dated AS (
    SELECT said.quote_id, said.day, processes.process
    FROM said
    CROSS JOIN (SELECT DISTINCT process FROM rounds) AS processes
    WHERE said.day IS NOT NULL
),

before AS (
    SELECT dated.quote_id, rounds.*, 'before' AS phase, date_diff('day', rounds.date_start, dated.day) AS days
    FROM dated
    ASOF JOIN rounds ON rounds.process = dated.process AND dated.day < rounds.date_start
),

during AS (
    SELECT dated.quote_id, rounds.*, 'during' AS phase, 0 AS days
    FROM dated
    JOIN rounds
        ON rounds.process = dated.process AND dated.day BETWEEN rounds.date_start AND rounds.date_end
),

after AS (
    SELECT dated.quote_id, rounds.*, 'after' AS phase, date_diff('day', rounds.date_end, dated.day) AS days
    FROM dated
    ASOF JOIN rounds ON rounds.process = dated.process AND dated.day > rounds.date_end
),

next_to AS (
    SELECT * FROM before
    UNION ALL
    SELECT * FROM during
    UNION ALL
    SELECT * FROM after
),

final AS (
    SELECT
        next_to.round,
        next_to.phase,
        next_to.days,
        speakers.country AS side,
        speakers.name AS speaker,
        said.content AS words,
        said.act,
        said.day AS date,
        said.outlet,
        said.published_on,
        next_to.process,
        next_to.round_date,
        said.speaker_anonymous,
        said.confidence,
        next_to.talks_round_id,
        said.speaker_id,
        said.quote_id,
        said.article_id
    FROM next_to
    JOIN said USING (quote_id)
    LEFT JOIN actors AS speakers ON speakers.actor_id = said.speaker_id
    ORDER BY next_to.date_start, next_to.talks_round_id, next_to.days, said.article_id, said."start", said.quote_id
)

SELECT * FROM final;

COMMENT ON VIEW around_rounds IS 'What was said before, during and after each round of the talks: a row for each quote and round that is next to it in its process; near-duplicate articles left out';
COMMENT ON COLUMN around_rounds.round IS 'The talks and the number of the round, or its date where rounds are not counted';
COMMENT ON COLUMN around_rounds.phase IS 'before, during or after the round; before and after reach to the next round of the same talks';
COMMENT ON COLUMN around_rounds.days IS 'Days from the round: negative before its first day, positive after its last, 0 during it';
COMMENT ON COLUMN around_rounds.side IS 'Country of the speaker, ISO 3166-1 alpha-3; null where it is not known';
COMMENT ON COLUMN around_rounds.speaker IS 'Name of who said it; null where the text does not tell';
COMMENT ON COLUMN around_rounds.words IS 'What was said: the quote''s segments joined by a space';
COMMENT ON COLUMN around_rounds.act IS 'What the speaker does with the words (say, deny, accuse, demand, promise, …)';
COMMENT ON COLUMN around_rounds.date IS 'Day on which it was said where the text gives it, else of publication; what the text dates to no day is left out';
COMMENT ON COLUMN around_rounds.outlet IS 'Who published it';
COMMENT ON COLUMN around_rounds.published_on IS 'Day of publication';
COMMENT ON COLUMN around_rounds.process IS 'The talks that the round belongs to';
COMMENT ON COLUMN around_rounds.round_date IS 'When the round was held, EDTF, from the knowledge base';
COMMENT ON COLUMN around_rounds.speaker_anonymous IS 'Whether the speaker is an unnamed source';
COMMENT ON COLUMN around_rounds.confidence IS 'Measured precision of the rule that found the quote';
COMMENT ON COLUMN around_rounds.talks_round_id IS 'The round in talks_rounds';
COMMENT ON COLUMN around_rounds.speaker_id IS 'The speaker in actors';
COMMENT ON COLUMN around_rounds.quote_id IS 'The quote in quotes';
COMMENT ON COLUMN around_rounds.article_id IS 'The article in articles';
