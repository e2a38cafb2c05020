"""All mutants, by name: import `MUTANTS` from here."""

from tests.mutants import auth, libraries, server, serverless  # noqa: F401  each registers its own
from tests.mutants.mutant import MUTANTS as MUTANTS
