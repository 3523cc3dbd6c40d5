// node node.js <URL of the package's retort.js> <URL of this folder> <request as JSON>: prints the answers as JSON.
const [packageUrl, folderUrl, request] = process.argv.slice(2);
const { Retort } = await import(packageUrl);
const { answers } = await import(new URL("answers.js", folderUrl));
console.log(JSON.stringify(await answers({ Retort, ...JSON.parse(request) })));
