"""What happened: the events of an article in the terms of PLOVER 2.0. `find_events` is the whole."""

from iraqtalks.extraction.events.find import find_events

__all__ = ["find_events"]
