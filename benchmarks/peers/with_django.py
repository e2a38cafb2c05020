"""Django's own accounts with its bcrypt, a token in a cookie, under gunicorn.

gunicorn --preload --env PEER_DATABASE=… --env PEER_COST=… benchmarks.peers.with_django
"""

import json
import os
import time
import uuid

import django
import jwt
from django.conf import settings

SECRET = uuid.uuid4().hex
DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DATABASE"]}
settings.configure(
    SECRET_KEY=SECRET,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": DATABASE},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    PASSWORD_HASHERS=[f"{__name__}.Bcrypt"],
)
django.setup()

from django.contrib.auth.hashers import BCryptSHA256PasswordHasher  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import IntegrityError, connections  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Bcrypt(BCryptSHA256PasswordHasher):
    """Django's bcrypt at the cost of everybody else."""

    rounds = int(os.environ["PEER_COST"])


def signup(request: HttpRequest) -> JsonResponse:
    """Create the account and sign it in."""
    body = json.loads(request.body)
    email = body["email"]
    try:
        user = User.objects.create_user(email, email, body["password"])
    except IntegrityError:
        return JsonResponse({"error": "taken"}, status=409)
    token = jwt.encode({"sub": str(user.id), "exp": int(time.time()) + 3600}, SECRET, "HS256")
    response = JsonResponse({"id": user.id, "email": email}, status=201)
    response.set_cookie("token", token, max_age=3600, httponly=True, samesite="Lax")
    return response


def me(request: HttpRequest) -> JsonResponse:
    """Answer the account of the cookie."""
    try:
        claims = jwt.decode(request.COOKIES.get("token", ""), SECRET, ["HS256"])
    except jwt.PyJWTError:
        return JsonResponse({"error": "sign in"}, status=401)
    user = User.objects.get(pk=claims["sub"])
    return JsonResponse({"id": user.id, "email": user.email})


def health(request: HttpRequest) -> JsonResponse:
    """Answer."""
    return JsonResponse({"status": "ok"})


urlpatterns = [path("api/signup", signup), path("api/me", me), path("health", health)]
call_command("migrate", verbosity=0)
connections.close_all()  # gunicorn forks after this
application = get_wsgi_application()
