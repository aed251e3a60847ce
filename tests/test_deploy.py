"""The unit file is one that systemd takes, and starts what there is."""

import re
import shutil
import subprocess
import sys
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
