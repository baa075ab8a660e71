"""Whether a text concerns the talks: a pass over the names and words of the knowledge base, long before any parsing.

`knowledge/topic.yml` says what counts; docs/decisions/topic-screen.md how much is lost by it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.knowledge import fold, knowledge
from iraqtalks.knowledge.matching import Case, Forms, Name
from iraqtalks.knowledge.reading import read

_MATTER: Final = "matter"
_FIRST_ARABIC: Final = "\u0600"
_PLURALS: Final = ("", "s", "x")


class Screen:
    """Tells texts that concern the talks from others. `names` are found in texts for what each speaks of."""

    def __init__(self, names: Iterable[tuple[Name, str]], keep: Iterable[dict[str, int]]) -> None:
        by_form: dict[str, dict[Case, str]] = {}
        for name, subject in names:
            by_form.setdefault(name.folded, {}).setdefault(name.case, subject)
        # Arabic glues “and”, “in”, “to” to the word behind them.
        self._forms = Forms(
            {form: tuple(subjects.items()) for form, subjects in by_form.items()},
            glued=lambda first: first >= _FIRST_ARABIC,
        )
        self._keep = tuple(keep)

    def keeps(self, text: str) -> bool:
        """Return whether the text speaks of enough; reading stops as soon as it does."""
        spoken: Counter[str] = Counter()
        for start, end, subjects in self._forms.find(text):
            words = text[start:end]
            subject = next((subject for case, subject in subjects if case.allows(words)), None)
            if subject is not None:
                spoken[subject] += 1
                if any(all(spoken[one] >= least for one, least in line.items()) for line in self._keep):
                    return True
        return False


def concerns_talks(article: Article) -> bool:
    """Return whether an article concerns the talks, by its title and text."""
    return screen().keeps(f"{article.title or ''}\n{article.text}")


@cache
def screen() -> Screen:
    """Return the screen for the talks, read and made ready once per process."""
    entries = read("topic")
    return Screen(_names(entries["parties"], entries["matters"]), entries["keep"])


def _names(parties: dict[str, str], matters: list[str]) -> Iterator[tuple[Name, str]]:
    known = knowledge()
    for subject, country in parties.items():
        # A surname alone (Ali, Salah) is anybody's; whoever bears it is named in full before, or with his country.
        yield from ((name, subject) for name in known.names_of(country) if not name.short)
    terms = (term for issue in known.issues.values() for term in issue.terms)
    for term in (*matters, *terms):
        yield from ((Name(fold(term) + plural, term, Case.FREE), _MATTER) for plural in _PLURALS)
