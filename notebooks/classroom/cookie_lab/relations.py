"""How a page that asks stands to our server: the same origin, a sibling, another site.

Each relation is a name, with the place where the page is and the one where our server is then. Left
out: what the page asks for (walk.py).
"""

SAME, PORT, SIBLING, CROSS = "same origin", "other port", "sibling", "cross-site"
PLAIN = "plain http"  # to what the browser takes for an ordinary host
# The same host by http and https: a page over TLS asks our server, or is asked by a plain one.
SCHEME, TO_TLS = "other scheme", "other scheme, to https"
OVER_TLS = 2  # the third port, which is opened only when it is wanted
# Where the page is that asks: its host, and at which of the ports.
HOSTS = {
    SAME: ("trax.localhost", 0),
    PORT: ("trax.localhost", 1),
    SIBLING: ("blog.trax.localhost", 1),
    CROSS: ("evil.localhost", 1),
    PLAIN: ("[::ffff:127.0.0.1]", 0),
    SCHEME: ("trax.localhost", OVER_TLS),
    TO_TLS: ("trax.localhost", 0),
}
PLAIN_NAMES = ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]")  # as it is written, and as browsers say it
RELATIONS = (SAME, PORT, SIBLING, CROSS, PLAIN)  # for which no browser has to trust a certificate
_OURS = {PLAIN: PLAIN, TO_TLS: SCHEME}


def ours(relation: str) -> str:
    """Return the relation at whose place our server is, seen from a page in this one."""
    return _OURS.get(relation, SAME)


def origin(relation: str, ports: tuple[int, ...]) -> str:
    """Return the origin of the page that asks, when these are the ports."""
    host, port = HOSTS[relation]
    return f"{'https' if port == OVER_TLS else 'http'}://{host}:{ports[port]}"
