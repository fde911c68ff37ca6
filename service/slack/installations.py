"""The workspaces that installed the app, in the record: of each its token, encrypted, and who we are there.

AES-256-GCM (NIST SP 800-38D) under a key derived from PARLEY_SLACK_STORE_KEY, the workspace's id bound to it:
a copy of the record tells no token, and a token moved to another workspace opens for none.
"""

import base64
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from slack_bolt.error import BoltError
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation, InstallationStore

from retrieval.database import Database, zoned
from retrieval.erasure import RECORD, mark
from service.received import install_states, installations

STATE_SECONDS = 600
_NONCE = 12
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installed:
    team: str
    app_id: str
    bot_user: str
    bot_id: str
    token: str = field(repr=False)


class Unfit(BoltError):
    """An installation that Parley can't serve; its text says why, to whoever installs."""


class Installations(InstallationStore):
    """`save` raises Unfit, and all of it DataDirectoryError."""

    def __init__(self, database: Database, key: str) -> None:
        self._database = database
        self._cipher = AESGCM(hmac.digest(key.encode(), b"parley slack installations", hashlib.sha256))

    def save(self, installation: Installation) -> None:
        """In place of what was there of this workspace."""
        installed = _fit(installation)
        row = {
            "team": installed.team,
            "app_id": installed.app_id,
            "bot_user": installed.bot_user,
            "bot_id": installed.bot_id,
            "token": self._sealed(installed.token, installed.team),
            "installed_at": datetime.now(UTC),
        }
        with self._database.write() as connection:
            connection.execute(installations.delete().where(installations.c.team == installed.team))
            connection.execute(installations.insert().values(row))

    def of(self, team: str) -> Installed | None:
        """None also where its token can't be read any more, which the log says."""
        query = sa.select(installations).where(installations.c.team == team)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        token = None if row is None else self._opened(row["token"], team)
        if row is None or token is None:
            return None
        return Installed(team, row["app_id"], row["bot_user"], row["bot_id"], token)

    def installed_at(self, team: str) -> datetime | None:
        query = sa.select(installations.c.installed_at).where(installations.c.team == team)
        with self._database.read() as connection:
            at = connection.scalar(query)
        return None if at is None else zoned(at)

    def remove(self, team: str) -> None:
        with self._database.write() as connection:
            if connection.execute(installations.delete().where(installations.c.team == team)).rowcount:
                mark(connection, RECORD)  # the files are rewritten with what is forgotten, or at a start

    def _sealed(self, token: str, team: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, token.encode(), team.encode())).decode()

    def _opened(self, sealed: str, team: str) -> str | None:
        raw = base64.b64decode(sealed)
        try:
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], team.encode()).decode()
        except InvalidTag:
            told = "the token of workspace %s can't be read with this PARLEY_SLACK_STORE_KEY: install again"
            _LOG.error(told, team)
            return None


class States(OAuthStateStore):
    """What a browser must come back with, each good once and for ten minutes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def issue(self, *_: object, **__: object) -> str:
        state, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = {"digest": _digest(state), "expires_at": now + timedelta(seconds=STATE_SECONDS)}
        with self._database.write() as connection:
            connection.execute(install_states.delete().where(install_states.c.expires_at < now))
            connection.execute(install_states.insert().values(row))
        return state

    def consume(self, state: str) -> bool:
        its = install_states.c.digest == _digest(state), install_states.c.expires_at >= datetime.now(UTC)
        with self._database.write() as connection:
            return bool(connection.execute(install_states.delete().where(*its)).rowcount)


def _fit(installation: Installation) -> Installed:
    if installation.is_enterprise_install or not installation.team_id:
        raise Unfit("Parley is installed in one workspace at a time, not in a whole organisation")
    if installation.bot_token_expires_at is not None:
        raise Unfit("Parley renews no tokens: whoever runs the app turns token rotation off")
    who = installation.app_id, installation.bot_user_id, installation.bot_id, installation.bot_token
    app_id, bot_user, bot_id, token = who
    if not app_id or not bot_user or not bot_id or not token:
        raise Unfit("Slack gave no token of a bot: the app's manifest lacks its bot scopes")
    return Installed(installation.team_id, app_id, bot_user, bot_id, token)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
