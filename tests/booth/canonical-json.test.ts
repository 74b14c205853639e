import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, FormatError, members, parseCanonical, weight, type Json } from "../../src/ActiveCitizens.Web/Assets/booth/canonical-json.js";

test("texts are escaped as the protocol says and no further", () => {
  assert.equal(canonical('"\\\b\f\n\r\t'), String.raw`"\"\\\b\f\n\r\t"`);
  assert.equal(canonical("\u0000\u0001\u000b\u001f\u007f"), String.raw`"\u0000\u0001\u000b\u001f\u007f"`);
  assert.equal(canonical("/<>&'+é\u0080\u2028\u2029😀\ufeff"), "\"/<>&'+é\u0080\u2028\u2029😀\ufeff\"");
});

test("members stay in their order, without white space", () => {
  assert.equal(canonical({ b: [1, "2", true, {}], a: false, c: [] }), '{"b":[1,"2",true,{}],"a":false,"c":[]}');
});

test("numbers are whole, from zero to 2^30 - 1; larger weights stand in quotes", () => {
  assert.equal(canonical(1073741823), "1073741823");
  for (const wrong of [1073741824, -1, -0, 0.5, NaN, Infinity]) {
    assert.throws(() => canonical(wrong), RangeError, String(wrong));
  }
  assert.equal(canonical(weight(1073741823n)), "1073741823");
  assert.equal(canonical(weight(1073741824n)), '"1073741824"');
});

test("half a surrogate pair cannot be written", () => {
  for (const wrong of ["\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db"]) {
    assert.throws(() => canonical(wrong), RangeError);
  }
});

test("what another JSON library would write is refused", () => {
  assert.deepEqual(parseCanonical("x", '{"a":["é/",1]}'), { a: ["é/", 1] });
  for (const wrong of ['{"a":1 }', ' {"a":1}', '{"a":1}\n', '{"a":1,"a":1}', '{"a":1.0}', '{"a":1e0}', '{"a":-1}', '{"a":null}', '"\\u00e9"', '"\\/"', '"\\u0041"',
    '"\\u001F"', '"\u007f"', '"\\ud83d"', '{"b":1,"0":1}', "", "{", "[1,]", '\ufeff"a"', "[".repeat(200000)]) {
    assert.throws(() => parseCanonical("x", wrong), FormatError, wrong.slice(0, 20));
  }
});

test("an object has exactly the members expected, in their order", () => {
  assert.doesNotThrow(() => members("x", { a: 1, b: 2 }, ["a", "b", "c?"]));
  assert.doesNotThrow(() => members("x", { a: 1, b: 2, c: 3 }, ["a", "b", "c?"]));
  const wrongs: (Json | undefined)[] = [{ b: 2, a: 1 }, { a: 1 }, { a: 1, b: 2, d: 3 }, { a: 1, c: 3, b: 2 }, [], "a", undefined];
  for (const wrong of wrongs) {
    assert.throws(() => members("x", wrong, ["a", "b", "c?"]), FormatError);
  }
  assert.throws(() => members("x", parseCanonical("x", '{"__proto__":{},"a":1}'), ["a"]), FormatError);
});
