-- The articles that name each actor, by date.
SELECT mentions.actor_id, mentions.article_id, count(*) AS mentions
FROM mentions
JOIN articles USING (article_id)
GROUP BY mentions.actor_id, mentions.article_id, articles.published_on
ORDER BY articles.published_on NULLS LAST, mentions.article_id
