"""Work that can wait: a job is a row, written with what asks for it, done at least once (README.md)."""
