"""`quickdraw flink`: a cluster on this host."""
