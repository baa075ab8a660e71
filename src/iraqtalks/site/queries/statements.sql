-- Every statement of an event: what an article's words say of it, who answers for them, and who takes part.
WITH participants AS (
    SELECT
        event_participants.event_mention_id,
        list({id: actors.actor_id, name: actors.name, role: event_participants.role} ORDER BY actors.name, actors.actor_id)
            AS participants
    FROM event_participants
    JOIN actors USING (actor_id)
    GROUP BY event_participants.event_mention_id
),

contexts AS (
    SELECT event_mention_id, string_agg(context, ', ' ORDER BY context) AS contexts
    FROM event_contexts
    GROUP BY event_mention_id
),

final AS (
    SELECT
        event_mentions.event_id,
        event_mentions.event_mention_id,
        event_mentions.article_id,
        event_mentions."start",
        event_mentions."end",
        event_mentions."text" AS words,
        articles.duplicate_of,
        event_mentions.type,
        event_mentions.mode,
        event_mentions.status,
        event_mentions.date,
        event_mentions.talks_round_id,
        event_mentions.rule,
        event_mentions.confidence,
        places.name AS place,
        contexts.contexts,
        coalesce(participants.participants, []) AS participants,
        quotes.speaker_id,
        quotes.speaker_anonymous,
        speakers.name AS speaker
    FROM event_mentions
    JOIN articles USING (article_id)
    LEFT JOIN participants USING (event_mention_id)
    LEFT JOIN contexts USING (event_mention_id)
    LEFT JOIN places ON places.place_id = event_mentions.place_id
    LEFT JOIN quotes ON quotes.quote_id = event_mentions.quote_id
    LEFT JOIN actors AS speakers ON speakers.actor_id = quotes.speaker_id
    ORDER BY articles.published_on NULLS LAST, event_mentions.article_id, event_mentions."start", event_mentions.event_mention_id
)

SELECT * FROM final
