"""What JupyterLab makes of the course's defaults: it has settings of these names and values."""

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from jupyterlab_server.settings_utils import get_settings

from bootstrap import lab_settings

SCHEMAS = Path(str(distribution("jupyterlab").locate_file("../../../share/jupyter/lab/schemas")))


@pytest.mark.parametrize("plugin", lab_settings.SETTINGS)
def test_jupyterlab_takes_a_default_from_the_file(
    plugin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab_settings.write(tmp_path)
    folder = (tmp_path / lab_settings.PLACE).parents[1]
    own = str(tmp_path / "settings of a user")
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [])  # .venv has the file already

    def schema_with(config: Path) -> dict[str, object]:
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(config))
        monkeypatch.setenv("JUPYTER_CONFIG_DIR", own)
        found, _ = get_settings(own, str(SCHEMAS), own, schema_name=plugin)
        return found["schema"]

    ours, before = schema_with(folder), json.loads((SCHEMAS / _file(plugin)).read_text("utf-8"))
    for name, value in lab_settings.SETTINGS[plugin].items():
        rules = before["properties"][name] | {"definitions": before.get("definitions", {})}
        Draft7Validator(rules).validate(value)  # the schema of JupyterLab allows it
        assert ours["properties"][name]["default"] == value != before["properties"][name]["default"]


def _file(plugin: str) -> str:
    package, _, name = plugin.partition(":")
    return f"{package}/{name}.json"


def test_the_file_is_written_once(tmp_path: Path) -> None:
    lab_settings.write(tmp_path)
    file = tmp_path / lab_settings.PLACE
    before = file.stat().st_mtime_ns
    lab_settings.write(tmp_path)
    assert file.stat().st_mtime_ns == before
