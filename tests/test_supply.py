"""What a deployment installs: all of it locked, and under licences that somebody has checked."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "deploy" / "requirements.txt").read_text()
LOCKED = {
    name: (version, hashes.count("--hash=sha256:"))
    for name, version, hashes in re.findall(
        r"^([a-z0-9-]+)==(\S+) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
        LOCK,
        re.MULTILINE,
    )
}
LICENCES = yaml.safe_load((ROOT / "deploy" / "licences.yaml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def closure(*extras: str) -> set[str]:
    """Return the names of all packages that this project needs here, with those `extras`."""
    found: set[str] = set()
    waiting = [Requirement(f"rapporteur[{','.join(extras)}]")]
    while waiting:
        wanted = waiting.pop()
        key = f"{canonicalize_name(wanted.name)}{sorted(wanted.extras)}"
        if key in found:
            continue
        found.add(key)
        for needed in map(Requirement, metadata.requires(wanted.name) or []):
            chosen = [{"extra": extra} for extra in (*wanted.extras, "")]
            if needed.marker is None or any(map(needed.marker.evaluate, chosen)):
                waiting.append(needed)
    return {key.partition("[")[0] for key in found} - {"rapporteur"}


def licence(name: str) -> str:
    """Return the licence of a package, as an SPDX expression if it or the list gives one."""
    said = LICENCES["packages"].get(name)
    if said is None:
        told = metadata.metadata(name)
        said = told["License-Expression"] or told["License"]
        if not said or "\n" in said:  # some hold the whole text
            classifiers = told.get_all("Classifier", [])
            kinds = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License")]
            said = " AND ".join(kinds)
    return str(LICENCES["spelled"].get(said, said))


def is_allowed(expression: str) -> bool:
    """Return whether one of the alternatives of `expression` is allowed in all of its parts."""
    alternatives = (one.split(" AND ") for one in expression.split(" OR "))
    return any(all(part in LICENCES["allowed"] for part in parts) for parts in alternatives)


def test_every_package_has_a_licence_that_is_allowed() -> None:
    names = closure("dev") | LOCKED.keys()
    assert {name: said for name in sorted(names) if not is_allowed(said := licence(name))} == {}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("MIT", True), ("GPL-3.0-only", False), ("MIT AND GPL-3.0-only", False), ("", False)],
)
def test_a_licence_that_nobody_has_looked_at_is_found(expression: str, expected: bool) -> None:
    assert is_allowed(expression) is expected


def test_the_lock_is_of_what_the_project_wants() -> None:
    wanted = [
        *map(Requirement, PROJECT["project"]["dependencies"]),
        *map(Requirement, PROJECT["project"]["optional-dependencies"]["redis"]),
        *map(Requirement, PROJECT["build-system"]["requires"]),
    ]
    other = [
        str(one)
        for one in wanted
        if not one.specifier.contains(LOCKED.get(canonicalize_name(one.name), ("0", 0))[0])
    ]
    assert other == [], "make lock"


def test_the_lock_is_whole_and_every_file_of_it_has_a_hash() -> None:
    assert closure("redis") - LOCKED.keys() == set(), "make lock"
    assert len(LOCKED) == len(re.findall(r"^\S+==", LOCK, re.MULTILINE))
    assert min(count for _, count in LOCKED.values()) > 0
