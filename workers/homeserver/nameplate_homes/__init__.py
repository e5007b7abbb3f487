"""The tenant host: many stock Synapse homeservers, each a child forked from one parent that imported Synapse once."""
