"""The tests of the tenant host: sentences about behaviour, against a real PostgreSQL and a real Synapse."""
