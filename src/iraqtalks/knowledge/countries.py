"""Countries and what every country has: words for it in French, and a government, forces, a parliament."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import Country

_OF = {
    "l'": ("de l'{name}", "d'{name}"),
    "le": ("du {name}",),
    "la": ("de la {name}", "de {name}"),
    "les": ("des {name}",),
    "": ("de {name}",),
    "'": ("d'{name}",),
}
"""How “of the country” is said, by the article that the country's name takes."""


def inflect(adjective: str, feminine_endings: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Return masculine, feminine and both plurals of a French adjective (`turc/turque` gives the feminine)."""
    masculine, _, feminine = adjective.partition("/")
    if not feminine:
        ending = next((end for end in feminine_endings if masculine.endswith(end)), None)
        if ending is None:
            raise ValueError(f"countries.yml: no rule for the feminine of {adjective!r}; write it after a slash")
        feminine = masculine.removesuffix(ending) + feminine_endings[ending]
    plural = masculine if masculine[-1] in "sx" else masculine + "s"
    return masculine, feminine, plural, feminine + "s"


def words_of(entry: Mapping[str, Any], feminine_endings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the country's names and all inflections of its adjectives; compounds (irako-américain) by their stem."""
    inflected = [form for adjective in entry["adjectives"] for form in inflect(adjective, feminine_endings)]
    return tuple(dict.fromkeys([*entry["fr"], *entry.get("en", ()), *inflected, *entry.get("stems", ())]))


def fillings(entry: Mapping[str, Any], feminine_endings: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what a template's slots may be filled with for a country, the usual words first."""
    inflected = [inflect(adjective, feminine_endings) for adjective in entry["adjectives"]]
    of = [phrase.format(name=name) for name in entry["fr"] for phrase in _OF[entry["article"]]]
    return [
        {"m": m, "f": f, "mp": mp, "fp": fp, "de": phrase, "adj_en": entry["adjective_en"]}
        for (m, f, mp, fp), phrase in product(inflected, of)
    ]


def slug(name: str) -> str:
    """Return `name` as an id: small letters without accents, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def bodies_of(
    entry: Mapping[str, Any], templates: Mapping[str, Mapping[str, Any]], feminine_endings: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the sort and the entry of each body that `templates` give the country, unless it says `without`."""
    slots = fillings(entry, feminine_endings)
    for sort, template in templates.items():
        if sort in entry.get("without", ()):
            continue
        names = dict.fromkeys(text.format(**slot) for text in template["fr"] for slot in slots)
        default_id = template["id"].format(slug=slug(entry["adjective_en"]))
        yield (
            sort,
            {
                "id": entry.get("bodies", {}).get(sort, default_id),
                "name": template["name"].format(adj_en=entry["adjective_en"]),
                "fr": list(names),
                "kind": template["kind"],
                "sector": template["sector"],
                "gender": template["gender"],
                "plural": template["plural"],
                "country": entry["code"],
                "parent": entry["id"] if sort == "government" else None,
                "basis": "every country has one",
            },
        )


def country_from(entry: Mapping[str, Any], bodies: Mapping[str, str], feminine_endings: Mapping[str, str]) -> Country:
    """Return the country of an entry of countries.yml."""
    return Country(
        alpha3=entry["code"],
        actor_id=entry["id"],
        adjective_en=entry["adjective_en"],
        names=tuple(entry["fr"]),
        words=words_of(entry, feminine_endings),
        capitals=tuple(entry.get("capital", {}).get("fr", ())),
        bodies=dict(bodies),
    )
