"""The environment variables that every child process gets.

Left out: configuration files. Only pip's `user = true` is known to do harm; PIP_USER overrules it.
"""

import os
import re

# These would lead Python, pip, uv or Jupyter out of .venv, or past the lock. Settings of the index,
# the proxy, certificates and the cache are kept: a network may need them.
HARMFUL = re.compile(
    r"PYTHON.*|__PYVENV_LAUNCHER__|VIRTUAL_ENV|JUPYTER_PATH|JUPYTERLAB_DIR"
    r"|(PIP|UV)_(TARGET|PREFIX|ROOT|PYTHON.*|SYSTEM_PYTHON|PLATFORM|ABI|IMPLEMENTATION|DRY_RUN"
    r"|(BUILD_)?CONSTRAINT|OVERRIDE|REQUIREMENT|EDITABLE|NO_BINARY|ONLY_BINARY|NO_DEPS|QUIET"
    r"|EXCLUDE_NEWER)"
)
OURS = {
    "JUPYTER_PREFER_ENV_PATH": "1",  # our kernel, though the home folder may hold a namesake
    "PIP_REQUIRE_VIRTUALENV": "0",
    "PIP_USER": "0",  # overrules the configuration file, too
    "PYTHONUNBUFFERED": "1",  # progress appears while it is made
    "PYTHONUTF8": "1",  # Windows would write its own code page into pipes and files
}


def variables() -> dict[str, str]:
    """Return the variables of this process, without HARMFUL ones and with OURS."""
    return {k: v for k, v in os.environ.items() if not HARMFUL.fullmatch(k)} | OURS
