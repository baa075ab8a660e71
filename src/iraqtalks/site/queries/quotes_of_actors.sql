-- What each actor says, by date.
SELECT quote_id, article_id, speaker_id, words, kind, act, negated, said_to, spoken_on
FROM who_said_what
WHERE speaker_id IS NOT NULL
ORDER BY date NULLS LAST, article_id, "start", quote_id
