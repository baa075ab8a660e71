"""What the tests of releases start from: a small dataset that may be released, and a release of it."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from small import small_frames

from iraqtalks import store, whereabouts
from iraqtalks.release import Asked, Made, release

DATE = dt.date(2024, 5, 6)
NO_GOLD = Path("none")


def releasable() -> dict[str, pl.DataFrame]:
    """Return the frames of the small dataset with all that a release must hold."""
    frames = small_frames()
    frames["quotes"] = frames["quotes"].with_columns(speaker_id=pl.lit("odile-ferrand"), act=pl.lit("say"))
    return frames


def publish(frames: Mapping[str, pl.DataFrame], folder: Path) -> Path:
    """Publish the frames as a dataset in the folder and return it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whereabouts, "remember", lambda *_: None)
        store.publish(frames, folder)
    return folder


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the small dataset; not to be changed."""
    return publish(releasable(), tmp_path_factory.mktemp("small") / "processed")


@pytest.fixture(scope="session")
def made(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a release of the small dataset with all that it can have but a release before it; not to be changed."""
    asked = Asked(date=DATE, with_csv=True, url="https://courrier.example/dataset")
    return release(dataset, tmp_path_factory.mktemp("dist"), NO_GOLD, asked)
