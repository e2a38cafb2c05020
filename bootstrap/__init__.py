"""From a bare Python to a running course: the standard library only, no shell, no activation.

Left out: the programs that are started in the end, JupyterLab, pytest and minisrv.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
