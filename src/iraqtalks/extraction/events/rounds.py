"""Which round of the talks a meeting is: by the words for the process, and its number or date."""

import re
from functools import cache
from typing import Final

from iraqtalks.edtf import bounds
from iraqtalks.extraction.model import EventMention, Reading
from iraqtalks.knowledge import Knowledge, TalksRound
from iraqtalks.language import load

_MEETING: Final = "event.consult"


def link_round(event: EventMention, reading: Reading, knowledge: Knowledge, language: str) -> str | None:
    """Return the id of the round that a meeting is, or None.

    The sentence must name the process; then the number decides, and without a number the day or month, if only one round fits.
    """
    if not event.rule.startswith(_MEETING):
        return None
    data = load(language, "events")["rounds"]
    sentence = _sentence(reading, event)
    process = next((name for name, words in data["processes"].items() if any(word in sentence for word in words)), None)
    if process is None:
        return None
    rounds = [item for item in knowledge.rounds.values() if item.process == process]
    number = _number(sentence, data["ordinals"], data["round_words"])
    fitting = [item for item in rounds if _fits(item, number, event.date)]
    return fitting[0].talks_round_id if len(fitting) == 1 else None


@cache
def process_words(language: str) -> frozenset[str]:
    """Return the words that name a process of the talks between Iraq and the United States."""
    processes: dict[str, list[str]] = load(language, "events")["rounds"]["processes"]
    return frozenset(word for words in processes.values() for word in words)


def _sentence(reading: Reading, event: EventMention) -> str:
    paragraph = reading.paragraph_at(event.start)
    token = paragraph.token_at(event.start) if paragraph is not None else None
    return str(token.sent.text).lower() if token is not None else ""


def _number(sentence: str, ordinals: dict[str, int], words: list[str]) -> int | None:
    for word, number in ordinals.items():
        if re.search(rf"\b{re.escape(word)} (?:{'|'.join(words)})\b", sentence):
            return number
    return None


def _fits(item: TalksRound, number: int | None, date: str | None) -> bool:
    """Whether number and date allow the round; one of them must speak for it and none against it."""
    same_number = None if number is None or item.number is None else number == item.number
    same_date = None if date is None or item.date is None else _overlap(item.date, date)
    return True in {same_number, same_date} and False not in {same_number, same_date}


def _overlap(one: str, other: str) -> bool:
    first, last = bounds(one)
    begin, end = bounds(other)
    if first is None or last is None or begin is None or end is None:
        return False
    return first <= end and begin <= last
