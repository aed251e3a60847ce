"""The unit file is one that systemd takes, and starts what there is."""

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from bot.settings import Settings

UNIT = Path(__file__).parent.parent / "deploy" / "rapporteur.service"
INSTALLED = "/opt/rapporteur/.venv/bin/rapporteur"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace(INSTALLED, sys.executable))
    command = ["systemd-analyze", "verify", str(here)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_waits_longer_than_the_bot_drains() -> None:
    found = re.search(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(), re.MULTILINE)
    assert found is not None
    assert int(found[1]) > Settings().telegram.drain_seconds + 10


def test_every_dependency_is_bounded() -> None:
    project = tomllib.loads((UNIT.parent.parent / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    others = [want for want in wanted if not want.startswith("rapporteur[")]
    assert [want for want in others if not re.search(r",<\d|==\d", want)] == []
