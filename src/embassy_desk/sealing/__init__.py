"""Signing, digests, key derivation and encryption: all cryptography, in one room."""
