"""A notebook's kernel as a fork of this process, which has imported what a notebook imports.

So it starts in no time, with the mutant that was applied here. It is for runs of mutants only: the
notebooks themselves are tested in a fresh process.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from subprocess import TimeoutExpired

from jupyter_client.provisioning import local_provisioner

PAUSE = 0.02  # seconds between two looks at a child


class Fork:
    """A child of this process that calls `run`, with what Jupyter needs of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, run: Callable[[], None]) -> None:
        """Begin. The child ends after `run`."""
        assert threading.active_count() == 1, "a fork copies the calling thread alone"
        self.returncode: int | None = None
        self.pid = os.fork()
        os.setpgid(self.pid, self.pid)  # in both: signals for a group follow soon
        if self.pid:
            return
        try:
            run()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    def poll(self) -> int | None:
        """Return the exit status, or None while the child runs."""
        if self.returncode is None and (ended := os.waitpid(self.pid, os.WNOHANG))[0]:
            self.returncode = os.waitstatus_to_exitcode(ended[1])
        return self.returncode

    def wait(self, timeout: float = 60) -> int:
        """Wait for the end and return the exit status; TimeoutExpired after `timeout` seconds."""
        end = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > end:
                raise TimeoutExpired("a fork", timeout)
            time.sleep(PAUSE)
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the child has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def fork_kernels() -> None:
    """From now on, let jupyter_client start each kernel of this process as a fork."""
    local_provisioner.launch_kernel = launch_kernel


def launch_kernel(command: list[str], cwd: str, env: Mapping[str, str], **_: object) -> Fork:
    """Start the kernel that `command` starts, in the folder `cwd` with the variables `env`."""
    return Fork(lambda: run_kernel(command[command.index("-f") :], cwd, env))


def run_kernel(arguments: list[str], cwd: str, env: Mapping[str, str]) -> None:
    """Run a kernel in this process, of which nothing of pytest is to be left."""
    from ipykernel.kernelapp import IPKernelApp

    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    signal.alarm(0)
    logging.root.handlers.clear()
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    asyncio.set_event_loop(asyncio.new_event_loop())
    IPKernelApp.launch_instance(argv=arguments)
