"""The differences between the browsers: a set of switches for each recorded configuration.

Left out: `firefox-laxbydefault-schemeful`, a mix of two preferences that no browser ships.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from classroom.browser_model.dates import chromium_date
from classroom.browser_model.firefox_dates import firefox_date


@dataclass(frozen=True)
class Profile:
    """The rules of one browser with one setting for third-party cookies."""

    name: str
    engine: str
    # "allowed", "blocked", or "partitioned": a separate jar for each embedding site
    third_party: str

    # Reading a line
    # Is `token` a name without a value, so that no cookie is nameless? Else it is a nameless value.
    bare_text_is_a_name: bool
    # Is a tab inside of a name, a value or an attribute allowed? Else it is a control character.
    tabs_are_text: bool
    # Attributes that count even if their value is longer than 1024 bytes
    may_be_long: tuple[str, ...]
    # Is Max-Age=+3600 a number?
    plus_is_a_number: bool
    # Has every Max-Age that begins with a minus expired, even if it is no number?
    minus_is_the_past: bool
    # Returns the epoch seconds of an Expires date, or None.
    read_date: Callable[[str], float | None]

    # Storing a cookie
    # Does __Host- need Path=/ written out, or is a default path of / enough?
    host_prefix_wants_path: bool
    # Is __Host- stored with a Domain that widens nothing, such as localhost on localhost?
    host_prefix_takes_own_domain: bool
    # Is a path stored that holds a tab, or a default path of more than 1024 bytes?
    odd_paths: bool
    # Does a host-only Secure cookie protect its name on hosts above and below it, too?
    secure_guards_relatives: bool
    # Does an overwritten cookie keep its age and its place even if the value changed?
    update_keeps_age: bool

    # Removing cookies
    # Does a full jar evict Secure cookies only where there are no others?
    full_jar_spares_secure: bool
    # Does Clear-Site-Data: "cookies" remove those of the whole site, or of the host alone?
    clears_site: bool

    # Sending a cookie
    # A cookie without SameSite counts as Lax (Chromium) or as None (Firefox).
    lax_by_default: bool
    # Is http://shop.localhost another site than https://shop.localhost?
    schemeful: bool
    # Does a redirect through another site make the whole request cross-site?
    redirects_count: bool
    # After location.reload(), is the page itself the initiator?
    script_reload_is_own: bool


CHROMIUM = Profile(
    name="chromium-3pc-allowed",
    engine="Chromium",
    third_party="allowed",
    bare_text_is_a_name=False,
    tabs_are_text=False,
    may_be_long=(),
    plus_is_a_number=True,
    minus_is_the_past=False,
    read_date=chromium_date,
    host_prefix_wants_path=True,
    host_prefix_takes_own_domain=False,
    odd_paths=True,
    secure_guards_relatives=True,
    update_keeps_age=False,
    full_jar_spares_secure=False,
    clears_site=True,
    lax_by_default=True,
    schemeful=True,
    redirects_count=False,
    script_reload_is_own=True,
)
FIREFOX = Profile(
    name="firefox-default",
    engine="Firefox",
    third_party="partitioned",
    bare_text_is_a_name=True,
    tabs_are_text=True,
    may_be_long=("secure", "httponly", "samesite", "partitioned"),
    plus_is_a_number=False,
    minus_is_the_past=True,
    read_date=firefox_date,
    host_prefix_wants_path=False,
    host_prefix_takes_own_domain=True,
    odd_paths=False,
    secure_guards_relatives=False,
    update_keeps_age=True,
    full_jar_spares_secure=True,
    clears_site=False,
    lax_by_default=False,
    schemeful=False,
    redirects_count=True,
    script_reload_is_own=False,
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
