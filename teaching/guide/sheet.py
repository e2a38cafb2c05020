"""The sheet of one lesson: its sections, its questions, and how its exercises usually go wrong."""

from classroom import exercises
from teaching.editions.sources import Lesson
from teaching.guide.notes import Notes, notes_on
from teaching.guide.sections import Section, aims, predictions, questions, sections, total
from teaching.guide.wrong_answers import essential_lines, wrong_lines

STUCK = 'Stuck after 5 minutes: `hint("{0}", 2)`; to show: `solution("{0}")`.'


def sheet(lesson: Lesson) -> str:
    """Return the sheet in Markdown."""
    notes, parts = notes_on(lesson), sections(lesson)
    rest = total(lesson) - sum(part.minutes for part in parts)
    more = f", of which {rest} for recap and questions" if rest else ""
    lines = [
        f"### {lesson.number} · {lesson.title}",
        f"[Notebook](notebooks/{lesson.file}), {total(lesson)} minutes alone{more}. "
        "Afterwards students can:",
        "\n".join(f"- {aim}" for aim in aims(lesson)),
        f"**Best moment.** {notes.wow}",
    ]
    asked = predictions(lesson)
    lines += [_section(part, notes, asked) for part in parts]
    lines += [f"**To discuss.** {notes.discuss}", f"**To skip.** {notes.skip}"]
    lines += [_exercise(id) for part in parts for id in part.exercises]
    lines += [_folded("Questions and answers", [_answered(*one) for one in questions(lesson)])]
    return "\n\n".join(lines)


def _section(part: Section, notes: Notes, asked: dict[str, tuple[str, str]]) -> str:
    lines = [f"**{part.heading}** ({part.minutes} min). {notes.say[part.heading]}"]
    for id in part.predictions:
        question, answer = asked[id]
        lines += [f"- *Predict:* {question}", f"  - *Usually wrong:* {notes.wrong[id]}"]
        lines += [f"  - *The lesson then says:* {answer}"] if answer else []
    return "\n".join([lines[0], "", *lines[1:]]).strip()


def _exercise(id: str) -> str:
    exercise = exercises.load(id)
    lines = [
        "A right answer has, where the gaps are:",
        f"```python\n{essential_lines(exercise)}\n```",
        STUCK.format(id),
        "Wrong answers that the check knows, and the verdict:",
        "\n".join(wrong_lines(exercise)),
    ]
    return _details(f"Exercise {id}, “{exercise.title}”", "\n\n".join(lines))


def _answered(question: str, answer: str) -> str:
    return f"{question} *{answer}*" if "*" not in answer else f"{question} {answer}"


def _folded(title: str, lines: list[str]) -> str:
    text = "\n".join(line if line.startswith("-") else f"- {line}" for line in lines)
    return _details(title, text)


def _details(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"
