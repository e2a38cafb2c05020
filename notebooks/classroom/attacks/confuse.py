"""Algorithm confusion: sign with a public key as if it were a secret (RFC 8725 §2.1).

A server that accepts RS256 *and* HS256 checks both with the one key it has, the public key. Anyone
can get that key, and so anyone can compute an HMAC with it. PyJWT recognises the usual text forms
of public keys and raises InvalidKeyError. Left out: forms that it does not recognise.
"""

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def public_key() -> bytes:
    """Return a new RSA public key as PEM text, as a service publishes it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
