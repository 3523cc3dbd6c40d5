import { browserHost } from "./browser.js";
import { serveSession } from "./worker.js";

serveSession(browserHost, (message) => postMessage(message), (listener) => addEventListener("message", (event) => listener(event.data)));
