WITH said AS (
    SELECT coalesce(outlet, '(outlet not known)') AS outlet, speaker
    FROM who_said_what
    WHERE speaker IS NOT NULL AND NOT speaker_anonymous
),

outlets AS (SELECT outlet FROM said GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT 12),

speakers AS (SELECT speaker FROM said GROUP BY speaker ORDER BY count(*) DESC, speaker LIMIT 20)

SELECT outlet, speaker, count(*) AS quotes
FROM said
JOIN outlets USING (outlet)
JOIN speakers USING (speaker)
GROUP BY outlet, speaker
ORDER BY outlet, quotes DESC, speaker
