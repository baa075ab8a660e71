-- What others say of each actor: quotes whose words name the actor, by date.
WITH named AS (
    SELECT DISTINCT mentions.actor_id, quote_segments.quote_id
    FROM quote_segments
    JOIN mentions
        ON mentions.article_id = quote_segments.article_id
        AND mentions."start" >= quote_segments."start"
        AND mentions."end" <= quote_segments."end"
)

SELECT
    named.actor_id,
    said.quote_id,
    said.article_id,
    said.speaker_id,
    said.speaker,
    said.speaker_anonymous,
    said.words,
    said.kind,
    said.act,
    said.negated,
    said.said_to,
    said.spoken_on
FROM named
JOIN who_said_what AS said USING (quote_id)
WHERE said.speaker_id IS DISTINCT FROM named.actor_id
ORDER BY said.date NULLS LAST, said.article_id, said."start", said.quote_id, named.actor_id
