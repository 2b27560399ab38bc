// Visits the page of examples/motion: page.cjs URL SCREENSHOT
// Prints its checks, a line each; a check that fails ends it with a message.
"use strict";
const path = require("node:path");
const puppeteer = require(path.join(__dirname, "../../node_modules/puppeteer-core"));

async function main(url, screenshot) {
  const browser = await puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
    timeout: 60000,
  });
  try {
    await visit(await browser.newPage(), url, screenshot);
  } finally {
    await browser.close();
  }
}

async function visit(page, url, screenshot) {
  page.on("pageerror", (error) => console.log(`page: ${error}`));
  page.setDefaultTimeout(30000);
  await page.setViewport({ width: 1200, height: 530 });
  await page.goto(url);
  await page.waitForFunction(() => state.frames > 10);
  console.log("frames come");
  if (!(await page.evaluate(painted))) throw new Error("nothing is drawn");
  console.log("they are drawn");
  await move(page, "pan_x", 25);
  await page.waitForFunction(() => state.mean[0] > 20 && Math.abs(state.mean[1]) < 10);
  console.log("a slider moves them");
  await move(page, "pan_x", 0);
  await move(page, "swirl", 90);
  await page.waitForFunction(() => Math.abs(state.mean[0]) < 10);
  console.log("and back");
  const frames = await page.evaluate(() => state.frames);
  await page.reload();
  await page.waitForFunction((before) => state.frames > 0 && state.frames < before + 10, {}, frames);
  console.log("a second visit works");
  await move(page, "swirl", 90);
  await page.waitForFunction(() => state.frames > 20);
  await page.screenshot({ path: screenshot });
}

function painted() {
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return data.some((byte) => byte > 0);
}

function move(page, slider, value) {
  return page.evaluate(
    (name, to) => {
      const input = document.querySelector(`input[name=${name}]`);
      input.value = to;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    slider,
    value,
  );
}

main(...process.argv.slice(2)).catch((error) => {
  console.log(error.message);
  process.exitCode = 1;
});
