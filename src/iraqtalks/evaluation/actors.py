"""Scoring actors as (mention, actor) pairs."""

from iraqtalks.database import Row
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.matching import overlap


def score_actors(case: Case) -> None:
    """Score the mentions of an article: names and descriptions; pronouns only where a quote's annotation names them."""
    found = [row for row in case.table("mentions") if row["form"] != "pronoun"]
    gold = [(actor["key"], span) for actor in case.gold["actors"] for span in actor["mentions"]]
    pairs = case.report.find("actors", "mention and actor")
    for row in found:
        meant = [key for key, span in gold if overlap((row["start"], row["end"]), span)]
        right = any(case.same(row["actor_id"], key) for key in meant)
        pairs.precision.add(right)
        case.report.rule("mentions", row["rule"]).add(right)
        if not right:
            annotated = ", ".join(meant)
            problem = "wrong actor" if meant else "spurious"
            found_as = case.label(row["actor_id"])
            case.error(
                "actors", problem, (row["start"], row["end"]), found=found_as, annotated=annotated, rule=row["rule"]
            )
    for key, span in gold:
        right_rows = [
            row for row in found if overlap((row["start"], row["end"]), span) and case.same(row["actor_id"], key)
        ]
        if pairs.recall.add(bool(right_rows)):
            exact = any([row["start"], row["end"]] == list(span) for row in right_rows)
            case.report.share("actors", "boundaries exact, of matches").add(exact)
        else:
            case.error("actors", "missed", span, annotated=key)
    _score_pronouns(case)


def _score_pronouns(case: Case) -> None:
    """Count pronoun mentions as right or wrong where an annotated quote tells whom the pronoun means."""
    meant = {
        tuple(quote["speaker_mention"]): quote["speaker"]
        for quote in case.gold["quotes"]
        if case.is_pronoun(quote.get("speaker_mention"))
    }

    def speaker(row: Row) -> str | None:
        return next((key for span, key in meant.items() if overlap((row["start"], row["end"]), span)), None)

    for row in case.table("mentions"):
        if row["form"] == "pronoun" and (key := speaker(row)) is not None:
            case.report.rule("mentions", row["rule"]).add(case.same(row["actor_id"], key))
