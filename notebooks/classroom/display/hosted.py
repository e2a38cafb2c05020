"""The services that run notebooks for a browser on another computer, by a variable that each sets.

The doctor reads this in an older Python, and without any package (doctor/front_end.py).
"""

from __future__ import annotations

import os

HUB = "a JupyterHub"
# The first whose variable is set counts: Binder is a hub, and sets both.
HOSTS = {
    "COLAB_RELEASE_TAG": "Colab",
    "BINDER_SERVICE_HOST": "Binder",
    "JUPYTERHUB_API_URL": HUB,
    "CODESPACES": "Codespaces",
}


def hosted_on() -> str:
    """Return the name of the service that runs this notebook, or "" if none of HOSTS does."""
    return next((name for variable, name in HOSTS.items() if variable in os.environ), "")
