"""Own roots, certificates of servers, letters and fingerprints."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from embassy_desk.domain.errors import InvalidError, StoreError
from embassy_desk.sealing.certificates import (
    KeyAndCertificate,
    endorsed,
    ends_at,
    fingerprint,
    is_endorsed,
    made_root,
    made_server,
)
from embassy_desk.sealing.fingerprints import WORDS_SHOWN, fingerprint_words
from embassy_desk.sealing.letters import made_recipient, opened, recipient_of, sealed

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def root() -> KeyAndCertificate:
    return made_root("Headquarters", AT)


def test_a_root_is_trusted_by_the_ssl_module(root: KeyAndCertificate) -> None:
    context = ssl.create_default_context(cadata=root.certificate.decode())
    assert len(context.get_ca_certs()) == 1


def test_the_certificate_of_the_server_names_hosts_and_addresses(root: KeyAndCertificate) -> None:
    server = made_server(root, ["hq.example.org", "127.0.0.1", "::1"], AT)
    certificate = x509.load_pem_x509_certificate(server.certificate)
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(root.certificate))
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["hq.example.org"]
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    assert ends_at(server.certificate) - AT < timedelta(days=398)


def test_fingerprints_of_two_roots_differ(root: KeyAndCertificate) -> None:
    other = made_root("Headquarters", AT)
    assert fingerprint(root.certificate) != fingerprint(other.certificate)
    assert len(fingerprint(root.certificate)) == 16


def test_an_endorsement_counts_for_its_message_and_its_root(root: KeyAndCertificate) -> None:
    signature = endorsed(root, b"a key")
    other = made_root("Headquarters", AT)
    assert is_endorsed(root.certificate, b"a key", signature)
    assert not is_endorsed(root.certificate, b"another", signature)
    assert not is_endorsed(other.certificate, b"a key", signature)
    assert not is_endorsed(b"nonsense", b"a key", signature)


def test_damaged_roots_are_refused_in_words() -> None:
    with pytest.raises(StoreError, match="damaged"):
        endorsed(KeyAndCertificate(b"x", b"y"), b"")
    with pytest.raises(StoreError, match="cannot be read"):
        fingerprint(b"x")


def test_a_letter_is_opened_by_its_recipients_only() -> None:
    one, two, other = made_recipient(), made_recipient(), made_recipient()
    letter = sealed(b"content", one.public, two.public)
    assert opened(letter, one.secret) == opened(letter, two.secret) == b"content"
    with pytest.raises(StoreError, match="another key"):
        opened(letter, other.secret)
    with pytest.raises(StoreError, match="another key"):
        opened(letter[:-1], one.secret)


def test_a_recipient_is_known_by_its_secret_half() -> None:
    pair = made_recipient()
    assert recipient_of(f"{pair.secret}\n") == pair
    assert pair.secret not in repr(pair)
    with pytest.raises(StoreError, match="damaged"):
        recipient_of("nonsense")
    with pytest.raises(InvalidError, match="no age recipient"):
        sealed(b"", "nonsense")


def test_fingerprint_words_depend_on_every_key_and_on_their_order() -> None:
    found = {fingerprint_words(*keys) for keys in ((b"a", b"b"), (b"b", b"a"), (b"ab",), (b"a",))}
    assert len(found) == 4
    assert all(len(each.split()) == WORDS_SHOWN for each in found)
