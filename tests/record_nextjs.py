"""Measure what the tutorial's route does in Next.js itself: `python -m tests.record_nextjs`.

It needs Node with npm, installs Next.js into a temporary folder, and writes
data/nextjs-recorded.json. Lesson 01 shows those figures beside the port to Python, which has
Python's errors. Left out: a test that runs this; the lesson is the same without Node.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

for place in (".", "notebooks"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / place))

import requests  # noqa: E402

from classroom.attacks.odd_bodies import odd_bodies  # noqa: E402
from classroom.attacks.text_plain_form import text_plain_form  # noqa: E402
from classroom.lessons.next_js import FILE  # noqa: E402
from classroom.server.network import HOST, listen  # noqa: E402
from minisrv.routes.signup.verbs import EVERY_VERB  # noqa: E402

HANDLER = Path(__file__).with_name("support") / "nextjs_signup.js"
PACKAGES = ("next", "react", "react-dom", "bcrypt", "cookie", "jsonwebtoken")
PASSWORD = "midnight train to georgia"
SECONDS = 60  # the longest wait for the server's start, and for its end


def main() -> None:
    """Install, build, start, send, write."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        versions = built(place)
        with listen(0) as free:
            port = str(free.getsockname()[1])
        server = subprocess.Popen([*_next(place), "start", "-H", HOST, "-p", port], cwd=place)
        try:
            measured = measure(f"http://{HOST}:{port}/api/signup")
        finally:
            server.terminate()
            server.wait(SECONDS)
    about = {"recorded": datetime.now(UTC).date().isoformat(), "versions": versions}
    FILE.write_text(json.dumps(about | measured, indent=1) + "\n", encoding="utf-8")


def built(place: Path) -> dict[str, str]:
    """Make the application in the folder `place`; return the version of each of its parts."""
    api = place / "pages" / "api"
    api.mkdir(parents=True)
    shutil.copy(HANDLER, api / "signup.js")
    (place / "package.json").write_text('{"private": true}', encoding="utf-8")
    install = [shutil.which("npm") or "npm", "install", "--no-audit", "--no-fund", *PACKAGES]
    for command in (install, [*_next(place), "build"]):
        subprocess.run(command, cwd=place, check=True)
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    versions = {"node": told.stdout.strip().lstrip("v")}
    for name in PACKAGES:
        package = place / "node_modules" / name / "package.json"
        versions[name] = json.loads(package.read_text(encoding="utf-8"))["version"]
    return versions


def measure(url: str) -> dict[str, dict[str, str]]:
    """Send the odd bodies, a good body with each verb, and two forms; return what was answered.

    Each has an address of its own, as if the database were empty each time.
    """
    _wait_for(url)
    numbers = iter(range(1000))

    def ada() -> dict[str, str]:
        return {"email": f"ada{next(numbers)}@trax.test", "password": PASSWORD}

    as_json = {"Content-Type": "application/json"}
    bodies = {
        name: _answer("POST", url, data=odd_bodies(ada())[name], headers=as_json)
        for name in odd_bodies(ada())
    }
    verbs = {verb: _answer(verb, url, json=ada()) for verb in (*EVERY_VERB, "BREW")}
    disguised, headers = text_plain_form(ada())
    forms = {
        "text/plain": _answer("POST", url, data=disguised, headers=headers),
        "application/x-www-form-urlencoded": _answer("POST", url, data=ada()),
    }
    return {"bodies": bodies, "verbs": verbs, "forms": forms}


def _answer(method: str, url: str, **options: object) -> str:
    """Return the status, and who gave it where it was not the route."""
    answer = requests.request(method, url, timeout=SECONDS, **options)
    if "X-Route" in answer.headers:
        return str(answer.status_code)
    by = "Next.js" if answer.content else "Node"  # Node's own parser sends no body
    return f"{answer.status_code} by {by}"


def _next(place: Path) -> list[str]:
    return ["node", str(place / "node_modules" / "next" / "dist" / "bin" / "next")]


def _wait_for(url: str) -> None:
    latest = time.monotonic() + SECONDS
    while time.monotonic() < latest:
        with suppress(requests.ConnectionError):
            requests.get(url, timeout=SECONDS)
            return
        time.sleep(0.2)
    raise TimeoutError("Next.js has not started.")


if __name__ == "__main__":
    main()
