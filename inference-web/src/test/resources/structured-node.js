// node structured-node.js <URL of the package's retort.node.js> <options as JSON>: prints what was found as JSON.
const [packageUrl, text] = process.argv.slice(2);
const { Retort } = await import(packageUrl);
const { structured } = await import(new URL("structured.js", import.meta.url));
try {
  console.log(JSON.stringify(await structured(Retort, JSON.parse(text))));
} catch (error) {
  console.log(JSON.stringify({ error: error.stack }));
}
