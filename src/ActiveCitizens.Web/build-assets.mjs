// Bundles Assets/ into wwwroot/assets: names carry a hash of the content, so browsers may keep a file for ever;
// each file lies beside its .br and .gz form. manifest.json tells the site the built names and holds the icons.
// What ballots and keys are trusted to, the workers and the copy to download, also gets fingerprints that anyone can compare.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { constants, brotliCompressSync, gzipSync } from "node:zlib";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(root, "wwwroot", "assets");
const entries = ["site.css", "map.css", "site.ts", "map.ts", "chart.ts", "desk.ts", "passkey.ts", "vote.css", "vote.ts", "board.ts", "board.css"];
const boothWorkerBudget = 80 * 1024;
const fonts = {
  "font-regular": "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-normal.woff2",
  "font-bold": "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-normal.woff2",
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  metafile: true,
  legalComments: "linked",
  logLevel: "warning",
};
const named = { ...shared, outdir: target, entryNames: "[name]-[hash]", assetNames: "[name]-[hash]" };
const site = await build({
  ...named,
  entryPoints: entries.map((name) => path.join("Assets", name)),
  format: "esm",
  loader: { ".woff2": "file", ".png": "dataurl" },
});
// A classic script: old browsers know no modules in workers.
const workers = await build({ ...named, entryPoints: ["Assets/booth/booth-worker.ts", "Assets/booth/trustee-worker.ts"], format: "iife" });

const files = {};
const outputs = Object.entries({ ...site.metafile.outputs, ...workers.metafile.outputs }).map(([file, output]) => ({ name: path.basename(file), output }));
for (const { name, output } of outputs) {
  if (output.entryPoint !== undefined) {
    files[path.basename(output.entryPoint).replace(/\.ts$/, ".js")] = { name, bytes: output.bytes };
  }
}

for (const [key, source] of Object.entries(fonts)) {
  const stem = path.basename(source, ".woff2");
  const built = outputs.find(({ name }) => name.startsWith(`${stem}-`) && name.endsWith(".woff2"));
  if (built === undefined) {
    throw new Error(`site.css no longer uses the font ${stem}.`);
  }
  files[`${key}.woff2`] = { name: built.name, bytes: built.output.bytes };
}

const icons = {};
for (const name of JSON.parse(await readFile(path.join(root, "Assets", "icons.json"), "utf8"))) {
  const svg = await readFile(path.join(root, "node_modules", "lucide-static", "icons", `${name}.svg`), "utf8");
  icons[name] = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
}

// One page that needs nothing else: what it does can be read, kept, and run without a network.
const inlined = await build({ ...shared, entryPoints: ["Assets/booth/standalone.ts", "Assets/booth/standalone.css"], outdir: target, write: false, format: "iife", charset: "utf8", legalComments: "inline" });
const [script, style] = [".js", ".css"].map((end) => inlined.outputFiles.find((file) => file.path.endsWith(end)).text.trim());
const hash = (content, algorithm = "sha256", form = "base64") => createHash(algorithm).update(content).digest(form);
const page = Buffer.from((await readFile(path.join(root, "Assets/booth/standalone.html"), "utf8"))
  .replace("{style}", () => style)
  .replace("{script}", () => script)
  .replace("{policy}", `default-src 'none'; script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'`));
if (page.toString().split("</script").length !== 2) {
  throw new Error("booth-standalone.html: the script would end too early.");
}
const standalone = `booth-standalone-${hash(page, "sha256", "hex").slice(0, 8)}.html`;
await writeFile(path.join(target, standalone), page);
files["booth-standalone.html"] = { name: standalone, bytes: page.length };

for (const file of [files["booth-worker.js"], files["trustee-worker.js"], files["booth-standalone.html"]]) {
  const content = await readFile(path.join(target, file.name));
  file.integrity = `sha384-${hash(content, "sha384")}`;
  file.sha256 = hash(content, "sha256", "hex");
}

const compressible = (await readdir(target)).filter((name) => /\.(css|html|js|svg|txt)$/.test(name));
const compressed = {};
for (const name of compressible) {
  const content = await readFile(path.join(target, name));
  const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  await writeFile(path.join(target, `${name}.br`), br);
  const gz = gzipSync(content, { level: 9 });
  await writeFile(path.join(target, `${name}.gz`), gz);
  compressed[name] = br.length;
  if (name === files["booth-worker.js"].name && Math.max(br.length, gz.length) > boothWorkerBudget) {
    throw new Error(`booth-worker.js has ${gz.length} bytes compressed; at most ${boothWorkerBudget} are allowed.`);
  }
}

// Written last and in one step: its time is what the build compares, and a reader never sees half of it.
const manifest = path.join(target, "manifest.json");
await writeFile(`${manifest}.part`, JSON.stringify({ files, compressed, icons }, null, 1));
await rename(`${manifest}.part`, manifest);
