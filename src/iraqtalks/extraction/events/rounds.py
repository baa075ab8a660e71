"""Which round of the talks a meeting is: by the words for the process, and its number, its date or that it is the first."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from iraqtalks.edtf import bounds
from iraqtalks.extraction.model import EventMention, Reading
from iraqtalks.knowledge import Knowledge, TalksRound
from iraqtalks.language import load

_MEETING: Final = "event.consult"
_TALKS: Final = "event.consult.talks"
"""The rule whose events are nouns for talks, which may be called the round that they are."""
_NEWS: Final = timedelta(days=7)
"""A dialogue that “began on Wednesday” is its latest round: what began within a week before publication is the news itself."""


def link_round(event: EventMention, reading: Reading, knowledge: Knowledge, language: str) -> str | None:
    """Return the id of the round that a meeting is, or None.

    The sentence must name the process. What the event's own words call the round decides, whatever date they give it: its
    number (le quatrième tour), or that the process begins (le dialogue qui a débuté …), which is the first. Else the
    number in the sentence, or the day or month, if only one round fits and nothing contradicts.
    """
    if not event.rule.startswith(_MEETING):
        return None
    data = load(language, "events")["rounds"]
    sentence = _sentence(reading, event)
    process = next((name for name, words in data["processes"].items() if any(word in sentence for word in words)), None)
    if process is None:
        return None
    own = reading.text[event.start : event.end].lower()
    rounds = [item for item in knowledge.rounds.values() if item.process == process]
    number = _number(own, data) if event.rule == _TALKS else None
    if number is None and _is_origin(event, own, data["processes"][process], reading.article.published_on):
        number = 1
    called = next((item for item in rounds if number is not None and item.number == number), None)
    if called is not None:
        return called.talks_round_id
    number = None if event.begins else _number(sentence, data)
    fitting = [item for item in rounds if _fits(item, number, event.date)]
    return fitting[0].talks_round_id if len(fitting) == 1 else None


@cache
def process_words(language: str) -> frozenset[str]:
    """Return the words that name a process of the talks between Iraq and the United States."""
    processes: dict[str, list[str]] = load(language, "events")["rounds"]["processes"]
    return frozenset(word for words in processes.values() for word in words)


def _is_origin(event: EventMention, own: str, process: Sequence[str], published_on: date | None) -> bool:
    """Whether the event's own words say that the process itself began, and not that it met in these days."""
    if not event.begins or not any(word in own for word in process):
        return False
    last = None if event.date is None else bounds(event.date)[1]
    return last is None or published_on is None or last < published_on - _NEWS


def _sentence(reading: Reading, event: EventMention) -> str:
    paragraph = reading.paragraph_at(event.start)
    token = paragraph.token_at(event.start) if paragraph is not None else None
    return str(token.sent.text).lower() if token is not None else ""


def _number(words: str, data: Mapping[str, Any]) -> int | None:
    ordinals: Mapping[str, int] = data["ordinals"]
    for word, number in ordinals.items():
        if re.search(rf"\b{re.escape(word)} (?:{'|'.join(data['round_words'])})\b", words):
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
