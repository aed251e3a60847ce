"""`rapporteur index` publishes, unless a golden question fails that passed."""

from pathlib import Path

from tests.bot.conftest import Run
from tests.knowledge.library.libraries import GOLDEN, WELL, write

WHEN, WAS = "When was the well dug?", "Was the well dug long ago?"


def test_index_publishes_what_loses_no_golden_question(here: Run, tmp_path: Path) -> None:
    folder, own = tmp_path / "docs", tmp_path / "state"
    write(folder, well_txt=WELL, questions_yaml=GOLDEN)
    own.mkdir()
    place = {"RAPPORTEUR_DOCUMENTS__FOLDER": str(folder)}

    def index(*options: str) -> tuple[int, str]:
        done = here("index", *options, state=own, **place)
        return done.returncode, done.stdout + done.stderr

    code, said = index()
    assert (code, "is published." in said) == (0, True)
    write(folder, well_txt="The well was dug long ago.")
    code, said = index()
    assert code == 1
    assert f"fails now: {WHEN}" in said
    assert "not published: golden questions fail that passed" in said
    assert WELL in here("ask", WHEN, state=own, **place).stdout
    code, said = index("--anyway")
    assert (code, "is published." in said) == (0, True)
    assert "The well was dug long ago." in here("ask", WAS, state=own, **place).stdout
    code, said = index()
    assert (code, "serves on." in said) == (0, True)
