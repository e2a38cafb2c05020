"""From a bare Python to a running course: the standard library only, no shell, no activation.

Leaves out what is started in the end: JupyterLab, pytest and minisrv.
"""
