"""How two stores come to agree: stamps, changes, chains. Pure."""
