"""What is printed and exported. The contract stands in this room's README.md."""
