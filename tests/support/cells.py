"""Code cells with committed outputs, made in a line each for the tests of the notebook tests.

Left out: what is right or wrong about a cell (doctored_cells.py).
"""

from dataclasses import dataclass

from nbformat import NotebookNode, v4

OWN = 0  # stands for the cell's own place in the notebook, which counts from 1


@dataclass(frozen=True)
class Cell:
    """What runs, what is committed beneath it, and what the complaint must say, if any is due."""

    source: str
    committed: tuple[NotebookNode, ...] = ()
    complaint: str = "differ"
    tags: tuple[str, ...] = ()
    count: int | None = OWN

    def node(self, place: int, name: str) -> NotebookNode:
        """The cell as it stands at `place` (from 1) of a notebook."""
        outputs = [NotebookNode(output) for output in self.committed]
        for output in outputs:
            if output.get("execution_count") == OWN:
                output.execution_count = place
        count = place if self.count == OWN else self.count
        cell = v4.new_code_cell(self.source, outputs=outputs, execution_count=count, id=name)
        if self.tags:
            cell.metadata["tags"] = list(self.tags)
        return cell


def printed(text: str, name: str = "stdout") -> NotebookNode:
    """A committed stream of text."""
    return v4.new_output("stream", name=name, text=text)


def result(text: str, count: int = OWN) -> NotebookNode:
    """The committed value of a cell's last line."""
    return v4.new_output("execute_result", data={"text/plain": text}, execution_count=count)


def displayed(metadata: dict | None = None, **data: str) -> NotebookNode:
    """A committed display; `text_html="<b>x</b>"` is its HTML form."""
    named = {mime.replace("_", "/", 1): value for mime, value in data.items()}
    return v4.new_output("display_data", data=named, metadata=metadata or {})


def raised(name: str) -> NotebookNode:
    """A committed exception, with a traceback as no Python writes it."""
    return v4.new_output("error", ename=name, evalue="division by zero", traceback=["older"])


def show(metadata: dict | None = None, **data: str) -> str:
    """The line of source that displays what `displayed(**data)` commits."""
    named = {mime.replace("_", "/", 1): value for mime, value in data.items()}
    return f"display({named!r}, raw=True, metadata={metadata or {}})\n"


def pill(label: str, value: str) -> str:
    """A volatile value as the classroom shows it in HTML."""
    return f'<b>{label}</b><span class="real">{value}</span>'
