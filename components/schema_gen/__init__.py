"""ImportSchemaGen with a cache key that knows the schema's content."""
