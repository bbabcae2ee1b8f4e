"""How the site is set up, read from the environment; no module imports this, Django is told its name."""

import datetime
import json
import os
from pathlib import Path

from joinedup.config import logs
from joinedup.config.secret_key import secret_key
from joinedup.foundations.core.database.addresses import database_settings
from joinedup.foundations.core.database.cluster import data_folder

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = data_folder()

# Demo means invented people and sign-in by persona; production must never say so.
DEMO = os.environ.get("JOINEDUP_DEMO") == "1"
DEBUG = False
SECRET_KEY = secret_key(DATA, required=not DEMO)
SECRET_KEY_FALLBACKS = os.environ.get("JOINEDUP_SECRET_KEYS_BEFORE", "").split()
ALLOWED_HOSTS = os.environ.get("JOINEDUP_HOSTS", "localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith("[")]

INSTALLED_APPS = [
    "django.contrib.contenttypes",  # auth needs it
    "django.contrib.auth",  # password hashing and rules; no permissions, no admin
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",  # array columns
    "django_htmx",
    "joinedup.foundations.core",
    "joinedup.foundations.audit",
    "joinedup.foundations.accounts",
    "joinedup.foundations.places",
    "joinedup.foundations.agencies",
    "joinedup.foundations.notices",
    "joinedup.foundations.meetings",
    "joinedup.identity.people",
    "joinedup.identity.sharing",
    "joinedup.identity.accountability",
    "joinedup.intelligence.linkage",
    "joinedup.partnership.workforce",
    "joinedup.partnership.funds",
    "joinedup.support.handovers",
    "joinedup.support.safeguarding",
    "joinedup.support.contacts",
    "joinedup.support.questions",
    "joinedup.support.cases",
    "joinedup.support.frontdoor",
    "joinedup.support.panels",
    "joinedup.single_view",
]
if DEMO:
    INSTALLED_APPS.append("joinedup.demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "joinedup.support.panels.middleware.NothingNew",
    "joinedup.single_view.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "joinedup.foundations.accounts.middleware.Presence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "joinedup.single_view.middleware.SignedInPost",
    "django_htmx.middleware.HtmxMiddleware",
    "joinedup.foundations.core.pages.PageMarks",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "joinedup.config.urls"
WSGI_APPLICATION = "joinedup.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "joinedup.single_view.navigation.navigation",
                *(["joinedup.demo.banner.banner"] if DEMO else []),
            ],
        },
    }
]

DATABASES = database_settings(os.environ, DATA)

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = LOGOUT_REDIRECT_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
FORM_RENDERER = "joinedup.foundations.core.forms.GovukRenderer"
CSRF_FAILURE_VIEW = "joinedup.foundations.core.errors.form_expired"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Long, not common, and no rule about which characters (ASVS 6.2).
_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
    {
        "NAME": f"{_CHECKS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "joinedup.foundations.accounts.password_check.NotTooEasy"},
]
# Employers' sign-ins (OpenID Connect): a list in JSON, as docs/production.md shows.
SINGLE_SIGN_ON = tuple(json.loads(os.environ.get("JOINEDUP_SINGLE_SIGN_ON", "[]")))
# Proxies of ours in front: how many entries of X-Forwarded-For can be believed, from the right.
PROXIES = int(os.environ.get("JOINEDUP_PROXIES", "0" if DEMO else "1"))
# A persona has neither password nor second factor: a press stands for the proof.
NOTHING_TO_PROVE_WITH = DEMO

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Days an agreement stays open past its review date when nobody accepted that it goes on (P7).
REVIEW_GRACE_DAYS = int(os.environ.get("JOINEDUP_REVIEW_GRACE_DAYS", "0"))
# Minutes for which somebody in danger rings one round of posts before the next (P19).
EXIT_RINGS_AGAIN_MINUTES = int(os.environ.get("JOINEDUP_EXIT_RINGS_AGAIN_MINUTES", "15"))
# The day from which the duty to share to safeguard a child binds (Children Act 2004 s16LA); none yet.
_duty = os.environ.get("JOINEDUP_DUTY_TO_SHARE_FROM", "")
DUTY_TO_SHARE_FROM = datetime.date.fromisoformat(_duty) if _duty else None
# The day from which the combined-factor check may tell that a parent was known as a child; none until it is let.
_known = os.environ.get("JOINEDUP_PARENT_KNOWN_AS_CHILD_FROM", "")
PARENT_KNOWN_AS_CHILD_FROM = datetime.date.fromisoformat(_known) if _known else None
# What the public pages take within an hour, of one browser and of one network: '{"sent": [5, 40]}'.
PUBLIC_LIMITS = json.loads(os.environ.get("JOINEDUP_PUBLIC_LIMITS", "{}"))
# E-mail holds a link to the site and nothing else; without a server notices wait on their page.
SITE_ADDRESS = os.environ.get("JOINEDUP_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
MAIL_SERVER = os.environ.get("JOINEDUP_MAIL", "")
MAIL_SENDER = os.environ.get("JOINEDUP_MAIL_FROM", f"notices@{ALLOWED_HOSTS[0]}")
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_HANDLERS = ["joinedup.foundations.core.uploads.InMemory"]
# Where agencies' deliveries arrive, and for how many days one stays there once a night has taken it in (P15).
INBOX = Path(os.environ.get("JOINEDUP_INBOX") or DATA / "inbox")
INBOX_DAYS = int(os.environ.get("JOINEDUP_INBOX_DAYS", "30"))
# The second place of the audit's signed heads; in production another machine's mount.
AUDIT_HEADS = Path(os.environ.get("JOINEDUP_AUDIT_HEADS") or DATA / "audit_heads")

# Nothing from another host, nothing inline, nobody may frame us; there are no exceptions.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "joinedup.foundations.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # a long working day; desks are shared
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# The demo is served over plain HTTP on this machine; anything else sits behind TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
if not DEMO:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = logs.logging_settings(as_json=not DEMO)
logs.set_up()
