"""The web side: Telegram's webhook, and what tells a watcher that all is well."""
