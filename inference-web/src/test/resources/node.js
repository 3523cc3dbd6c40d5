// node node.js <URL of the package's retort.node.js> <request as JSON>: prints the answers, or the error, as JSON.
const [packageUrl, text] = process.argv.slice(2);
const { Retort } = await import(packageUrl);
const { answers } = await import(new URL("answers.js", import.meta.url));
const { requests, ...options } = JSON.parse(text);
try {
  const retort = await Retort.initialize(options);
  console.log(JSON.stringify(await answers(retort, requests)));
  retort.close();
} catch (error) {
  console.log(JSON.stringify({ error: error.message, code: error.code }));
}
