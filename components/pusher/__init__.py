"""Pusher: stage, load, predict, rename."""
