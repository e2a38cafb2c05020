"""Bounds for a process that runs a student's code: memory, processor time, the size of a file.

Left out: Windows, which has no such call (the parent's clock and its end of the process hold there,
too); the number of processes, which counts those of the whole account; files and the network.
"""

try:
    import resource
except ImportError:  # Windows
    resource = None

MEGABYTE = 2**20
LARGEST_FILE = 64 * MEGABYTE


def bound_this_process(memory: int, seconds: int) -> None:
    """Let this process and its children have `memory` bytes each and `seconds` of a processor.

    macOS may not keep to the memory.
    """
    if resource is None:
        return
    for name, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_FSIZE", LARGEST_FILE),
        ("RLIMIT_CORE", 0),
    ):
        _, hard = resource.getrlimit(getattr(resource, name))
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(getattr(resource, name), (allowed, allowed))
        except (OSError, ValueError):  # macOS refuses some
            continue
