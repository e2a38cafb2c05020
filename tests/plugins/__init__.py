"""Pytest plugins of this project, switched on in pyproject.toml."""
