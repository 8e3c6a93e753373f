"""What the `hearth` command does, one file a command."""
