SELECT actor, stance, date, published_on AS day, words
FROM positions_over_time
WHERE issue = {issue}
ORDER BY actor, date NULLS LAST, position_id
