"""DataGate: stops the pipeline where ExampleValidator only takes note."""
