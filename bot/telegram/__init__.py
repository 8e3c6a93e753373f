"""The edge to Telegram, and the only importer of `telegram`."""
