import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, encodeOne, generator, identity, power, product, publicPower } from "../../src/ActiveCitizens.Web/Assets/booth/group.js";
import { challenge, digest } from "../../src/ActiveCitizens.Web/Assets/booth/hashing.js";
import { order, parseScalar, randomScalar, reduce, scalarOfBytes } from "../../src/ActiveCitizens.Web/Assets/booth/scalars.js";
import { ed25519 } from "./vectors.js";

const secret = scalarOfBytes(digest("private key example"));

test("powers and their texts are those of the reference program", () => {
  assert.equal(order.toString(), ed25519.q);
  assert.equal(secret.toString(), ed25519['x = SHA256("private key example") mod q']);
  const square = power(generator, 2n);
  const key = power(generator, secret);
  assert.deepEqual(
    [generator, identity, square, power(generator, 12345n), power(generator, order - 1n), key, product([key, square])].map(encodeOne),
    ["g", "one", "g^2", "g^12345", "g^(q-1)", "g^x", "g^x * g^2"].map((name) => ed25519[name]));
});

test("hashes to scalars are those of the reference program", () => {
  assert.equal(challenge("prove|example|", [generator, power(generator, 2n)]).toString(), ed25519['H("prove|example|",[g,g^2])']);
  assert.equal(challenge("x|", []).toString(), ed25519['H("x|",[])']);
});

test("the power of zero is the identity, for secret and public exponents, on every base", () => {
  const base = power(generator, 5n);
  for (const one of [power(generator, 0n), power(base, 0n), publicPower(generator, 0n), publicPower(base, 0n)]) {
    assert.equal(encodeOne(one), ed25519["one"]);
  }
});

test("secret and public powers agree, and elements survive their text", () => {
  for (let i = 0; i < 20; i++) {
    const [x, y] = [randomScalar(), randomScalar()];
    const base = power(generator, x);
    const shared = power(base, y);
    assert.equal(encodeOne(shared), encodeOne(power(generator, reduce(x * y))));
    assert.equal(encodeOne(shared), encodeOne(publicPower(base, y)));
    assert.ok(decode(encodeOne(shared))?.equals(shared));
  }
});

test("many elements, the identity among them, are written as one by one", () => {
  const elements = [identity, generator, power(generator, 3n), identity];
  assert.deepEqual(encode(elements), elements.map(encodeOne));
  assert.deepEqual(encode([]), []);
});

test("encodings that the reference program refuses are refused", () => {
  assert.equal(ed25519.must_reject_encodings.length, 5);
  for (const { hex, why } of ed25519.must_reject_encodings) {
    assert.equal(decode(hex), undefined, why);
  }
});

test("an element with a component of small order is refused, not cleared", () => {
  // y = -1 has order 2: adding it to an element (x, y) gives (-x, -y), which is on the curve.
  const text = encodeOne(power(generator, secret));
  const p = 2n ** 255n - 19n;
  const z = BigInt(`0x${text}`);
  const [sign, y] = [z >> 255n, z & (2n ** 255n - 1n)];
  const other = ((p - y) | ((1n - sign) << 255n)).toString(16).padStart(64, "0");
  assert.equal(decode(other), undefined);
  assert.notEqual(decode(text), undefined);
});

test("only 64 lower-case digits are an element", () => {
  const text = encodeOne(generator.double());
  for (const wrong of ["", text.slice(1), `0${text}`, text.toUpperCase(), ` ${text.slice(1)}`, `0x${text.slice(2)}`, `${text}\n`, text.replace(/.$/, "g")]) {
    assert.equal(decode(wrong), undefined, wrong);
  }
});

test("only the shortest decimal below the order is a scalar", () => {
  assert.equal(parseScalar("0"), 0n);
  assert.equal(parseScalar((order - 1n).toString()), order - 1n);
  for (const wrong of ["", "00", "01", "+1", "-1", "0x1", "1e3", " 1", "1\n", order.toString(), "9".repeat(76), "9".repeat(1000), "１"]) {
    assert.equal(parseScalar(wrong), undefined, wrong);
  }
});

test("random scalars fill the whole range", () => {
  const drawn = Array.from({ length: 400 }, randomScalar);
  assert.equal(new Set(drawn).size, drawn.length);
  for (const quarter of [0n, 1n, 2n, 3n]) {
    // Binomial(400, 1/4): below 50 or above 160 happens once in 10^9.
    const inside = drawn.filter((x) => x * 4n / order === quarter).length;
    assert.ok(inside > 50 && inside < 160, `${inside} in quarter ${quarter}`);
  }
});
