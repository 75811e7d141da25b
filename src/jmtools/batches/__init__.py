"""Where work runs: batches of lines in this process, in several, on a cluster."""
