"""Names of the properties that the Trainer gives its model."""

# Hash of what defines the training; only where the data was not known before the run.
TRAINING_KEY_PROPERTY = "training_key"
