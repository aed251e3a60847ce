"""systemd accepts the unit files, and what they and the lock name exists."""

import re
import shutil
import signal
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.webhook import _LONGEST_BODY

UNIT = Path(__file__).parent.parent / "deploy" / "rapporteur.service"
INSTALLED = "/opt/rapporteur/.venv/bin/rapporteur"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace(INSTALLED, sys.executable))
    command = ["systemd-analyze", "verify", str(here)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_several_processes(tmp_path: Path) -> None:
    folder = tmp_path / "rapporteur@.service.d"
    folder.mkdir()
    redis = UNIT.with_name("rapporteur-redis.service")
    places = {
        UNIT: tmp_path / "rapporteur@.service",
        UNIT.with_name("several.conf"): folder / "several.conf",
        redis: tmp_path / redis.name,
    }
    for source, place in places.items():
        here = source.read_text().replace(INSTALLED, sys.executable)
        place.write_text(here.replace("/usr/bin/redis-server", sys.executable))
    for unit in (tmp_path / "rapporteur@8441.service", tmp_path / redis.name):
        command = ["systemd-analyze", "verify", str(unit)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("name", ["rapporteur.service", "rapporteur-redis.service"])
def test_systemd_finds_little_to_give_up_yet(name: str) -> None:
    unit = str(UNIT.with_name(name))
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=12", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_systemd_lets_the_process_that_reads_files_confine_itself() -> None:
    allowed = re.findall(r"^SystemCallFilter=([^~].*)$", UNIT.read_text(), re.MULTILINE)
    calls = {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"}
    assert calls <= set(" ".join(allowed).split())


def test_the_table_of_exit_codes_is_whole() -> None:
    table = (UNIT.parent / "README.md").read_text().partition("## What the exit codes say")[2]
    told = set(map(int, re.findall(r"^\| (\d+) \|", table.partition("\n## ")[0], re.MULTILINE)))
    source = (UNIT.parent.parent / "bot" / "cli.py").read_text()
    names = re.search(r"^_FOUND, .*?= ([\d, ]+)", source, re.MULTILINE)
    assert names is not None
    ended = re.findall(r"sys\.exit\((\d+)\)", source)
    signals = {128 + one for one in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)}
    assert told == {*map(int, names[1].split(", ")), *map(int, ended), *signals}


def test_systemd_waits_longer_than_the_bot_drains() -> None:
    found = re.search(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(), re.MULTILINE)
    assert found is not None
    assert int(found[1]) > Settings().telegram.drain_seconds + 10


def test_nginx_keeps_what_telegram_posts_out_of_files() -> None:
    places = re.findall(r"location = /updates \{([^}]*)\}", (UNIT.parent / "README.md").read_text())
    assert len(places) == 2
    room = f"{_LONGEST_BODY >> 20}m"
    for place in places:
        assert f"client_max_body_size {room}; client_body_buffer_size {room};" in place


def test_every_dependency_is_bounded() -> None:
    project = tomllib.loads((UNIT.parent.parent / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    others = [want for want in wanted if not want.startswith("rapporteur[")]
    assert [want for want in others if not re.search(r",<\d|==\d", want)] == []
