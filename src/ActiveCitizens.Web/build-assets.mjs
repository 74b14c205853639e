// Bundles Assets/ into wwwroot/assets: names carry a hash of the content, so browsers may keep a file for ever;
// each file lies beside its .br and .gz form. manifest.json tells the site the built names and holds the icons.
import { build } from "esbuild";
import { constants, brotliCompressSync, gzipSync } from "node:zlib";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(root, "wwwroot", "assets");
const entries = ["site.css", "map.css", "site.ts", "map.ts", "chart.ts", "passkey.ts"];
const fonts = {
  "font-regular": "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-normal.woff2",
  "font-bold": "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-normal.woff2",
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries.map((name) => path.join("Assets", name)),
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file", ".png": "dataurl" },
  metafile: true,
  legalComments: "linked",
  logLevel: "warning",
});

const files = {};
const outputs = Object.entries(metafile.outputs).map(([file, output]) => ({ name: path.basename(file), output }));
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

const compressible = (await readdir(target)).filter((name) => /\.(css|js|svg|txt)$/.test(name));
const compressed = {};
for (const name of compressible) {
  const content = await readFile(path.join(target, name));
  const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  await writeFile(path.join(target, `${name}.br`), br);
  await writeFile(path.join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
  compressed[name] = br.length;
}

// Written last and in one step: its time is what the build compares, and a reader never sees half of it.
const manifest = path.join(target, "manifest.json");
await writeFile(`${manifest}.part`, JSON.stringify({ files, compressed, icons }, null, 1));
await rename(`${manifest}.part`, manifest);
