"""Saves each process that reads notebooks almost two seconds: `rfc3987_syntax` is never imported.

nbformat reaches it through jsonschema, which compiles a grammar on import and does without the
`iri` formats when the module is missing. Notebook files use none of them. Left out: everything
else; this module must load first, so it imports nothing that could import jsonschema.
"""

import sys

# None in sys.modules makes the import raise ImportError, which jsonschema expects and handles.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
