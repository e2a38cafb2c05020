"""The names that IANA has registered for JOSE headers and JWT claims, each with its specification.

The names: https://www.iana.org/assignments/jose and https://www.iana.org/assignments/jwt, as of
2026. The sentences are this project's. Of the claims that few tokens have there are only the names.
"""

REGISTRY = "registered with IANA"


def _table(text: str) -> dict[str, str]:
    """Return the lines `name | sentence | specification` as name -> "sentence (specification)"."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {name: f"{sentence} ({source})" for name, sentence, source in rows}


HEADERS = _table("""
alg | how it is signed, or how its key is encrypted | RFC 7515 §4.1.1
typ | what kind of token it is | RFC 7515 §4.1.9
cty | what kind of content it carries; JWT: another token | RFC 7515 §4.1.10
kid | names the key that checks it: a hint by its sender | RFC 7515 §4.1.4
jku | where a set of keys is, one of which checks it | RFC 7515 §4.1.2
jwk | the public key that checks it | RFC 7515 §4.1.3
x5u | where the certificate is whose key checks it | RFC 7515 §4.1.5
x5c | the certificate whose key checks it | RFC 7515 §4.1.6
x5t | fingerprint (SHA-1) of the certificate whose key checks it | RFC 7515 §4.1.7
x5t#S256 | fingerprint (SHA-256) of the certificate whose key checks it | RFC 7515 §4.1.8
crit | a reader that does not know each of these must refuse the token | RFC 7515 §4.1.11
b64 | false: the payload is not in base64url | RFC 7797 §3
enc | how the content is encrypted | RFC 7516 §4.1.2
zip | how the content was compressed before it was encrypted | RFC 7516 §4.1.3
epk | the sender's key for this one token | RFC 7518 §4.6.1.1
apu | who makes it, for the agreement on a key | RFC 7518 §4.6.1.2
apv | who receives it, for the agreement on a key | RFC 7518 §4.6.1.3
iv | initialization vector for the encryption of the key | RFC 7518 §4.7.1.1
tag | authentication tag of the encrypted key | RFC 7518 §4.7.1.2
p2s | salt of the password that encrypts the key | RFC 7518 §4.8.1.1
p2c | how many rounds of PBKDF2 the reader shall do | RFC 7518 §4.8.1.2
iss | issuer: who made it; a copy of the claim | RFC 7519 §5.3
sub | subject: whom it is about; a copy of the claim | RFC 7519 §5.3
aud | audience: for whom it is meant; a copy of the claim | RFC 7519 §5.3
url | to which URL it is sent | RFC 8555 §6.4.1
nonce | a value that the server gave, against replay | RFC 8555 §6.5.2
ppt | which kind of telephone identity it is | RFC 8225 §8.1
svt | a proof that a signature was validated | RFC 9321
""")
MORE_HEADERS = {"iheSSId", "jwt", "client_id", "trust_chain", "peer_trust_chain"}

CLAIMS = _table("""
iss | issuer: who made it | RFC 7519 §4.1.1
sub | subject: whom it is about | RFC 7519 §4.1.2
aud | audience: for whom it is meant | RFC 7519 §4.1.3
exp | expires: from then on it is refused | RFC 7519 §4.1.4
nbf | not before: until then it is refused | RFC 7519 §4.1.5
iat | issued at: when it was made | RFC 7519 §4.1.6
jti | its own id: makes it unique, lets one be revoked | RFC 7519 §4.1.7
name | full name | OpenID Connect Core §5.1
given_name | given name | OpenID Connect Core §5.1
family_name | family name | OpenID Connect Core §5.1
middle_name | middle name | OpenID Connect Core §5.1
nickname | nickname | OpenID Connect Core §5.1
preferred_username | name under which to show the user | OpenID Connect Core §5.1
profile | page about the user | OpenID Connect Core §5.1
picture | picture of the user | OpenID Connect Core §5.1
website | the user's web site | OpenID Connect Core §5.1
email | e-mail address | OpenID Connect Core §5.1
email_verified | true: the issuer has seen that it is the user's | OpenID Connect Core §5.1
gender | gender | OpenID Connect Core §5.1
birthdate | date of birth | OpenID Connect Core §5.1
zoneinfo | time zone | OpenID Connect Core §5.1
locale | language and country | OpenID Connect Core §5.1
phone_number | telephone number | OpenID Connect Core §5.1
phone_number_verified | true: the issuer has seen that it is the user's | OpenID Connect Core §5.1
address | postal address | OpenID Connect Core §5.1
updated_at | when this about the user last changed | OpenID Connect Core §5.1
azp | authorized party: the client for which it was made | OpenID Connect Core §2
nonce | ties it to the request of the client, against replay | OpenID Connect Core §2
auth_time | when the user signed in | OpenID Connect Core §2
at_hash | hash of the access token that belongs to it | OpenID Connect Core §2
c_hash | hash of the code that belongs to it | OpenID Connect Core §3.3.2.11
acr | how strong the sign-in was, as a class | OpenID Connect Core §2
amr | how the user signed in: pwd, otp, … | OpenID Connect Core §2, RFC 8176
sub_jwk | the subject's public key | OpenID Connect Core §7.4
cnf | confirmation: the key that its holder must prove to have | RFC 7800 §3.1
sid | session: which sign-in it is of | OIDC Front-Channel Logout §3
scope | what it allows, as words | RFC 8693 §4.2
client_id | the OAuth client that asked for it | RFC 8693 §4.3
act | who acts for the subject | RFC 8693 §4.1
may_act | who may act for the subject | RFC 8693 §4.4
roles | roles of the user | RFC 9068 §2.2.3.1
groups | groups of the user | RFC 9068 §2.2.3.1
entitlements | rights of the user | RFC 9068 §2.2.3.1
authorization_details | what it allows, as objects | RFC 9396 §9.1
events | what happened, in a security event token | RFC 8417 §2.2
toe | when it happened | RFC 8417 §2.2
txn | the transaction it belongs to | RFC 8417 §2.2
htm | the method of the request that it goes with | RFC 9449 §4.2
htu | the URL of the request that it goes with | RFC 9449 §4.2
ath | hash of the access token that it goes with | RFC 9449 §4.2
sub_id | subject: whom it is about, as an object | RFC 9493 §4.1
""")
_MORE_CLAIMS = """
sip_from_tag sip_date sip_callid sip_cseq_num sip_via_branch orig dest mky rph vot vtm attest
origid jcard at_use_nbr div opt vc vp sph ace_profile cnonce exi token_introspection
eat_nonce ueid sueids oemid hwmodel hwversion oemboot dbgstat location eat_profile submods
uptime bootcount bootseed dloas swname swversion manifests measurements measres intuse cdniv
cdnicrit cdniip cdniuc cdniets cdnistt cdnistd sig_val_claims verified_claims
place_of_birth nationalities birth_family_name birth_given_name birth_middle_name salutation
title msisdn also_known_as atc rcd rcdi crn msgi _claim_names _claim_sources
rdap_allowed_purposes rdap_dnt_allowed geohash _sd ... _sd_alg sd_hash consumerPlmnId
consumerSnpnId producerPlmnId producerSnpnId producerSnssaiList producerNsiList producerNfSetId
producerNfServiceSetId sourceNfInstanceId analyticsIdList resOwnerId cmw jwks metadata
constraints crit ref delegation logo_uri authority_hints trust_anchor_hints trust_marks
trust_mark_issuers trust_mark_owners metadata_policy metadata_policy_crit source_endpoint keys
trust_mark_type trust_chain trust_anchor status status_list ttl stpl
"""
MORE_CLAIMS = set(_MORE_CLAIMS.split())


def _algorithms() -> dict[str, str]:
    """Return what each registered algorithm does, by its name in `alg` or `enc`."""
    pair = "a private key signs, a public one checks: "
    found = {
        f"{name}{bits}": f"{said}, SHA-{bits} (RFC 7518 §{section})"
        for bits in (256, 384, 512)
        for name, said, section in (
            ("HS", "one secret key signs and checks: HMAC", "3.2"),
            ("RS", pair + "RSA", "3.3"),
            ("ES", pair + "ECDSA", "3.4"),
            ("PS", pair + "RSA-PSS", "3.5"),
        )
    }
    found |= dict.fromkeys(("Ed25519", "Ed448"), f"{pair}Edwards curve (RFC 9864 §2.2)")
    found["EdDSA"] = f"{pair}Edwards curve (RFC 8037 §3.1)"
    found["ES256K"] = f"{pair}ECDSA, secp256k1 (RFC 8812 §3.2)"
    found |= dict.fromkeys(("ML-DSA-44", "ML-DSA-65", "ML-DSA-87"), f"{pair}ML-DSA (FIPS 204)")
    return found


def _key_algorithms() -> dict[str, str]:
    sizes = (128, 192, 256)
    rsa = ("RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512")
    found = dict.fromkeys(rsa, "a public key encrypts the key: RSA-OAEP (RFC 7518 §4.3)")
    found["RSA1_5"] = "a public key encrypts the key: RSA, an old way (RFC 7518 §4.2)"
    found["dir"] = "the shared secret itself encrypts the content (RFC 7518 §4.5)"
    found |= {f"A{n}KW": "a shared secret encrypts the key: AES (RFC 7518 §4.4)" for n in sizes}
    found |= {f"A{n}GCMKW": "a shared secret encrypts the key: AES (RFC 7518 §4.7)" for n in sizes}
    agreed = ("ECDH-ES", *(f"ECDH-ES+A{n}KW" for n in sizes))
    found |= dict.fromkeys(agreed, "both sides agree on a key: ECDH (RFC 7518 §4.6)")
    pbes = ("PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW")
    return found | dict.fromkeys(pbes, "a password encrypts the key: PBES2 (RFC 7518 §4.8)")


SIGNING, KEY_ENCRYPTION = _algorithms(), _key_algorithms()
ENCRYPTION = {
    **dict.fromkeys(
        ("A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"), "AES-CBC and HMAC (RFC 7518 §5.2)"
    ),
    **dict.fromkeys(("A128GCM", "A192GCM", "A256GCM"), "AES-GCM (RFC 7518 §5.3)"),
}
