"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from joinedup.config import numbering

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings")
application = get_wsgi_application()
numbering.start()
