"""Links that open one page for a reader who has no key: an article's, such as for one who follows a citation
in Slack, or an answer that somebody shares.

A link is signed over its whole path and query, expiry included, with a secret derived from the API key: it
opens that page alone, an article's at that version and that quotation, until it expires or the key changes.
One that was made for whoever bears a key of the record names it by its id, and ends with it too.
"""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable

from service.config import KEY_PRINCIPAL

LINK_SECONDS = 30 * 24 * 3600
_SIGNED = re.compile(
    r"(?:/articles/a_[0-9a-f]{32}\?version=[1-9][0-9]{0,8}&quote=[0-9]{1,9}-[0-9]{1,9}&|/shared/ans_[0-9a-f]{32}\?)"
    r"expires=(?P<expires>[0-9]{1,12})(?:&by=(?P<by>k_[0-9a-f]{12}))?&token=(?P<token>[A-Za-z0-9_-]{43})"
)
_PAGE = re.compile(
    r"(?:/articles/a_[0-9a-f]{32}\?version=[0-9]+&quote=[0-9]+-[0-9]+|/shared/ans_[0-9a-f]{32})\Z"
)


class PageLinks:
    """Without a key every page is open, and links stay as they are, as they do while none is `wanted`.
    `lives`: whether a principal's key still lets somebody in."""

    def __init__(
        self,
        key: str | None,
        *,
        wanted: Callable[[], bool] = lambda: True,
        lives: Callable[[str], bool] = lambda principal: True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._wanted = wanted
        self._lives = lives
        self._secret = None if key is None else hmac.digest(key.encode(), b"parley page link", hashlib.sha256)
        self._clock = clock

    def signed(self, link: str, *, until: int | None = None, by: str = "") -> str:
        """The link of a citation or a shared answer, absolute or not, as it may be given to a reader without
        a key: for 30 days, or up to `until`, in seconds since 1970, where that comes sooner; and no longer
        than the key of the principal `by`."""
        address, mark, fragment = link.partition("#")
        page = _PAGE.search(address)
        if self._secret is None or page is None or not self._wanted():
            return link
        joint = "&" if "?" in page.group() else "?"
        longest = int(self._clock()) + LINK_SECONDS
        ends = f"{joint}expires={longest if until is None else min(until, longest)}"
        if by.startswith(KEY_PRINCIPAL):
            ends += f"&by={by.removeprefix(KEY_PRINCIPAL)}"
        return f"{address}{ends}&token={self._token(page.group() + ends)}{mark}{fragment}"

    def opens(self, target: str) -> bool:
        """Whether a request for this path and query, exactly as they were sent, bears a token for it."""
        found = _SIGNED.fullmatch(target)
        if self._secret is None or found is None:
            return False
        unsigned = target.rpartition("&token=")[0]
        signed = hmac.compare_digest(found["token"], self._token(unsigned))
        if not signed or int(found["expires"]) < self._clock():
            return False
        return found["by"] is None or self._lives(KEY_PRINCIPAL + found["by"])

    def _token(self, text: str) -> str:
        digest = hmac.digest(self._secret or b"", text.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
