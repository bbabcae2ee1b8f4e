"""The site's settings as the tests run them: a folder and a database of their own, demo on."""

import os
import tempfile

from tests import session_folder

# Before the real settings are read. Workers inherit the folder from the process that made it.
if "JOINEDUP_TEST_FOLDER" not in os.environ:
    made = session_folder.make()
    os.environ["JOINEDUP_TEST_FOLDER"] = str(made)
    # What tests write for themselves goes beside it.
    os.environ["TMPDIR"] = str(made.parent)
    tempfile.tempdir = None
os.environ["JOINEDUP_DATA"] = os.environ["JOINEDUP_TEST_FOLDER"]
os.environ["JOINEDUP_DEMO"] = "1"
# A test never touches the database that somebody works on.
for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
    os.environ.pop(name, None)

from joinedup.config.settings import *  # noqa: E402, F403
from joinedup.config.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A pool would hold on to clones that are to be dropped.
DATABASES["default"]["OPTIONS"].pop("pool")
