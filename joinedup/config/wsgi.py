"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings")
application = get_wsgi_application()

# Models want Django set up before they are imported.
from joinedup.config import numbering  # noqa: E402

numbering.start()
