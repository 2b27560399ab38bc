// Bundles entry.mjs by each bundler as it does for Node: build.mjs TOOLS DIRECTORY, where the package is installed.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, directory] = process.argv.slice(2);
const require = createRequire(`${tools}/`);
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)));
  return module.default ?? module;
};
process.chdir(directory);
const entry = join(directory, "entry.mjs"), out = join(directory, "out");

const esbuild = await load("esbuild");
for (const [format, extension] of [["cjs", "cjs"], ["esm", "mjs"]]) {
  await esbuild.build({ entryPoints: [entry], bundle: true, platform: "node", format, outfile: join(out, `esbuild.${extension}`) });
}

const webpack = await load("webpack");
for (const mode of ["development", "production"]) {
  await new Promise((resolve, reject) => {
    const output = { path: out, filename: `webpack-${mode}.cjs` };
    webpack({ entry, mode, target: "node", output, performance: false }).run((error, stats) => {
      const failed = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString()) : null);
      failed ? reject(failed) : resolve();
    });
  });
}

const { rollup } = await import(pathToFileURL(require.resolve("rollup")));
const [commonjs, nodeResolve] = [await load("@rollup/plugin-commonjs"), await load("@rollup/plugin-node-resolve")];
for (const [format, extension] of [["cjs", "cjs"], ["es", "mjs"]]) {
  const plugins = [(nodeResolve.nodeResolve ?? nodeResolve)(), (commonjs.default ?? commonjs)()];
  const bundle = await rollup({ input: entry, plugins, onwarn: (warning) => { throw new Error(warning.message); } });
  await bundle.write({ file: join(out, `rollup.${extension}`), format });
  await bundle.close();
}

const { build } = await import(pathToFileURL(require.resolve("vite")));
await build({
  root: directory,
  logLevel: "error",
  ssr: { noExternal: true },
  build: { ssr: entry, outDir: out, emptyOutDir: false, rollupOptions: { output: { entryFileNames: "vite.mjs" } } },
});
