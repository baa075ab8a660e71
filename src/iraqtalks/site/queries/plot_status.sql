SELECT
    event_mentions.type,
    CASE event_mentions.status WHEN 'asserted' THEN 'asserted by the outlet' ELSE 'only reported, planned or denied' END AS answered,
    count(*) AS statements
FROM event_mentions
JOIN articles USING (article_id)
WHERE articles.duplicate_of IS NULL
GROUP BY event_mentions.type, answered
ORDER BY event_mentions.type, answered
