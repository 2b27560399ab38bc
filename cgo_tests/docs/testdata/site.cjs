// Visits each page of the site as a reader with a phone and one with a wide screen does: site.cjs URL SCREENSHOTS PAGE...
// Prints each problem, a line each, and at the end how many pages and links it has checked.
"use strict";
const path = require("node:path");
const puppeteer = require(path.join(__dirname, "../../node_modules/puppeteer-core"));

const widths = { phone: { width: 390, height: 844, isMobile: true, hasTouch: true }, desktop: { width: 1280, height: 900 } };
const limit = 120000;

async function main(url, screenshots, ...pages) {
  const browser = await puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
    timeout: limit,
    protocolTimeout: limit,
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(limit);
    let visited = "";
    page.on("pageerror", (error) => console.log(`${visited}: ${error}`));
    const anchors = {}, links = [];
    for (visited of pages) {
      const address = url + "/" + visited;
      await page.setViewport(widths.desktop);
      await page.goto(address);
      const found = await page.evaluate(() => ({
        anchors: Array.from(document.querySelectorAll("[id]"), (element) => element.id),
        links: Array.from(document.querySelectorAll("a[href]"), (element) => element.href),
      }));
      anchors[visited] = found.anchors;
      links.push(...found.links.map((link) => ({ from: visited, link })));
      for (const [name, viewport] of Object.entries(widths)) {
        await page.setViewport(viewport);
        const wide = await page.evaluate(widest);
        if (wide) console.log(`${visited}: it scrolls sideways on a ${name}: ${wide}`);
        if (screenshots) await page.screenshot({ path: path.join(screenshots, visited.replaceAll("/", "-") + "-" + name + ".png") });
      }
    }
    let checked = 0;
    for (const { from, link } of links) {
      if (!link.startsWith(url + "/")) continue;
      const [target, anchor] = link.slice(url.length + 1).split("#");
      const known = anchors[target || "index.html"];
      checked++;
      if (known === undefined) console.log(`${from}: no page ${link}`);
      else if (anchor && !known.includes(decodeURIComponent(anchor))) console.log(`${from}: no place ${link}`);
    }
    await search(page, url);
    console.log(`${pages.length} pages, ${checked} links`);
  } finally {
    await browser.close();
  }
}

// Where a page is wider than the window: the widest element; else "".
function widest() {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = Array.from(document.body.querySelectorAll("*")).filter((element) => element.getBoundingClientRect().right > room + 1);
  const last = wide.at(-1);
  return `${document.documentElement.scrollWidth} > ${room}, ${last?.tagName} ${last?.textContent.slice(0, 60)}`;
}

async function search(page, url) {
  await page.setViewport(widths.desktop);
  await page.goto(url + "/index.html");
  await page.waitForSelector("button.DocSearch-Button");
  // The page takes clicks when its scripts have run.
  await page.waitForFunction(() => {
    document.querySelector("button.DocSearch-Button").click();
    return document.querySelector(".VPLocalSearchBox input") !== null;
  });
  await page.type(".VPLocalSearchBox input", "recv_multipart");
  await page.waitForFunction(() => document.querySelector(".VPLocalSearchBox .result")?.href.includes("reference"));
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
