-- The rounds of the talks, by series and date.
SELECT talks_rounds.*, places.name AS place
FROM talks_rounds
LEFT JOIN places USING (place_id)
ORDER BY talks_rounds.date_start NULLS LAST, talks_rounds.talks_round_id
