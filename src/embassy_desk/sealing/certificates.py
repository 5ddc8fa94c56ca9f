"""Headquarters' own root and the certificate of its server; laptops trust nothing else.

The root is made once by `init`; the enrolment code carries its fingerprint. The certificate of
the server is made anew from it whenever it runs out. ECDSA on P-256 with SHA-256, which every
TLS library knows.
"""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from embassy_desk.domain.errors import StoreError
from embassy_desk.texts import N_

FINGERPRINT_BYTES = 16
"""How much of the root's SHA-256 an enrolment code carries: 128 bits."""

ROOT_LASTS = timedelta(days=20 * 365)
SERVER_LASTS = timedelta(days=397)
MADE_EARLIER = timedelta(days=1)
"""Certificates begin a day before they are made, for laptops whose clocks are slow."""


@dataclass(frozen=True)
class KeyAndCertificate:
    """A private key with its certificate, both as PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


def made_root(name: str, at: datetime) -> KeyAndCertificate:
    """Return a new root that may sign certificates of servers, and nothing below them.

    Args:
        name: What people read in it.
        at: The present time.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _begun(subject, subject, key.public_key(), at, ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _as_pem(certificate, key)


def made_server(root: KeyAndCertificate, hosts: list[str], at: datetime) -> KeyAndCertificate:
    """Return a certificate for the server under these names and addresses, signed by the root.

    Raises:
        StoreError: The root's files are damaged.
    """
    authority, signing = _root_of(root)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    certificate = (
        _begun(subject, authority.subject, key.public_key(), at, SERVER_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_name(each) for each in hosts]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, hashes.SHA256())
    )
    return _as_pem(certificate, key)


def ends_at(certificate: bytes) -> datetime:
    """Return when a certificate in PEM runs out."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def fingerprint(certificate: bytes) -> bytes:
    """Return the first 16 bytes of a certificate's SHA-256; what an enrolment code carries.

    Raises:
        StoreError: It is no certificate in PEM.
    """
    try:
        read = x509.load_pem_x509_certificate(certificate)
    except ValueError as error:
        raise StoreError(N_("The certificate of headquarters cannot be read.")) from error
    return read.fingerprint(hashes.SHA256())[:FINGERPRINT_BYTES]


def endorsed(root: KeyAndCertificate, message: bytes) -> bytes:
    """Return the root's signature under a message, such as the key that the service signs with."""
    _, signing = _root_of(root)
    return signing.sign(message, ec.ECDSA(hashes.SHA256()))


def is_endorsed(certificate: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the holder of a root certificate signed this message; false for nonsense."""
    try:
        public = x509.load_pem_x509_certificate(certificate).public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return False
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    at: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    begins = at.astimezone(UTC) - MADE_EARLIER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _root_of(root: KeyAndCertificate) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    try:
        key = serialization.load_pem_private_key(root.key, password=None)
        certificate = x509.load_pem_x509_certificate(root.certificate)
    except (ValueError, TypeError) as error:
        raise StoreError(N_("The root certificate of headquarters is damaged.")) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise StoreError(N_("The root certificate of headquarters is damaged."))
    return certificate, key


def _as_pem(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> KeyAndCertificate:
    return KeyAndCertificate(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
