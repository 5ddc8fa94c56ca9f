"""The shape of records inside the store; rows never leave it."""
