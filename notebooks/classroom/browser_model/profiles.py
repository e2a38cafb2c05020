"""The differences between the browsers: a set of switches for each recorded configuration.

Left out: `firefox-laxbydefault-schemeful`, a mix of two preferences that no browser ships.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Profile:
    """The rules of one browser with one setting for third-party cookies."""

    name: str
    engine: str
    # "allowed", "blocked", or "partitioned": a separate jar for each embedding site
    third_party: str
    # A cookie without SameSite counts as Lax (Chromium) or as None (Firefox).
    lax_by_default: bool
    # Is http://shop.localhost another site than https://shop.localhost?
    schemeful: bool
    # Does a redirect through another site make the whole request cross-site?
    redirects_count: bool
    # After location.reload(), is the page itself the initiator?
    script_reload_is_own: bool
    # Does an overwritten cookie keep its age and its place even if the value changed?
    update_keeps_age: bool
    # Does __Host- need Path=/ written out, or is a default path of / enough?
    host_prefix_wants_path: bool
    # Is __Host- with Domain=localhost stored on localhost? (On an IP address both store it.)
    host_prefix_takes_localhost: bool
    # Is Max-Age=+3600 a number?
    plus_is_a_number: bool
    # Does a full jar evict Secure cookies only where there are no others?
    full_jar_spares_secure: bool
    # Does Clear-Site-Data: "cookies" remove those of the whole site, or of the host alone?
    clears_site: bool


CHROMIUM = Profile(
    name="chromium-3pc-allowed",
    engine="Chromium",
    third_party="allowed",
    lax_by_default=True,
    schemeful=True,
    redirects_count=False,
    script_reload_is_own=True,
    update_keeps_age=False,
    host_prefix_wants_path=True,
    host_prefix_takes_localhost=False,
    plus_is_a_number=True,
    full_jar_spares_secure=False,
    clears_site=True,
)
FIREFOX = Profile(
    name="firefox-default",
    engine="Firefox",
    third_party="partitioned",
    lax_by_default=False,
    schemeful=False,
    redirects_count=True,
    script_reload_is_own=False,
    update_keeps_age=True,
    host_prefix_wants_path=False,
    host_prefix_takes_localhost=True,
    plus_is_a_number=False,
    full_jar_spares_secure=True,
    clears_site=False,
)
PROFILES = {
    profile.name: profile
    for profile in (
        CHROMIUM,
        replace(CHROMIUM, name="chromium-debian-default", third_party="blocked"),
        replace(CHROMIUM, name="chromium-3pc-allowed-incognito", third_party="blocked"),
        FIREFOX,
        replace(FIREFOX, name="firefox-private"),
        replace(FIREFOX, name="firefox-strict-etp"),
        replace(FIREFOX, name="firefox-tcp-off", third_party="allowed"),
    )
}
# The short names stand for what Chrome documents as its default and what Firefox ships.
SHORT = {"chromium": CHROMIUM.name, "firefox": FIREFOX.name}
SETTINGS = ("allowed", "blocked", "partitioned")


def find(name: str, third_party: str | None = None) -> Profile:
    """Return a profile by its name, with another third-party setting if one is given.

    Raises ValueError, which lists what there is, for an unknown name or setting.
    """
    profile = PROFILES.get(SHORT.get(name, name))
    if profile is None:
        raise ValueError(f"unknown browser {name!r}; there are {[*SHORT, *PROFILES]}")
    if third_party is None:
        return profile
    if third_party not in SETTINGS:
        raise ValueError(f"unknown setting {third_party!r}; there are {list(SETTINGS)}")
    return replace(profile, third_party=third_party)
