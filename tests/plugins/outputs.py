"""The outputs of a code cell in one plain form, whether JupyterLab or a kernel wrote them.

Left out: any tolerance. Volatile values are a matter of labels and of nbval_sanitize.cfg.
"""

from collections.abc import Callable, Iterable, Mapping

Output = dict[str, object]
# Tracebacks differ from one Python version to the next; counts are compared with the position.
NOT_COMPARED = {"traceback", "execution_count", "transient"}


def joined(outputs: Iterable[Mapping[str, object]]) -> list[Output]:
    """Copies of the outputs in their order, neighbouring pieces of one stream as one piece."""
    pieces: list[Output] = []
    for output in map(dict, outputs):
        last = pieces[-1] if pieces else {}
        stream = output["output_type"] == "stream"
        if stream and last.get("output_type") == "stream" and last["name"] == output["name"]:
            last["text"] = f"{last['text']}{output['text']}"
        else:
            pieces.append(output)
    return pieces


def comparable(output: Mapping[str, object], sanitize: Callable[[object], object]) -> Output:
    """The output without what may differ; `sanitize` is applied to each of its texts."""
    kept = {key: sanitize(value) for key, value in output.items() if key not in NOT_COMPARED}
    if "data" in output:
        kept["data"] = {mime: sanitize(value) for mime, value in output["data"].items()}
    return kept


def difference(expected: list[Output], got: list[Output]) -> str | None:
    """A sentence on the first output that differs, or None when all are equal."""
    for number, (before, now) in enumerate(zip(expected, got, strict=False), start=1):
        if before != now:
            return f"output {number} differs\n  committed: {before}\n  now:       {now}"
    if len(expected) != len(got):
        return f"{len(expected)} outputs are committed, {len(got)} came"
    return None
