"""One master, two key pairs, one tender."""

from uuid import UUID

from models.sealing.keys import Envelope, new_master, opens, private_key, public_keys

TENDER, OTHER = UUID(int=1), UUID(int=2)
MASTER = bytes(range(32))


def test_the_private_keys_fit_the_published_ones() -> None:
    published = public_keys(MASTER, TENDER)
    for envelope in Envelope:
        assert private_key(MASTER, TENDER, envelope).public_key().public_bytes_raw() == published.of(envelope)


def test_each_envelope_and_each_tender_has_a_key_of_its_own() -> None:
    keys = {public_keys(MASTER, tender).of(envelope) for tender in (TENDER, OTHER) for envelope in Envelope}
    assert len(keys) == 4


def test_keys_are_derived_as_they_always_were() -> None:
    """Sealed bids outlive an upgrade: a change here would leave them shut for ever."""
    assert public_keys(MASTER, TENDER).technical.hex() == (
        "91b9194fe6e9a797d900fa866427f5e00d9c13813b5f5cf399ea9ce63f9c9f55"
    )
    assert public_keys(MASTER, TENDER).price.hex() == (
        "7aea1a2c524a54f78cfb8dafc9cf1e858089bbb0251a9442748c8d215d722930"
    )


def test_only_its_own_master_opens_a_tender() -> None:
    published = public_keys(MASTER, TENDER)
    assert opens(MASTER, published, TENDER)
    assert not opens(new_master(), published, TENDER)
    assert not opens(MASTER, published, OTHER)
