"""As much of a browser as a benchmark needs: one kept connection, cookies, forms, redirects, times."""

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TOKEN = "csrfmiddlewaretoken"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Page:
    """An answer: where it stands, what is in it, and how long the press took until it was answered."""

    address: str
    text: str
    status: int
    answered_ms: float
    """Until the answer to the press itself came, before the page that it leads to was asked for."""
    shown_ms: float

    @property
    def hidden(self) -> dict[str, str]:
        """What its forms hold beside what is typed."""
        return dict(_HIDDEN.findall(self.text))


class Browser:
    """One practitioner's."""

    def __init__(self, site: str, session: str) -> None:
        self._host = urlsplit(site).netloc
        self._cookies = {"sessionid": session}
        self._line = http.client.HTTPConnection(self._host, timeout=60)

    def get(self, path: str) -> Page:
        """A page."""
        return self._ask("GET", path, None)

    def post(self, path: str, said: dict[str, str]) -> Page:
        """A press, and the page it leads to."""
        return self._ask("POST", path, urlencode({**said, TOKEN: self._cookies["csrftoken"]}))

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        began = time.perf_counter()
        status, text, onward = self._once(method, path, body)
        answered = time.perf_counter() - began
        while onward:
            path = onward
            status, text, onward = self._once("GET", path, None)
        shown = time.perf_counter() - began
        return Page(path, text, status, answered * 1000, shown * 1000)

    def _once(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, **(_FORM if body is not None else {})}
        try:
            self._line.request(method, path, body, headers)
            answer = self._line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # A line that was kept too long without a word; a browser asks again too.
            self._line.close()
            self._line.request(method, path, body, headers)
            answer = self._line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text, answer.headers.get("Location") or ""
