// The tutorial's sign-up for Next.js, as pages/api/signup.js, written for this project.
// In the place of Prisma there is a map: like Prisma's model, it takes strings only, and each
// address once. X-Route says that the route was called at all.
import bcrypt from "bcrypt";
import { serialize } from "cookie";
import jwt from "jsonwebtoken";

const users = new Map();

function create(email, password) {
  if (typeof email !== "string" || typeof password !== "string") throw new TypeError("no string");
  if (users.has(email)) throw new Error("Unique constraint failed");
  users.set(email, { id: users.size + 1, email, password });
  return users.get(email);
}

export default async function signup(req, res) {
  res.setHeader("X-Route", "called");
  const salt = bcrypt.genSaltSync(4);
  const { email, password } = req.body;
  let user;
  try {
    user = create(email, bcrypt.hashSync(password, salt));
  } catch {
    return res.status(401).json({ error: "User already exists" });
  }
  const claims = { email: user.email, id: user.id, time: Date.now() };
  const token = jwt.sign(claims, "hello", { expiresIn: "8h" });
  const options = { httpOnly: true, maxAge: 8 * 60 * 60, path: "/", sameSite: "lax" };
  res.setHeader("Set-Cookie", serialize("TRAX_ACCESS_TOKEN", token, options));
  res.json(user);
}
