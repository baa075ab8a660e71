-- Where articles and the knowledge base disagree on a round.
SELECT * FROM contradictions
