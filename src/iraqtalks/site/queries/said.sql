-- All quotes, by date.
SELECT quote_id, article_id, speaker_id, words FROM who_said_what ORDER BY date NULLS LAST, article_id, "start", quote_id
