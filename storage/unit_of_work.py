"""A unit of work: one transaction, with a repository for each subject."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.key_cache import KeyCache
from storage.repositories.alert_plans import AlertPlans
from storage.repositories.alert_trail import AlertTrail
from storage.repositories.alerts import Alerts
from storage.repositories.announcement_replies import AnnouncementReplies
from storage.repositories.announcements import Announcements
from storage.repositories.availability import Availabilities
from storage.repositories.belongings import Belongings
from storage.repositories.checkins import Checkins
from storage.repositories.consents import Consents
from storage.repositories.events import Events
from storage.repositories.groups import Groups
from storage.repositories.guesses import GuessBook
from storage.repositories.hellos import Hellos
from storage.repositories.house_words import HouseWords
from storage.repositories.houses import Houses
from storage.repositories.invites import Invites
from storage.repositories.keys import Keys
from storage.repositories.leases import Leases
from storage.repositories.memberships import Memberships
from storage.repositories.networks import Networks
from storage.repositories.outbox import Outbox
from storage.repositories.own_dialogs import OwnDialogs
from storage.repositories.people import People
from storage.repositories.plans import Plans
from storage.repositories.practices import Practices
from storage.repositories.progress import Progresses
from storage.repositories.prompts import Prompts
from storage.repositories.pulse import Pulses
from storage.repositories.recipients import Recipients
from storage.repositories.relay import Relay
from storage.repositories.results import Results
from storage.repositories.retention import Retention
from storage.repositories.rotas import Rotas
from storage.repositories.schedules import Schedules
from storage.repositories.settings import Settings
from storage.repositories.showings import Showings
from storage.repositories.stories import Stories
from storage.repositories.switches import Switches
from storage.repositories.timers import Timers
from storage.repositories.trail import Trail
from storage.repositories.updates import Updates
from storage.sealing import Keyring, Lookup
from storage.statements import Statements


class UnitOfWork:
    """Everything done through it happens together at `commit`, or not at all."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring, cache: KeyCache, lookup: Lookup | None) -> None:
        self._statements = Statements(connection)
        self.keys = Keys(self._statements, keyring, cache, lookup)

    async def commit(self) -> None:
        """Make it so. Nothing is to be acknowledged before this returned."""
        await self._statements.commit()
        self.keys.settle()

    @cached_property
    def alerts(self) -> Alerts:
        """Calls for help."""
        return Alerts(self._statements, self.keys)

    @cached_property
    def alert_plans(self) -> AlertPlans:
        """Whom calls for help ask, in which order."""
        return AlertPlans(self._statements, self.keys)

    @cached_property
    def alert_trail(self) -> AlertTrail:
        """Whom alerts asked, and what else happened to them."""
        return AlertTrail(self._statements, self.keys)

    @cached_property
    def announcements(self) -> Announcements:
        """Messages from staff to many."""
        return Announcements(self._statements, self.keys)

    @cached_property
    def announcement_replies(self) -> AnnouncementReplies:
        """What authors of announcements and their readers write to each other."""
        return AnnouncementReplies(self._statements, self.keys)

    @cached_property
    def belongings(self) -> Belongings:
        """Everything that is kept of one person."""
        return Belongings(self._statements, self.keys)

    @cached_property
    def availability(self) -> Availabilities:
        """When the people who answer calls can be reached."""
        return Availabilities(self._statements, self.keys)

    @cached_property
    def checkins(self) -> Checkins:
        """How people said they were."""
        return Checkins(self._statements, self.keys)

    @cached_property
    def consents(self) -> Consents:
        """What people agreed to."""
        return Consents(self._statements, self.keys)

    @cached_property
    def events(self) -> Events:
        """What is on in houses."""
        return Events(self._statements, self.keys)

    @cached_property
    def groups(self) -> Groups:
        """Group chats that belong to a house."""
        return Groups(self._statements, self.keys)

    @cached_property
    def guesses(self) -> GuessBook:
        """Wrong codes, counted."""
        return GuessBook(self._statements, self.keys)

    @cached_property
    def house_words(self) -> HouseWords:
        """Words that mean something of their own in one house."""
        return HouseWords(self._statements, self.keys)

    @cached_property
    def hellos(self) -> Hellos:
        """Who is asked to say hello to whom."""
        return Hellos(self._statements, self.keys)

    @cached_property
    def houses(self) -> Houses:
        """Recovery homes."""
        return Houses(self._statements, self.keys)

    @cached_property
    def invites(self) -> Invites:
        """Invitations into a house."""
        return Invites(self._statements, self.keys)

    @cached_property
    def leases(self) -> Leases:
        """What only one process may do at a time."""
        return Leases(self._statements, self.keys)

    @cached_property
    def memberships(self) -> Memberships:
        """Who lives where, and who does what there."""
        return Memberships(self._statements, self.keys)

    @cached_property
    def networks(self) -> Networks:
        """Homes run together."""
        return Networks(self._statements, self.keys)

    @cached_property
    def outbox(self) -> Outbox:
        """What must still be said."""
        return Outbox(self._statements, self.keys)

    @cached_property
    def own_dialogs(self) -> OwnDialogs:
        """What houses wrote themselves."""
        return OwnDialogs(self._statements, self.keys)

    @cached_property
    def people(self) -> People:
        """People, by id and by Telegram id."""
        return People(self._statements, self.keys)

    @cached_property
    def plans(self) -> Plans:
        """What people wrote down to have at hand later."""
        return Plans(self._statements, self.keys)

    @cached_property
    def practices(self) -> Practices:
        """One time somebody did a skill, each."""
        return Practices(self._statements, self.keys)

    @cached_property
    def progress(self) -> Progresses:
        """Where each person stands in their dialog."""
        return Progresses(self._statements, self.keys)

    @cached_property
    def prompts(self) -> Prompts:
        """Scheduled messages, and what became of them."""
        return Prompts(self._statements, self.keys)

    @cached_property
    def pulses(self) -> Pulses:
        """How it is to live in a house, counted."""
        return Pulses(self._statements, self.keys)

    @cached_property
    def recipients(self) -> Recipients:
        """Whom announcements reached."""
        return Recipients(self._statements, self.keys)

    @cached_property
    def results(self) -> Results:
        """What was answered to the check-ins that come more seldom."""
        return Results(self._statements, self.keys)

    @cached_property
    def relay(self) -> Relay:
        """Messages that two people of a call passed to each other."""
        return Relay(self._statements, self.keys)

    @cached_property
    def retention(self) -> Retention:
        """What has been kept long enough."""
        return Retention(self._statements, self.keys)

    @cached_property
    def rotas(self) -> Rotas:
        """Who is on call, turn by turn."""
        return Rotas(self._statements, self.keys)

    @cached_property
    def schedules(self) -> Schedules:
        """People's own recurring times."""
        return Schedules(self._statements, self.keys)

    @cached_property
    def settings(self) -> Settings:
        """Small technical facts the bot keeps about itself."""
        return Settings(self._statements, self.keys)

    @cached_property
    def showings(self) -> Showings:
        """What of people was shown to others."""
        return Showings(self._statements, self.keys)

    @cached_property
    def switches(self) -> Switches:
        """What houses have switched off."""
        return Switches(self._statements, self.keys)

    @cached_property
    def stories(self) -> Stories:
        """How somebody here did it."""
        return Stories(self._statements, self.keys)

    @cached_property
    def timers(self) -> Timers:
        """What is to happen later."""
        return Timers(self._statements, self.keys)

    @cached_property
    def trail(self) -> Trail:
        """What staff and mentors did."""
        return Trail(self._statements, self.keys)

    @cached_property
    def updates(self) -> Updates:
        """Which of Telegram's updates are done."""
        return Updates(self._statements, self.keys)
