"""A full disk, a real one: every build that meets it says so in a line and leaves the old dataset as it was."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# A disk of its own in a namespace of its own, which needs no rights where the system allows such to its users.
MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$1" && shift && exec "$@"'


def on_a_disk(folder: Path, *command: str) -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", str(folder), *command]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Give a folder on which a small disk can be mounted; skip where the system does not allow it."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no command `unshare` to mount a small disk with")
    if subprocess.run(on_a_disk(tmp_path, "true"), capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("the system does not allow its users to mount a disk in a namespace of their own")
    return tmp_path


def test_builds_on_a_full_disk_leave_the_old_dataset_and_name_what_could_not_be_written(disk: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parent / 'benchmarks'}"}
    command = on_a_disk(disk, sys.executable, str(HERE / "full_disk.py"), str(disk))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    found = json.loads(done.stdout)
    # The disk was full while it was read, while rows were kept, linked and written.
    stages = ("/read/", ".processed.cache/", "/linked/", "/dataset")
    assert all(any(stage in line for line, _ in found["told"]) for stage in stages)
    assert {line.rpartition(": ")[2] for line, _ in found["told"]} == {"No space left on device"}
    assert all(line.startswith(str(disk)) and whole for line, whole in found["told"])
    assert found["right"]
    assert found["previous"]
