"""The passes over an article that make its cast: names first, then roles, then descriptions."""

from iraqtalks.extraction.actors.cast import Cast
from iraqtalks.extraction.actors.naming import name_actors
from iraqtalks.extraction.actors.nominals import (
    add_groups_again,
    country_words,
    find_descriptions,
    home_country,
    home_region,
)
from iraqtalks.extraction.actors.roles import find_roles, name_organizations
from iraqtalks.extraction.model import Reading
from iraqtalks.knowledge import Knowledge


def find_cast(reading: Reading, knowledge: Knowledge, language: str = "fr") -> Cast:
    """Return the actors that the article names or describes, with every mention of them in its own text.

    Raises FileNotFoundError for a language that has no rules.
    """
    cast = Cast(reading, knowledge, language)
    cast.countries = country_words(cast)
    name_actors(cast)
    cast.home = home_country(cast)
    cast.region = home_region(cast)
    find_roles(cast)
    find_descriptions(cast)
    add_groups_again(cast)
    name_organizations(cast)
    return cast
