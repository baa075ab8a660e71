"""Scoring quotes: content, kind, speaker, anonymity and the person addressed."""

from collections.abc import Mapping, Sequence
from typing import Any

from iraqtalks.database import Row
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.matching import assign, jaccard, letters
from iraqtalks.tables import QUOTE_KINDS

CLOSE = 0.8
"""From this Jaccard index of the positions of letters and digits on, a match is close."""

FIGURES = ("exact", "close", *(f"{match}, {kind}" for kind in QUOTE_KINDS for match in ("exact", "close")))
"""What is given in precision and recall, in the order of the report."""

SHARES = (
    "kind right, of close matches",
    "speaker right, end to end",
    "speaker right, of close matches",
    "speaker right, pronouns",
    "speaker right, elided",
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
    if likeness < CLOSE:
        detail = "" if row is None else f"found as “{row['text']}” (Jaccard {likeness:.2f})"
        case.error("quotes", "missed", _span(quote), detail)
    elif likeness < 1 and row is not None:
        case.error("quotes", "not exact", _span(quote), f"found as “{row['text']}” (Jaccard {likeness:.2f})")


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
        case.error("quotes", "spurious", (row["start"], row["end"]), f"by {row['rule']}")


def _attribution(case: Case, quote: Gold, row: Row) -> None:
    """Score the attributes of a closely matched quote."""
    report = case.report
    if not report.share("quotes", "kind right, of close matches").add(row["kind"] == quote["kind"]):
        case.error("quotes", "wrong kind", _span(quote), f"{row['kind']}, annotated {quote['kind']}")
    right = case.same(row["speaker_id"], quote["speaker"])
    report.share("quotes", "speaker right, of close matches").add(right)
    if not right:
        case.error("quotes", "wrong speaker", _span(quote), f"{row['speaker_id']}, annotated {quote['speaker']}")
    flagged = bool(row["speaker_anonymous"])
    if not report.share("quotes", "anonymity right, of close matches").add(flagged == quote["anonymous"]):
        case.error("quotes", "anonymous" if flagged else "not anonymous", _span(quote), f"speaker {row['speaker_id']}")
    addressed, annotated = row["said_to_id"], quote.get("said_to")
    if addressed is not None and not report.share("quotes", "said_to right, where given").add(
        case.same(addressed, annotated)
    ):
        case.error("quotes", "wrong said_to", _span(quote), f"{addressed}, annotated {annotated}")
    if not quote.get("optional"):
        _end_to_end(case, quote, right, flagged, case.same(addressed, annotated))


def _not_found(case: Case, quote: Gold) -> None:
    """Count a quote that was not found as wrong for the end-to-end figures."""
    _end_to_end(case, quote, False, False, False)


def _end_to_end(case: Case, quote: Gold, speaker: bool, flagged: bool, addressed: bool) -> None:
    report = case.report
    report.share("quotes", "speaker right, end to end").add(speaker)
    if case.is_pronoun(quote.get("speaker_mention")):
        report.share("quotes", "speaker right, pronouns").add(speaker)
    elif quote.get("speaker_mention") is None:
        report.share("quotes", "speaker right, elided").add(speaker)
    if quote["anonymous"]:
        report.share("quotes", "anonymous speakers flagged").add(flagged)
    if quote.get("said_to") is not None:
        report.share("quotes", "said_to found").add(addressed)
