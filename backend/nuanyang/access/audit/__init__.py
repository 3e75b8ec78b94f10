"""The record of who changed and who saw what: written with what it records, append-only, sealed into a chain that proves itself."""
