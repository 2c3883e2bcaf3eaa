"""Beam jobs on Apache Flink: a cluster of our own to start and stop, and attempts that end, whatever breaks."""
