"""Says in plain words what is wrong with the machine or with one family's home. It reads, and changes nothing."""
