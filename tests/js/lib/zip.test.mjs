import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { crc32, Zip } from "../../../static/js/lib/zip.js";

const bytes = (text) => new TextEncoder().encode(text);
const READ = "import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({e.filename: [e.compress_type, z.read(e).decode()] for e in z.infolist()}))";

test("the check sum is the one that ZIP has", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  assert.equal(crc32(bytes("")), 0);
});

test("another program reads what was written", async () => {
  const zip = new Zip();
  zip.add("a.json", bytes('{"a":1}').buffer);
  zip.add("visits/b/ő.txt", bytes("hello ".repeat(1000)).buffer);
  zip.add("empty", new ArrayBuffer(0));
  const path = join(mkdtempSync(join(tmpdir(), "zip-")), "x.zip");
  writeFileSync(path, new Uint8Array(await zip.finish().arrayBuffer()));
  const read = JSON.parse(execFileSync("python3", ["-c", READ, path]).toString());
  assert.deepEqual(read, { "a.json": [0, '{"a":1}'], "visits/b/ő.txt": [0, "hello ".repeat(1000)], empty: [0, ""] });
});
