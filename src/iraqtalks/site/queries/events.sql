-- Every event, by date.
SELECT events.*, places.name AS place
FROM events
LEFT JOIN places USING (place_id)
ORDER BY events.date_start NULLS LAST, events.date NULLS LAST, events.event_id
