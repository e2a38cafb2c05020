"""The environment variables that every child process gets, and pip's settings from its files.

Of what pip and uv are told, only what says where and how to fetch is kept. All else could lead the
packages past .venv or past the lock.
"""

import ast
import os
import re
import subprocess

from bootstrap.home import usable_home

# These would lead Python or Jupyter out of .venv.
HARMFUL = re.compile(r"PYTHON.*|__PYVENV_LAUNCHER__|VIRTUAL_ENV|JUPYTER_PATH|JUPYTERLAB_DIR")
# A network may need these.
FETCHING = re.compile(
    r"PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|PROXY|CERT|CLIENT_CERT|TRUSTED_HOST"
    r"|(DEFAULT_)?TIMEOUT|RETRIES|KEYRING_PROVIDER|(NO_)?CACHE_DIR|DISABLE_PIP_VERSION_CHECK"
    r"|CONFIG_FILE)"
    r"|UV_((DEFAULT_|EXTRA_)?INDEX.*|FIND_LINKS|NO_INDEX|NATIVE_TLS|SYSTEM_CERTS|INSECURE_HOST"
    r"|(HTTP|REQUEST)_.*|RETRIES|KEYRING_PROVIDER|CREDENTIALS_DIR|CACHE_DIR|NO_CACHE|LINK_MODE"
    r"|CONCURRENT_.*|CONFIG_FILE|NO_CONFIG)"
)
# In pip, the requests library prefers these to PIP_CERT (github.com/psf/requests/issues/3829).
OVER_CERT = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
OURS = {
    "JUPYTER_PREFER_ENV_PATH": "1",  # our kernel, though the home folder may hold a namesake
    "PYTHONUNBUFFERED": "1",  # progress appears while it is made
    "PYTHONUTF8": "1",  # Windows would write its own code page into pipes and files
}


def variables() -> dict[str, str]:
    """Return the variables of this process, without harmful ones and with OURS."""
    kept = {name: value for name, value in os.environ.items() if is_kept(name, value)}
    return kept | usable_home() | OURS


def is_kept(name: str, value: str) -> bool:
    """Return True if a variable does no harm to .venv."""
    if name.startswith(("PIP_", "UV_")):
        # Of pip's features, one is about the network: it trusts what the system trusts.
        return bool(FETCHING.fullmatch(name)) or (name, value) == ("PIP_USE_FEATURE", "truststore")
    return not HARMFUL.fullmatch(name)


def settings_of_pip(pip: list[str]) -> dict[str, str]:
    """Return variables that stand in for pip's configuration files, which it then does not read.

    `pip config list` prints a line such as `global.index-url='https://…'` for each setting, in the
    order of the alphabet; `global` counts for all commands, `install` for the one that we use.
    """
    done = subprocess.run(
        [*pip, "config", "list"], env=variables(), capture_output=True, encoding="utf-8"
    )
    found = {}
    for setting, value in re.findall(r"^(?:global|install)\.(\S+?)=(.*)$", done.stdout, re.M):
        name = f"PIP_{setting.upper().replace('-', '_')}"
        text = " ".join(ast.literal_eval(value).split("\n")).strip()
        if is_kept(name, text):
            found[name] = text
    found |= variables() | {"PIP_CONFIG_FILE": os.devnull}
    hidden = OVER_CERT if "PIP_CERT" in found else ()
    return {name: value for name, value in found.items() if name not in hidden}
