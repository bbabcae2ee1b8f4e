"""What the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings")
application = get_wsgi_application()

# Models want Django set up before they are imported.
from joinedup.config import numbering  # noqa: E402

numbering.start()

# All that is loaded lives as long as the server: looked through again and again it would cost a page
# a fifth of its time. The first page finds every address loaded as well.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
