// The static site of the documents. scripts/site copies the pages, and sets the variables.
import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitepress";

const { SITE_SOURCE, SITE_OUTPUT, SITE_ROOT, SITE_BASE } = process.env;
const repository = "https://github.com/zmqjs/zmqjs";

/** The anchors of headings as GitHub makes them: the documents are read there too. */
const slugify = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** Links to files that are not pages lead to the repository. */
function linkRepository(markdown) {
  markdown.core.ruler.push("repository", (state) => {
    const directory = path.dirname(state.env.relativePath ?? "");
    for (const block of state.tokens)
      for (const token of block.children ?? []) {
        const target = token.type === "link_open" ? token.attrGet("href") : null;
        if (target === null || /^[a-z]+:|^#/.test(target)) continue;
        const [file, anchor] = target.split("#");
        const name = path.posix.normalize(path.posix.join(directory === "." ? "" : directory, file));
        if (existsSync(path.join(SITE_SOURCE, name)) && name.endsWith(".md")) continue;
        if (name === "README.md") token.attrSet("href", "/" + (anchor ? "#" + anchor : ""));
        else if (existsSync(path.join(SITE_ROOT, name))) token.attrSet("href", `${repository}/blob/main/${name}${anchor ? "#" + anchor : ""}`);
      }
  });
}

const page = (text, name) => ({ text, link: name === "" ? "/" : `/${name}` });

export default defineConfig({
  title: "zmqjs",
  description: "ZeroMQ for JavaScript hosts",
  base: SITE_BASE || "/",
  srcDir: SITE_SOURCE,
  outDir: SITE_OUTPUT,
  cacheDir: path.join(SITE_OUTPUT, "../site-cache"),
  lastUpdated: false,
  markdown: { anchor: { slugify }, toc: { slugify }, headers: { slugify }, config: linkRepository },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: repository }],
    nav: [page("Start", ""), page("Reference", "docs/reference"), page("Scripts", "docs/scripts"), page("Hosts", "docs/embedding")],
    sidebar: [
      { text: "zmqjs", items: [page("Overview, install, quick start", ""), page("Changes", "CHANGELOG")] },
      { text: "Reference", items: [page("The module zmq", "docs/reference"), page("The bundled engine", "docs/engine")] },
      {
        text: "Guides",
        items: [
          page("Scripts", "docs/scripts"),
          page("Patterns", "docs/patterns"),
          page("Security", "docs/security"),
          page("Troubleshooting", "docs/troubleshooting"),
          page("Node", "docs/node"),
          page("Host programs", "docs/embedding"),
          page("QuickJS", "docs/quickjs"),
          page("FFglitch", "docs/ffglitch"),
          page("Migration", "docs/migration"),
          page("Platforms", "docs/platforms"),
          page("Performance", "docs/performance"),
        ],
      },
      { text: "Contributors", items: [page("Architecture", "ARCHITECTURE"), page("Contributing", "CONTRIBUTING")] },
    ],
  },
});
