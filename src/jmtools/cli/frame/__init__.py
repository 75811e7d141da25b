"""What the commands share: the pipeline, options, messages, settings, streams."""
