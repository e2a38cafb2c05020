"""One spelling for one mailbox, so that one person has one account.

Left out: whether the mailbox exists and is this person's; only a message sent there can tell.
"""

from email_validator import EmailNotValidError, validate_email

from minisrv.errors import InvalidEmail


def normalise(text: str) -> str:
    """Return `text` as the one spelling that is stored and looked up, or raise InvalidEmail.

    Unicode is composed (NFC), the domain and the part before the @ are lower-cased. The standard
    lets a mail server tell Ada@ from ada@ (RFC 5321 §2.4); none that people use does, and two
    accounts for one mailbox are the worse mistake.
    """
    if len(text) > 254:  # RFC 5321 §4.5.3.1.3; before the parser, whose work grows with the text
        raise InvalidEmail
    try:
        # test_environment: addresses end in .test here, a name that is reserved for tests.
        checked = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidEmail from None
    if len(checked.local_part.encode()) > 64:  # RFC 5321 §4.5.3.1.1
        raise InvalidEmail
    return checked.normalized.lower()


def normalised_or_none(text: str) -> str | None:
    """Return `normalise(text)`, or None if `text` is not an address."""
    try:
        return normalise(text)
    except InvalidEmail:
        return None
