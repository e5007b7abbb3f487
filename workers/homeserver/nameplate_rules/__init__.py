"""What a household wants for its children, held by its home: a module of Synapse's own kind (docs/rules.md)."""
