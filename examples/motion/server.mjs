// Serves the page: server.mjs PORT RUNNER [ARGUMENT...]. What its sliders say goes to the
// script over ZeroMQ, and the script's motion vectors go to the page. The script runs under
// the runner, or, if VIDEO names one in the environment, on that video under fflive.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import * as zmq from "zmqjs";
import { messages } from "zmqjs/promises";

const [port, ...runner] = process.argv.slice(2);
const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

const context = new zmq.Context();
const values = context.socket(zmq.PUB);
const vectors = context.socket(zmq.PULL);
vectors.setsockopt(zmq.RCVHWM, 2);
for (const socket of [values, vectors]) socket.bind("tcp://127.0.0.1:*");

let current = "{}";
function publish() {
  values.send(current);
}
setInterval(publish, 1000); // for a script that comes late

const pages = new Set();
async function relay() {
  for await (const message of messages(vectors)) {
    const data = Buffer.from(message).toString("base64");
    for (const page of pages) if (page.writableLength < 1 << 20) page.write(`data: ${data}\n\n`);
  }
}

async function answer(request, response) {
  const route = `${request.method} ${request.url}`;
  if (route === "GET /") {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(await readFile(beside("page.html")));
  } else if (route === "GET /vectors") {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    pages.add(response);
    response.on("close", () => pages.delete(response));
  } else if (route === "POST /values") {
    const text = (await request.setEncoding("utf8").toArray()).join("");
    current = JSON.stringify(JSON.parse(text));
    publish();
    response.writeHead(204).end();
  } else {
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(400).end(String(error)));
});
server.listen(Number(port), "127.0.0.1");
await once(server, "listening");
relay();

const endpoints = [values.last_endpoint, vectors.last_endpoint];
const [program, ...words] = process.env.VIDEO
  ? ["fflive", "-i", process.env.VIDEO, "-s", beside("glitch.js"), "-sp", JSON.stringify(endpoints)]
  : [...runner, beside("frames.js"), ...endpoints];
const script = spawn(program, words, { stdio: "inherit" });
script.on("error", (error) => console.error(error.message));
script.on("exit", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => script.kill("SIGINT"));

console.log(`http://127.0.0.1:${server.address().port}/`);
