"""What tests do to the small cloud of a lesson."""

from dataclasses import replace

from classroom.serverless import Cloud


def hurry(cloud: Cloud) -> None:
    """From now on give an event half a second, so what must answer before has all its time."""
    cloud._dispatcher.rules = replace(cloud._dispatcher.rules, timeout=0.5)
