"""README, config.yaml and docstrings say what the code does."""

import doctest
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from pydantic import BaseModel

import bot
import embeddings
import knowledge
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("[db]*/README.md")]


def leaves(model: BaseModel, prefix: str = "") -> dict[str, object]:
    """Return every setting under its dotted key."""
    found: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            found |= leaves(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found


def test_the_page_of_settings_lists_each_with_its_default() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \| (?:`(.*?)`)? ?\|", SETTINGS, re.MULTILINE)
    listed = {key: yaml.safe_load(default) if default else None for key, default in rows}
    assert listed == leaves(Settings())


def test_config_yaml_holds_the_defaults_and_a_reason_for_each() -> None:
    source = (ROOT / "config.yaml").read_text("utf-8")
    assert Settings.model_validate(yaml.safe_load(source)) == Settings()
    assert set(leaves(Settings.model_validate(yaml.safe_load(source)))) == set(leaves(Settings()))
    before = ""
    for line in source.splitlines():
        is_section = line.rstrip(":") in Settings.model_fields and " " not in line
        inner = line.startswith("    ")  # weights, which share one reason
        if re.match(r" *\w+:", line) and not is_section and not inner:
            assert before.lstrip().startswith("#"), f"{line} has no reason above it"
        before = line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|tg:)([^)#]+)[^)]*\)", page.read_text("utf-8"))
    for link in links:
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("package", [bot, embeddings, knowledge], ids=lambda one: one.__name__)
def test_the_examples_in_docstrings_hold(package: ModuleType) -> None:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    for name in (module.name for module in found if not module.name.endswith("__main__")):
        assert doctest.testmod(import_module(name)).failed == 0, name
