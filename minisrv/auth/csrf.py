"""Reject what a page of another origin makes the visitor's browser send (CSRF).

The browser says where a request was started, in headers that no page can forge. Left out: a token
in each form or request, which NIST asks for (SP 800-63B-4 §5.1), and which needs no header.
"""

from starlette.requests import Request

from minisrv.errors import CrossSiteRequest


def same_origin_only(request: Request) -> None:
    """Raise CrossSiteRequest unless our own page, or no page at all, started `request`.

    Fetch Metadata decides. Browsers leave it out over plain http to any other machine, and there
    Origin decides (OWASP, CSRF Prevention). A request with neither gets in: current browsers send
    Origin with every POST, so most likely a program sent it. This is a choice. OWASP recommends to
    block such a request, since a proxy may have removed the headers.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        # "same-site" is refused too: a sibling subdomain or another port is not us.
        if site not in ("same-origin", "none"):
            raise CrossSiteRequest
        return
    origin = request.headers.get("origin")
    ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if origin is not None and origin.lower() != ours.lower():  # the whole text is compared
        raise CrossSiteRequest
