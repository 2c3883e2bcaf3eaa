"""TF Serving's protocol: the embedded server and the client."""
