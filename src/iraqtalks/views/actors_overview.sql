-- Every actor with how often it is named, speaks, acts, is acted on and takes a stand.
CREATE OR REPLACE VIEW actors_overview AS
WITH counted_articles AS (
    SELECT article_id, published_on FROM articles WHERE duplicate_of IS NULL
),

named AS (
    SELECT
        mentions.actor_id,
        count(*) AS mention_count,
        count(DISTINCT mentions.article_id) AS article_count,
        min(counted_articles.published_on) AS first_published_on,
        max(counted_articles.published_on) AS last_published_on
    FROM mentions
    JOIN counted_articles USING (article_id)
    GROUP BY mentions.actor_id
),

spoken AS (
    SELECT speaker_id AS actor_id, count(*) AS quote_count
    FROM quotes
    JOIN counted_articles USING (article_id)
    WHERE speaker_id IS NOT NULL
    GROUP BY speaker_id
),

-- An actor counts once an event, whatever the number of its mentions.
acted AS (
    SELECT
        event_participants.actor_id,
        count(DISTINCT event_mentions.event_id) FILTER (event_participants.role = 'source') AS acted_count,
        count(DISTINCT event_mentions.event_id) FILTER (event_participants.role = 'target') AS acted_on_count
    FROM event_participants
    JOIN event_mentions USING (event_mention_id)
    JOIN counted_articles USING (article_id)
    GROUP BY event_participants.actor_id
),

stands AS (
    SELECT actor_id, count(*) AS position_count
    FROM positions
    JOIN counted_articles USING (article_id)
    GROUP BY actor_id
),

roles AS (
    SELECT actor_id, string_agg(DISTINCT role, '; ' ORDER BY role) AS roles
    FROM actor_roles
    WHERE article_id IS NULL OR article_id IN (SELECT article_id FROM counted_articles)
    GROUP BY actor_id
),

final AS (
    SELECT
        actors.name,
        actors.kind,
        actors.country,
        roles.roles,
        coalesce(named.mention_count, 0) AS mention_count,
        coalesce(named.article_count, 0) AS article_count,
        coalesce(spoken.quote_count, 0) AS quote_count,
        coalesce(acted.acted_count, 0) AS acted_count,
        coalesce(acted.acted_on_count, 0) AS acted_on_count,
        coalesce(stands.position_count, 0) AS position_count,
        named.first_published_on,
        named.last_published_on,
        parents.name AS parent,
        actors.wikidata_id,
        actors.in_knowledge_base,
        actors.actor_id
    FROM actors
    LEFT JOIN named USING (actor_id)
    LEFT JOIN spoken USING (actor_id)
    LEFT JOIN acted USING (actor_id)
    LEFT JOIN stands USING (actor_id)
    LEFT JOIN roles USING (actor_id)
    LEFT JOIN actors AS parents ON parents.actor_id = actors.parent_id
    ORDER BY mention_count DESC, quote_count DESC, actors.name, actors.actor_id
)

SELECT * FROM final;

COMMENT ON VIEW actors_overview IS 'Every actor with how often it is named, speaks, acts, is acted on and takes a stand; near-duplicate articles count once';
COMMENT ON COLUMN actors_overview.name IS 'Name to show';
COMMENT ON COLUMN actors_overview.kind IS 'What sort of actor it is';
COMMENT ON COLUMN actors_overview.country IS 'Country that the actor belongs to, ISO 3166-1 alpha-3';
COMMENT ON COLUMN actors_overview.roles IS 'Offices and memberships, known or in the articles'' words, joined by semicolons';
COMMENT ON COLUMN actors_overview.mention_count IS 'Number of places that name the actor, pronouns included';
COMMENT ON COLUMN actors_overview.article_count IS 'Number of articles that name the actor';
COMMENT ON COLUMN actors_overview.quote_count IS 'Number of quotes of the actor';
COMMENT ON COLUMN actors_overview.acted_count IS 'Number of events in which the actor acts';
COMMENT ON COLUMN actors_overview.acted_on_count IS 'Number of events in which the actor is acted on';
COMMENT ON COLUMN actors_overview.position_count IS 'Number of places that state a position of the actor';
COMMENT ON COLUMN actors_overview.first_published_on IS 'Day of the first article that names the actor';
COMMENT ON COLUMN actors_overview.last_published_on IS 'Day of the last article that names the actor';
COMMENT ON COLUMN actors_overview.parent IS 'Name of the body that the actor is a part of';
COMMENT ON COLUMN actors_overview.wikidata_id IS 'Wikidata id, only where verified';
COMMENT ON COLUMN actors_overview.in_knowledge_base IS 'Whether the knowledge base knows the actor';
COMMENT ON COLUMN actors_overview.actor_id IS 'The actor in actors';
