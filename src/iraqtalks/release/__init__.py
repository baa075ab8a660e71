"""A dataset as it is published: described, measured, checked and packed (docs/decisions/release.md)."""

from iraqtalks.release.edition import Version, declared_date
from iraqtalks.release.making import Asked, Made, release

__all__ = ["Asked", "Made", "Version", "declared_date", "release"]
