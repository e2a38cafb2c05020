"""A small cloud on this machine: a gateway, AWS's Runtime API, and instances of a function.

    with Cloud(zip_of({"app.py": SOURCE})) as cloud:
        requests.post(cloud.url + "/api/signup", json=ada)

Left out: containers, machines, accounts; an instance is a process, and sees this machine's files.
"""

from classroom.serverless.cloud import Cloud
from classroom.serverless.function_zip import contents, zip_of
from classroom.serverless.outcome import Outcome

__all__ = ["Cloud", "Outcome", "contents", "zip_of"]
