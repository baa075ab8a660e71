-- Who said what, in which role, where and when: a row for each quote, near-duplicate articles left out.
CREATE OR REPLACE VIEW who_said_what AS
WITH counted_articles AS (
    SELECT article_id, outlet, published_on FROM articles WHERE duplicate_of IS NULL
),

said AS (
    SELECT quotes.*, counted_articles.outlet, counted_articles.published_on
    FROM quotes
    JOIN counted_articles USING (article_id)
),

roles_in_text AS (
    SELECT article_id, actor_id, string_agg(role, '; ' ORDER BY first_start, role) AS role
    FROM (
        SELECT article_id, actor_id, role, min("start") AS first_start
        FROM actor_roles
        WHERE basis = 'text'
        GROUP BY article_id, actor_id, role
    )
    GROUP BY article_id, actor_id
),

-- EDTF without its qualifier compares as text, as far as the shorter of two dates goes.
known_roles AS (
    SELECT
        actor_id,
        role,
        regexp_replace(coalesce(valid_from, ''), '[?~%]$', '') AS valid_from,
        regexp_replace(coalesce(valid_to, '9999'), '[?~%]$', '') AS valid_to
    FROM actor_roles
    WHERE basis = 'knowledge_base'
),

roles_on_the_day AS (
    SELECT said.quote_id, string_agg(DISTINCT known_roles.role, '; ' ORDER BY known_roles.role) AS role
    FROM said
    JOIN known_roles
        ON known_roles.actor_id = said.speaker_id
        AND left(CAST(said.published_on AS VARCHAR), length(known_roles.valid_from)) >= known_roles.valid_from
        AND left(CAST(said.published_on AS VARCHAR), length(known_roles.valid_to)) <= known_roles.valid_to
    GROUP BY said.quote_id
),

final AS (
    SELECT
        speakers.name AS speaker,
        coalesce(roles_in_text.role, roles_on_the_day.role) AS role,
        said.content AS words,
        said.outlet,
        said.published_on AS date,
        said.spoken_on,
        said.kind,
        said.act,
        said.negated,
        said.speaker_anonymous,
        addressed.name AS said_to,
        said.confidence,
        said.speaker_id,
        said.quote_id,
        said.article_id,
        said."start",
        said."end"
    FROM said
    LEFT JOIN actors AS speakers ON speakers.actor_id = said.speaker_id
    LEFT JOIN actors AS addressed ON addressed.actor_id = said.said_to_id
    LEFT JOIN roles_in_text
        ON roles_in_text.article_id = said.article_id AND roles_in_text.actor_id = said.speaker_id
    LEFT JOIN roles_on_the_day ON roles_on_the_day.quote_id = said.quote_id
    ORDER BY said.published_on, said.article_id, said."start", said.quote_id
)

SELECT * FROM final;

COMMENT ON VIEW who_said_what IS 'Who said what, in which role, where and when: a row for each quote, near-duplicate articles left out';
COMMENT ON COLUMN who_said_what.speaker IS 'Name of who said it; null where the text does not tell';
COMMENT ON COLUMN who_said_what.role IS 'The speaker''s office or membership: in the article''s words, else as known for the day of publication';
COMMENT ON COLUMN who_said_what.words IS 'What was said: the quote''s segments joined by a space';
COMMENT ON COLUMN who_said_what.outlet IS 'Who published it';
COMMENT ON COLUMN who_said_what.date IS 'Day of publication';
COMMENT ON COLUMN who_said_what.spoken_on IS 'When it was said, EDTF, where the text says so';
COMMENT ON COLUMN who_said_what.kind IS 'All (direct), some (mixed) or none (indirect) of the words in quotation marks';
COMMENT ON COLUMN who_said_what.act IS 'What the speaker does with the words (say, deny, accuse, demand, promise, …)';
COMMENT ON COLUMN who_said_what.negated IS 'Whether the saying itself is denied';
COMMENT ON COLUMN who_said_what.speaker_anonymous IS 'Whether the speaker is an unnamed source';
COMMENT ON COLUMN who_said_what.said_to IS 'Name of the outlet, body or person addressed';
COMMENT ON COLUMN who_said_what.confidence IS 'Measured precision of the rule that found the quote';
COMMENT ON COLUMN who_said_what.speaker_id IS 'The speaker in actors';
COMMENT ON COLUMN who_said_what.quote_id IS 'The quote in quotes';
COMMENT ON COLUMN who_said_what.article_id IS 'The article in articles';
COMMENT ON COLUMN who_said_what."start" IS 'First code point of the words in articles.text, counted from 0';
COMMENT ON COLUMN who_said_what."end" IS 'Code point after the last one of the words';
