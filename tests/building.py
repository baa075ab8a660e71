"""A build stage by stage without Prefect, whose start takes longer than all the rest of it."""

from collections.abc import Iterable
from pathlib import Path

from iraqtalks import stages, store
from iraqtalks.cache import Cache, Part
from iraqtalks.quality import Build


def build(raw: Path, processed: Path, corrections: Path = Path("none")) -> Build:
    """Build the dataset of the raw folder in this process."""
    with store.building(processed) as work:
        cache = stages.kept_rows(processed)
        stages.read(raw, work)
        plan = stages.plan(work, cache)
        parts = [*plan.kept, *extract_all(plan.shards, cache)]
        linked = stages.link(parts, work, corrections)
        quality = stages.validate(linked, parts, work, corrections)
        changed = stages.publish(linked, work, processed)
        stages.prune(parts, cache)
    return Build(quality, changed, reused=sum(len(part.keys) for part in plan.kept))


def extract_all(shards: Iterable[Path], cache: Cache) -> list[Part]:
    """Extract the shards in this process and keep their rows."""
    return [stages.keep(shard, stages.extract(stages.articles_in(shard), cache.code), cache) for shard in shards]
