"""Photos: what is taken in (inspect), how it is kept (store), what is shown of it (derivatives)."""
