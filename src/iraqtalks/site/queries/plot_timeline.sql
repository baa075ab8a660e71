WITH sorts AS (SELECT event_id, min(quad_class) AS quad_class FROM event_mentions GROUP BY event_id)

SELECT date_trunc('{unit}', timeline.date_start) AS period, replace(sorts.quad_class, '_', ' ') AS sort, count(*) AS events
FROM timeline
JOIN sorts USING (event_id)
WHERE timeline.what = 'event' AND timeline.date_start >= DATE '{since}'
GROUP BY ALL
ORDER BY ALL
