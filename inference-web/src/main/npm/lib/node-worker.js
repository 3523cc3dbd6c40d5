import { parentPort } from "node:worker_threads";
import { nodeHost } from "./node.js";
import { serveSession } from "./worker.js";

serveSession(nodeHost, (message) => parentPort.postMessage(message), (listener) => parentPort.on("message", listener));
