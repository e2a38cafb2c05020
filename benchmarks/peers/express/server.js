// The tutorial's own shape in Express: hashSync, create, sign, a cookie.
//
//     node server.js PORT DATABASE COST
//
// SQLite is a WebAssembly build, so that no compiler is needed.

const crypto = require("node:crypto");
const bcrypt = require("bcryptjs");
const express = require("express");
const jwt = require("jsonwebtoken");
const { Database } = require("node-sqlite3-wasm");

const [port, path, cost] = process.argv.slice(2);
const secret = crypto.randomBytes(32).toString("hex");
const database = new Database(path);
database.exec(
  "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, password TEXT NOT NULL)",
);

const app = express();
app.use(express.json());

app.post("/api/signup", (request, response) => {
  const { email, password } = request.body;
  const salt = bcrypt.genSaltSync(Number(cost));
  let id;
  try {
    const insert = "INSERT INTO users (email, password) VALUES (?, ?)";
    id = database.run(insert, [email, bcrypt.hashSync(password, salt)]).lastInsertRowId;
  } catch {
    return response.status(401).json({ error: "User already exists" });
  }
  const token = jwt.sign({ id: Number(id), email, time: Date.now() }, secret, { expiresIn: "8h" });
  response.cookie("TRAX_ACCESS_TOKEN", token, { maxAge: 8 * 60 * 60 * 1000, httpOnly: true });
  response.status(201).json({ id: Number(id), email });
});

app.get("/api/me", (request, response) => {
  const [, token] = /TRAX_ACCESS_TOKEN=([^;]+)/.exec(request.headers.cookie ?? "") ?? [];
  try {
    const { id } = jwt.verify(token, secret);
    response.json(database.get("SELECT id, email FROM users WHERE id = ?", [id]));
  } catch {
    response.status(401).json({ error: "Not Authorized" });
  }
});

app.get("/health", (request, response) => response.json({ status: "ok" }));

app.listen(Number(port), "127.0.0.1");
