"""Scoring quotes: content, kind, speaker, anonymity and the person addressed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from iraqtalks.database import Row
from iraqtalks.evaluation.attribution import MISSED, Attribution, speaker_class
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.matching import assign, jaccard, letters
from iraqtalks.tables import QUOTE_KINDS

CLOSE = 0.8
"""From this Jaccard index of the positions of letters and digits on, a match is close."""

FIGURES = ("exact", "close", *(f"{match}, {kind}" for kind in QUOTE_KINDS for match in ("exact", "close")))
"""What is given in precision and recall, in the order of the report."""

BY_FORM: Final = {"name": "names", "description": "descriptions", "pronoun": "pronouns", "elided": "elided"}
"""What the share of right speakers is called by the form of the words that name them."""

SHARES = (
    "kind right, of close matches",
    "speaker right, end to end",
    "speaker right, of close matches",
    *(f"speaker right, {form}" for form in BY_FORM.values()),
    "anonymous speakers flagged",
    "anonymity right, of close matches",
    "said_to found",
    "said_to right, where given",
)
"""What is given as a share, in the order of the report."""

Gold = Mapping[str, Any]


def _segments(case: Case) -> dict[str, list[tuple[int, int]]]:
    segments: dict[str, list[tuple[int, int]]] = {}
    for row in sorted(case.table("quote_segments"), key=lambda row: row["segment"]):
        segments.setdefault(row["quote_id"], []).append((row["start"], row["end"]))
    return segments


def score_quotes(case: Case) -> None:
    """Score the quotes of an article and note which annotated quote each found one is."""
    case.report.expect("quotes", FIGURES, SHARES)
    segments = _segments(case)
    found, gold = list(case.table("quotes")), case.gold["quotes"]
    found_at = [letters(case.text, segments.get(row["quote_id"], [(row["start"], row["end"])])) for row in found]
    gold_at = [letters(case.text, quote["segments"]) for quote in gold]
    pairs = assign(
        {(i, j): len(one & other) for i, one in enumerate(gold_at) for j, other in enumerate(found_at) if one & other}
    )
    partners = {j: i for i, j in pairs.items()}
    for i, quote in enumerate(gold):
        row = found[pairs[i]] if i in pairs else None
        likeness = jaccard(gold_at[i], found_at[pairs[i]]) if i in pairs else 0.0
        if row is not None:
            case.matched_quotes[row["quote_id"]] = quote["id"]
        _recall(case, quote, row, likeness)
        if row is not None and likeness >= CLOSE:
            _attribution(case, quote, row)
        elif not quote.get("optional"):
            _not_found(case, quote)
    for j, row in enumerate(found):
        quote = gold[partners[j]] if j in partners else None
        likeness = jaccard(gold_at[partners[j]], found_at[j]) if j in partners else 0.0
        _precision(case, quote, row, likeness)


def _span(quote: Gold) -> Sequence[int]:
    return quote["segments"][0][0], quote["segments"][-1][1]


def _recall(case: Case, quote: Gold, row: Row | None, likeness: float) -> None:
    """Count an annotated quote as found or missed; an optional one is never missing."""
    if quote.get("optional"):
        return
    report = case.report
    report.find("quotes", "exact").recall.add(likeness == 1)
    report.find("quotes", "close").recall.add(likeness >= CLOSE)
    report.find("quotes", f"exact, {quote['kind']}").recall.add(likeness == 1)
    report.find("quotes", f"close, {quote['kind']}").recall.add(likeness >= CLOSE)
    if likeness == 1:
        return
    problem = "missed" if likeness < CLOSE else "not exact"
    if row is None:
        case.error("quotes", problem, _span(quote), annotated=quote["kind"])
    else:
        found = f"{row['start']}–{row['end']} (Jaccard {likeness:.2f})"
        case.error("quotes", problem, _span(quote), found=found, rule=row["rule"], found_words=row["text"])


def _precision(case: Case, quote: Gold | None, row: Row, likeness: float) -> None:
    """Count a found quote as right or wrong; one that was matched to an optional quote is neither."""
    if quote is not None and quote.get("optional"):
        return
    report = case.report
    report.find("quotes", "exact").precision.add(likeness == 1)
    report.find("quotes", "close").precision.add(likeness >= CLOSE)
    if row["kind"] in QUOTE_KINDS:
        report.find("quotes", f"exact, {row['kind']}").precision.add(likeness == 1)
        report.find("quotes", f"close, {row['kind']}").precision.add(likeness >= CLOSE)
    right = quote is not None and likeness >= CLOSE and case.same(row["speaker_id"], quote["speaker"])
    report.rule("quotes", row["rule"]).add(right)
    if quote is None:
        case.error(
            "quotes", "spurious", (row["start"], row["end"]), found=case.label(row["speaker_id"]), rule=row["rule"]
        )


def _attribution(case: Case, quote: Gold, row: Row) -> None:
    """Score the attributes of a closely matched quote."""
    report = case.report

    def wrong(problem: str, found: object, annotated: object, rule: str = row["rule"]) -> None:
        case.error("quotes", problem, _span(quote), found=found, annotated=annotated, rule=rule)

    if not report.share("quotes", "kind right, of close matches").add(row["kind"] == quote["kind"]):
        wrong("wrong kind", row["kind"], quote["kind"])
    right = case.same(row["speaker_id"], quote["speaker"])
    report.share("quotes", "speaker right, of close matches").add(right)
    if not right:
        named_by = _mention_rule(case, row)
        rules = row["rule"] if named_by is None else f"{row['rule']}, {named_by}"
        wrong("wrong speaker", case.label(row["speaker_id"]), f"{quote['speaker']} ({_form(case, quote)})", rules)
    flagged = bool(row["speaker_anonymous"])
    if not report.share("quotes", "anonymity right, of close matches").add(flagged == quote["anonymous"]):
        wrong("anonymous" if flagged else "not anonymous", case.label(row["speaker_id"]), quote["speaker"])
    addressed, annotated = row["said_to_id"], quote.get("said_to")
    if addressed is not None and not report.share("quotes", "said_to right, where given").add(
        case.same(addressed, annotated)
    ):
        wrong("wrong said_to", case.label(addressed), annotated)
    if not quote.get("optional"):
        found = speaker_class(case.kind(row["speaker_id"]), anonymous=flagged)
        _end_to_end(case, quote, found, speaker=right, flagged=flagged, addressed=case.same(addressed, annotated))
        if annotated is not None and addressed is None:
            wrong("missed said_to", "nobody", annotated)


def _mention_rule(case: Case, row: Row) -> str | None:
    """Return the rule of the mention that names the speaker of a found quote."""
    named_by = row.get("speaker_mention_id")
    found = (mention["rule"] for mention in case.table("mentions") if mention.get("mention_id") == named_by)
    return None if named_by is None else next(found, None)


def _form(case: Case, quote: Gold) -> str:
    """Return how the text names the speaker of an annotated quote: one of `attribution.FORMS`."""
    span = quote.get("speaker_mention")
    if span is None:
        return "elided"
    if case.is_pronoun(span):
        return "pronoun"
    actor = case.gold_actors.get(quote["speaker"])
    return "name" if case.is_name(span, "" if actor is None else actor["name"]) else "description"


def _not_found(case: Case, quote: Gold) -> None:
    """Count a quote that was not found as wrong for the end-to-end figures."""
    _end_to_end(case, quote, MISSED, speaker=False, flagged=False, addressed=False)


def _end_to_end(case: Case, quote: Gold, found: str, *, speaker: bool, flagged: bool, addressed: bool) -> None:
    report, form = case.report, _form(case, quote)
    report.share("quotes", "speaker right, end to end").add(speaker)
    report.share("quotes", f"speaker right, {BY_FORM[form]}").add(speaker)
    actor = case.gold_actors.get(quote["speaker"])
    annotated = speaker_class("other" if actor is None else actor["kind"], anonymous=quote["anonymous"])
    report.speakers.append(Attribution(form, annotated, found, speaker))
    if quote["anonymous"]:
        report.share("quotes", "anonymous speakers flagged").add(flagged)
    if quote.get("said_to") is not None:
        report.share("quotes", "said_to found").add(addressed)
