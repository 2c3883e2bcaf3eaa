"""The files of a pushed version that the Pusher and its readers know by name."""

# TF Serving loads nothing from a folder without it.
MODEL_FILE = "saved_model.pb"
# Where the model came from, beside it; TF Serving leaves `assets.extra` alone.
RUN_FILE = "assets.extra/run.json"
