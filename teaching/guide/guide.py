"""Put the guide together: contents, hand-written parts, plans, and a sheet for each core lesson."""

from pathlib import Path

from teaching import ROOT
from teaching.editions.sources import core
from teaching.guide.contents import with_contents
from teaching.guide.plans import Plan, plans
from teaching.guide.sheet import sheet

PATH = ROOT / "INSTRUCTORS.md"
FOLDER = Path(__file__).parent
MADE = (
    "<!-- Made by `python -m teaching.guide`: edit teaching/guide/ and the lessons, not this. -->"
)

REPORT = "What was handed in: `python3 course.py report submissions {}`"


def guide() -> str:
    """Return INSTRUCTORS.md. Raises ValueError or LookupError if a note fits no lesson."""
    parts = [MADE, _written("before"), *map(_plan, plans()), _written("term"), "## The lessons"]
    parts += [_written("sheets"), *map(sheet, core()), _written("after")]
    return with_contents("\n\n".join(parts)) + "\n"


def _written(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()


def _plan(plan: Plan) -> str:
    rows = [f"| {step.minutes} | {step.what} | {step.how} |" for step in plan.steps]
    spare = plan.minutes - plan.planned
    rows.append(f"| {spare} | to spare | for what goes wrong, and for questions |")
    head = f"### {plan.name}\n\n{plan.about}\n\n| minutes | what | how |\n|--:|---|---|\n"
    text = "\n\n".join([head + "\n".join(rows), f"**Late?** {plan.late}"])
    asked = " ".join(f"--exercise {id}" for id in plan.exercises)
    return f"{text}\n\n{REPORT.format(asked)}" if asked else text
