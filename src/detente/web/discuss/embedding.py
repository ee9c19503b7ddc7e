"""Comments on pages of other sites: one small script there, a frame of ours in it."""

from importlib.resources import files

from detente.web.discuss.threads import thread
from detente.web.discuss.visit import Action, Reply, Visit
from detente.web.guard import POLICY

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
KEPT = {"cache-control": "public, max-age=3600", "cross-origin-resource-policy": "cross-origin"}


def script(visit: Visit) -> Reply:
    """The script that other pages load."""
    body = (files("detente.web") / "discuss" / "embed.js").read_bytes()
    return Reply(body=body, media="text/javascript", headers=dict(KEPT))


def frame(visit: Visit) -> Reply:
    """The thread of another site's page, to be shown in a frame there."""
    visit.query = dict(visit.query) | {"kind": "page", "part": ""}
    reply = thread(visit)
    reply.headers["content-security-policy"] = FRAMED
    reply.headers["cross-origin-resource-policy"] = "cross-origin"
    return reply


ACTIONS = [Action(path="/comments/embed.js", make=script), Action(path="/comments/embed", make=frame)]
