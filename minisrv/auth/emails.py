"""One spelling for one address, so that capitals or composed accents make no second account.

Left out: the spelling that was typed, which OWASP (Email Validation and Verification) would keep
for mail. Also left out: other addresses of the same mailbox, such as ada+trax@, which only its
provider knows, and if the mailbox exists and belongs to this person. Only mail to it can show that.
"""

from email_validator import EmailNotValidError, validate_email

from minisrv.errors import InvalidEmail

# .test is reserved for tests (RFC 6761 §6.2): nobody has a mailbox there. create_app sets this to
# False in production. One switch for the process, so that the rungs of the ladder need no argument.
accept_test_domain = True


def normalise(text: str) -> str:
    """Return the one spelling of `text` that is stored and looked up, or raise InvalidEmail.

    Unicode is composed (NFC), and the whole address is lower-cased: Zoé@TRAX.test -> zoé@trax.test.
    In lower case a Σ at the end of a word is ς, another is σ: both become σ, but not in the domain.
    A mail server may treat Ada@ and ada@ as two mailboxes, which the standard discourages (RFC 5321
    §2.4). Two accounts for one mailbox are the worse mistake. OWASP would rather fold nothing that
    belongs to somebody else's mail server.
    """
    if len(text) > 254:  # RFC 5321 §4.5.3.1.3; checked first: parsing takes longer for longer text
        raise InvalidEmail
    try:
        checked = validate_email(
            text, check_deliverability=False, test_environment=accept_test_domain
        )
    except EmailNotValidError:
        raise InvalidEmail from None
    if len(checked.local_part.encode()) > 64:  # RFC 5321 §4.5.3.1.1
        raise InvalidEmail
    return f"{checked.local_part.lower().replace('ς', 'σ')}@{checked.domain}"


def normalised_or_none(text: str) -> str | None:
    """Return `normalise(text)`, or None if `text` is not an address."""
    try:
        return normalise(text)
    except InvalidEmail:
        return None
