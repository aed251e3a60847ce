"""Imports go one way: bot, knowledge, embeddings, and within knowledge down the stages. Models are
passed to knowledge, which loads none.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "embeddings": {"knowledge", "bot", "telegram", "typer", "rich"},
    "knowledge": {"bot", "telegram", "typer", "rich"},
}
STAGES = (
    "problems",
    "errors",
    "languages",
    "words",
    "reading",
    "people",
    "quotes",
    "question",
    "search",
    "answering",
    "knowledge_base",
    "library",
    "evaluation",
)
"""The stages of knowledge, each of which imports from itself and from those before it."""


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that `file` imports, by their full names."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_imports_nothing_above_it(package: str) -> None:
    files = list((ROOT / package).rglob("*.py"))
    assert files
    for file in files:
        for name in imported(file):
            assert name.split(".")[0] not in FORBIDDEN[package], f"{file} imports {name}"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_later_one(stage: str) -> None:
    place = ROOT / "knowledge" / stage
    files = list(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    assert files
    for file in files:
        for name in imported(file):
            first, _, rest = name.partition(".")
            own = rest.split(".")[0]
            if first == "knowledge" and own in STAGES:
                assert STAGES.index(own) <= STAGES.index(stage), f"{file} imports {name}"


def test_every_module_of_knowledge_has_a_stage() -> None:
    modules = (file.relative_to(ROOT / "knowledge") for file in (ROOT / "knowledge").rglob("*.py"))
    assert {file.parts[0].removesuffix(".py") for file in modules} == {*STAGES, "__init__"}


def test_knowledge_is_given_its_models_and_loads_none() -> None:
    loading = {"Encoder", "MultilingualEncoder", "PersonTagger", "Reader", "Reranker"}
    loading |= {"multilingual_encoder", "person_tagger", "reader", "with_bundled"}
    defined = {
        f"{file.stem}.{node.name}"
        for file in (ROOT / "embeddings").glob("*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in loading
    }
    assert {name.partition(".")[2] for name in defined} == loading
    for file in (ROOT / "knowledge").rglob("*.py"):
        for name in imported(file):
            assert name.removeprefix("embeddings.") not in defined, f"{file} imports {name}"
