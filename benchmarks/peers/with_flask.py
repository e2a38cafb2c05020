"""Flask, SQLAlchemy, bcrypt and PyJWT under waitress with its four threads.

python -m benchmarks.peers.with_flask PORT DATABASE COST
"""

import sys
import time
import uuid

import bcrypt
import jwt
import waitress
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

PORT, DATABASE, COST = sys.argv[1:]
SECRET = uuid.uuid4().hex


class Base(DeclarativeBase):
    """The root of the tables."""


class User(Base):
    """An account."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]


engine = create_engine(f"sqlite:///{DATABASE}")
Base.metadata.create_all(engine)
sessions = sessionmaker(engine, expire_on_commit=False)
app = Flask(__name__)


@app.post("/api/signup")
def signup() -> ResponseReturnValue:
    """Create the account and sign it in."""
    body = request.get_json()
    hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt(int(COST))).decode()
    user = User(email=body["email"], password=hashed)
    try:
        with sessions.begin() as session:
            session.add(user)
    except IntegrityError:
        return jsonify(error="taken"), 409
    token = jwt.encode({"sub": str(user.id), "exp": int(time.time()) + 3600}, SECRET, "HS256")
    response = jsonify(id=user.id, email=user.email)
    response.set_cookie("token", token, max_age=3600, httponly=True, samesite="Lax")
    return response, 201


@app.get("/api/me")
def me() -> ResponseReturnValue:
    """Answer the account of the cookie."""
    try:
        claims = jwt.decode(request.cookies.get("token", ""), SECRET, ["HS256"])
    except jwt.PyJWTError:
        return jsonify(error="sign in"), 401
    with sessions() as session:
        user = session.get_one(User, int(claims["sub"]))
    return jsonify(id=user.id, email=user.email)


@app.get("/health")
def health() -> ResponseReturnValue:
    """Answer."""
    return jsonify(status="ok")


if __name__ == "__main__":
    waitress.serve(app, host="127.0.0.1", port=int(PORT), threads=4)
