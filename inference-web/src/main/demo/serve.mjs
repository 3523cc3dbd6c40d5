// node serve.mjs NPM_DIRECTORY BUNDLE_DIRECTORY... [--port N]: serves the demo, the package and bundles on this machine.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const HERE = path.dirname(fileURLToPath(import.meta.url));

const { values, positionals } = parseArgs({ allowPositionals: true, options: { port: { type: "string", default: "8480" } } });
const [npm, ...directories] = positionals;
if (directories.length === 0) {
  console.error("usage: node serve.mjs NPM_DIRECTORY BUNDLE_DIRECTORY... [--port N]");
  process.exit(2);
}

/** The examples that the page has for bundles of this name, with where each bundle is. */
async function bundleList() {
  const known = JSON.parse(await readFile(path.join(HERE, "bundles.json"), "utf8"));
  return Promise.all(
    directories.map(async (directory, index) => {
      const { name, version } = JSON.parse(await readFile(path.join(directory, "manifest.json"), "utf8"));
      return { ...known.find((entry) => entry.name === name), name, version, url: `bundles/${index}/` };
    }),
  );
}

/** Which file a path stands for; undefined where it leads out of its directory. */
function fileOf(pathname) {
  const [, first, ...rest] = pathname.split("/");
  let root = HERE;
  let inside = [first || "index.html", ...rest];
  if (first === "npm") {
    [root, inside] = [npm, rest];
  } else if (first === "bundles") {
    [root, inside] = [directories[Number(rest[0])] ?? HERE, rest.slice(1)];
  }
  const file = path.resolve(root, ...inside);
  return file.startsWith(path.resolve(root) + path.sep) ? file : undefined;
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Cache-Control", "no-cache");
  if (pathname === "/bundles.json") {
    response.setHeader("Content-Type", TYPES[".json"]);
    response.end(JSON.stringify(await bundleList()));
    return;
  }
  const file = fileOf(pathname);
  const found = file && (await stat(file).catch(() => undefined));
  if (!found?.isFile() || !["GET", "HEAD"].includes(request.method)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
  response.setHeader("Content-Length", found.size);
  createReadStream(file).pipe(response);
}

await bundleList(); // so that what is no bundle is told now
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(`demo: ${request.url}: ${error.message}`);
    response.destroy();
  });
});
server.listen(Number(values.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
