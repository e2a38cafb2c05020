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
    own = str(tmp_path / "settings of a user")
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [])  # .venv has the file already
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str((tmp_path / lab_settings.PLACE).parents[1]))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", own)
    ours = get_settings(own, str(SCHEMAS), own, schema_name=plugin)[0]["schema"]["properties"]
    file = SCHEMAS / f"{plugin.replace(':', '/')}.json"
    schema = json.loads(file.read_text("utf-8"))
    for name, value in lab_settings.SETTINGS[plugin].items():
        before = schema["properties"][name]
        Draft7Validator(before | {"definitions": schema.get("definitions", {})}).validate(value)
        assert ours[name]["default"] == value != before["default"]


def test_the_file_is_written_once(tmp_path: Path) -> None:
    lab_settings.write(tmp_path)
    file = tmp_path / lab_settings.PLACE
    before = file.stat().st_mtime_ns
    lab_settings.write(tmp_path)
    assert file.stat().st_mtime_ns == before
