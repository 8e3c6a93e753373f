"""The net under free text: what somebody wrote, judged for danger by rules that can be read. Pure; no database."""
