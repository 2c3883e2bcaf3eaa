"""The verb `quickdraw submit`."""
