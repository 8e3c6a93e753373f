"""A poll, as Telegram checks and shows it; nobody votes in the sandbox."""

from bot.sandbox.params import Params
from bot.sandbox.state import World
from bot.sandbox.text import length
from bot.sandbox.wire import Json, bad_request

_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100
_MOST_OPTIONS = 12


def poll(world: World, params: Params) -> Json:
    """What a message holds that is one. Raises BotApiError for what Telegram refuses."""
    question = params.text("question").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if length(question) > _LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {_LONGEST_QUESTION}")
    texts = [str(o.get("text", "") if isinstance(o, dict) else o).strip() for o in params.array("options")]
    if not 1 <= len(texts) <= _MOST_OPTIONS:
        raise bad_request(f"poll must have at least 1 option and at most {_MOST_OPTIONS}")
    if any(not text or length(text) > _LONGEST_OPTION for text in texts):
        raise bad_request(f"poll options must be non-empty and must not exceed {_LONGEST_OPTION} characters")
    return {
        "id": str(world.last_message_id + 1),
        "question": question,
        "options": [{"persistent_id": str(i), "text": t, "voter_count": 0} for i, t in enumerate(texts)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": "is_anonymous" not in params.raw or params.flag("is_anonymous"),
        "type": params.text("type", "regular"),
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
