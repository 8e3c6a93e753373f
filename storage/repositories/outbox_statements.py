"""The outbox's statements, made once; both databases run the same ones."""

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from storage.models.outbox import OutboxRow
from storage.models.people import PersonRow
from storage.types import Moment, one_of, table_of

_outbox = table_of(OutboxRow)
_edited = _outbox.alias("edited")
_people = table_of(PersonRow)

OWED_PURPOSE = "owed"
"""The purpose of the words that lead in what is owed: they are not owed themselves."""

_NOW = bindparam("now", type_=Moment())
# Written out, not bound: only so do the indexes over waiting and sending rows apply.
_WAITING = _outbox.c.state == literal_column("'waiting'")
_SENDING = _outbox.c.state == literal_column("'sending'")
_THIS = _outbox.c.id == bindparam("letter")
_OWED = (
    _outbox.c.kind == literal_column("'reply'"),
    _outbox.c.state.in_([literal_column(f"'{state}'") for state in ("unsure", "expired", "refused")]),
    _outbox.c.purpose != literal_column(f"'{OWED_PURPOSE}'"),
)

ADD = insert(_outbox)


def is_owed(person: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a reply to this person was given up and not shown since."""
    return exists().where(_outbox.c.recipient_id == person, *_OWED)


def _claim(*conditions: ColumnElement[bool]) -> Update:
    """Lease the rows that meet the conditions, skipping those another process is just taking."""
    some: Select[tuple[int]] = (
        select(_outbox.c.id)
        .where(*conditions)
        .order_by(_outbox.c.priority, _outbox.c.not_before, _outbox.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )
    return (
        update(_outbox)
        .where(_outbox.c.id.in_(some))
        .values(state="sending", lease_owner=bindparam("owner"), lease_until=bindparam("new_lease", type_=Moment()))
        .returning(_outbox.c.id)
    )


CLAIM_DUE = _claim(
    _WAITING,
    _outbox.c.not_before <= _NOW,
    _outbox.c.expires_at.is_(None) | (_outbox.c.expires_at > _NOW),
)
CLAIM_LAPSED = _claim(_SENDING, _outbox.c.lease_until <= _NOW)
CLAIMED = (
    select(
        _outbox,
        _people.c.telegram_sealed,
        _people.c.reach,
        _people.c.locale,
        _people.c.messages_stopped,
        _edited.c.message_id.label("edits_message_id"),
    )
    .select_from(
        _outbox.outerjoin(_people, _people.c.id == _outbox.c.recipient_id).outerjoin(
            _edited, _edited.c.id == _outbox.c.edits_id
        )
    )
    .where(one_of(_outbox.c.id, "ids"))
    .order_by(_outbox.c.priority, _outbox.c.not_before, _outbox.c.id)
)
EXTEND = (
    update(_outbox)
    .where(one_of(_outbox.c.id, "ids"), _SENDING, _outbox.c.lease_owner == bindparam("owner"))
    .values(lease_until=bindparam("new_lease", type_=Moment()))
    .returning(_outbox.c.id)
)
SETTLE = (
    update(_outbox)
    .where(_THIS, _outbox.c.state != "sent")
    .values(
        state=bindparam("new_state"),
        message_id=func.coalesce(bindparam("new_message", type_=_outbox.c.message_id.type), _outbox.c.message_id),
        reason=bindparam("new_reason"),
        not_before=func.coalesce(bindparam("new_start", type_=Moment()), _outbox.c.not_before),
        attempts=bindparam("new_attempts"),
        lease_owner=None,
        lease_until=None,
        settled_at=bindparam("settled", type_=Moment()),
    )
)
SUPERSEDE = (
    update(_outbox)
    .where(
        _outbox.c.recipient_id == bindparam("recipient"),
        _WAITING,
        _outbox.c.turn < bindparam("before_turn"),
    )
    .values(state="superseded", settled_at=bindparam("settled", type_=Moment()))
)
EXPIRE = (
    update(_outbox)
    .where(_WAITING, _outbox.c.expires_at <= bindparam("settled", type_=Moment()))
    .values(state="expired", settled_at=bindparam("settled", type_=Moment()))
    .returning(_outbox.c.id, _outbox.c.kind)
)
STUCK = select(_outbox.c.id).where(
    _SENDING, _outbox.c.lease_until <= bindparam("before", type_=Moment()), _outbox.c.kind.in_(("alert", "crisis"))
)
_MESSAGES = select(_outbox.c.id, _outbox.c.recipient_id, _outbox.c.message_id).where(
    _outbox.c.message_id.is_not(None)
)
MESSAGE_OF = _MESSAGES.where(_THIS)
LATEST_OF_CARD = _MESSAGES.where(
    _outbox.c.id.in_(
        select(func.max(_outbox.c.id))
        .where(
            _outbox.c.card == bindparam("card"),
            _outbox.c.message_id.is_not(None),
            _outbox.c.edits_id.is_(None),
            one_of(_outbox.c.recipient_id, "ids"),
        )
        .group_by(_outbox.c.recipient_id)
    )
)
OF_CARDS = (
    select(_outbox.c.id, _outbox.c.recipient_id, _outbox.c.message_id, _outbox.c.card, _outbox.c.settled_at)
    .where(one_of(_outbox.c.card, "cards", str))
    .order_by(_outbox.c.id)
)
OF_CARDS_IN_GROUP = (
    select(
        _outbox.c.id,
        _outbox.c.message_id,
        _outbox.c.card,
        _outbox.c.state,
        _outbox.c.reason,
        _outbox.c.not_before,
        _outbox.c.settled_at,
    )
    .where(one_of(_outbox.c.card, "cards", str))
    .order_by(_outbox.c.id)
)
FORGET_CARDS = delete(_outbox).where(
    one_of(_outbox.c.card, "cards", str), _outbox.c.state != literal_column("'sending'")
)
DROP_WAITING = delete(_outbox).where(
    one_of(_outbox.c.card, "cards", str), _outbox.c.state == literal_column("'waiting'")
)
LATEST_OF_PLACE = (
    _MESSAGES.where(_outbox.c.card == bindparam("card"), _outbox.c.edits_id.is_(None))
    .order_by(_outbox.c.id.desc())
    .limit(1)
)
MESSAGES_TO = (
    select(_outbox.c.id, _outbox.c.message_id, _outbox.c.letter_sealed, _outbox.c.card)
    .where(
        _outbox.c.recipient_id == bindparam("recipient"),
        _outbox.c.state == literal_column("'sent'"),
        _outbox.c.message_id.is_not(None),
        _outbox.c.settled_at >= bindparam("since", type_=Moment()),
    )
    .order_by(_outbox.c.id)
)
OWED = (
    select(
        _outbox.c.id,
        _outbox.c.letter_sealed,
        _outbox.c.purpose,
        _outbox.c.stream,
        _outbox.c.about_id,
        _outbox.c.house_id,
        _outbox.c.turn,
        _outbox.c.card,
        _outbox.c.attempts,
    )
    .where(_outbox.c.recipient_id == bindparam("recipient"), *_OWED)
    .order_by(_outbox.c.id)
)
NEXT = select(_outbox.c.not_before).where(_WAITING).order_by(_outbox.c.not_before).limit(1)
COUNTS = select(_outbox.c.state, func.count().label("letters")).group_by(_outbox.c.state)
COUNT_FAILED = select(func.count().label("letters")).where(
    _outbox.c.settled_at > bindparam("since", type_=Moment()),
    _outbox.c.state == literal_column("'failed'"),
    _outbox.c.purpose != bindparam("but_for"),
)
PRUNE = delete(_outbox).where(_outbox.c.settled_at < bindparam("before", type_=Moment()))
PRUNE_PURPOSE = PRUNE.where(_outbox.c.purpose == bindparam("for_purpose"))
