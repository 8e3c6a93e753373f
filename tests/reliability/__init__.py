"""Nothing lost: what happens to people when the bot, the network or the clock fails."""
