-- Who stood where, by date.
SELECT * FROM positions_over_time
ORDER BY date NULLS LAST, published_on NULLS LAST, article_id, "start", position_id
