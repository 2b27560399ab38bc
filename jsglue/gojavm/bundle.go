package gojavm

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	// bundleName is the file of generated code that no source line stands for.
	bundleName = "<bundle>"
	// nativeSpace is esbuild's name space for native modules.
	nativeSpace = "native"
	// entryImport is what the virtual entry point imports.
	entryImport = "gojavm:entry"
	metaName    = "__gojavm_import_meta"
)

// unsupported is what goja cannot do and esbuild therefore has to lower or
// replace.
var unsupported = map[string]bool{
	"async-generator":      false,
	"decorators":           false,
	"dynamic-import":       false,
	"for-await":            false,
	"regexp-match-indices": false,
	"regexp-set-notation":  false,
	"top-level-await":      false,
	"unicode-escapes":      false, // goja's parser panics at \u{10FFFF}
	"using":                false,
}

// options are esbuild's options that both ways of building share.
func (u *unit) options() api.BuildOptions {
	supported := make(map[string]bool, len(unsupported))
	for feature, v := range unsupported {
		supported[feature] = v
	}
	if u.lowerPrivate {
		for _, feature := range []string{"brand-check", "field", "method", "accessor", "static-field", "static-method", "static-accessor"} {
			supported["class-private-"+feature] = false
		}
	}
	return api.BuildOptions{
		AbsWorkingDir:  u.cwd,
		Outfile:        filepath.Join(u.cwd, "out.js"),
		Platform:       api.PlatformNeutral,
		Target:         api.ESNext,
		Supported:      supported,
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		LogLevel:       api.LogLevelSilent,
		Metafile:       true,
	}
}

// transform makes a classic script of the source; it returns nil if the source
// is a module.
func (u *unit) transform() (*code, error) {
	options := u.options()
	// Only modules may have it, and they are told by it.
	options.Supported["top-level-await"] = true
	options.Stdin = &api.StdinOptions{
		Contents:   u.source,
		Sourcefile: u.path,
		Loader:     loaderFor(u.path),
		ResolveDir: filepath.Dir(u.path),
	}
	result := api.Build(options)
	if len(result.Errors) > 0 {
		return nil, u.buildError(result.Errors[0])
	}
	var meta struct {
		Inputs map[string]struct{ Format string }
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, fmt.Errorf("gojavm: %w", err)
	}
	for _, input := range meta.Inputs {
		if input.Format == "esm" {
			return nil, nil
		}
	}
	c := u.output(result)
	c.requires = strings.Contains(c.text, "require(") && strings.Contains(u.source, "import")
	return c, nil
}

// bundle makes one function of the source and all that it imports. The
// function is async if a module has a top-level await.
func (u *unit) bundle() (c *code, async bool, err error) {
	result := u.build(false)
	for _, m := range result.Errors {
		if strings.HasPrefix(m.Text, "Top-level await is not available") {
			async = true
			result = u.build(true)
			break
		}
	}
	if len(result.Errors) > 0 {
		return nil, false, u.buildError(result.Errors[0])
	}
	return u.output(result), async, nil
}

// build runs esbuild, and serves its questions about native modules meanwhile.
func (u *unit) build(async bool) api.BuildResult {
	head := "(function (require, __gojavm_native, __gojavm_capture) { \"use strict\";"
	if async {
		head = "(async " + head[1:]
	}
	options := u.options()
	options.Stdin = &api.StdinOptions{
		Contents:   "import " + string(quote(entryImport)),
		Sourcefile: entryImport,
		ResolveDir: filepath.Dir(u.path),
	}
	options.Bundle = true
	options.Format = api.FormatESModule
	options.Supported["top-level-await"] = async
	options.PreserveSymlinks = true
	options.MainFields = []string{"module", "main"}
	options.ResolveExtensions = []string{".tsx", ".ts", ".jsx", ".js", ".mjs", ".json"}
	options.Define = map[string]string{"import.meta": metaName}
	options.Banner = map[string]string{"js": head}
	options.Footer = map[string]string{"js": "})"}
	options.Plugins = []api.Plugin{{Name: "gojavm", Setup: u.plugin}}

	done := make(chan api.BuildResult)
	go func() { done <- api.Build(options) }()
	for {
		select {
		case result := <-done:
			return result
		case r := <-u.native:
			r.reply <- u.nativeExports(r.name)
		}
	}
}

// output takes code and source map from esbuild's result.
func (u *unit) output(result api.BuildResult) *code {
	c := &code{}
	for _, f := range result.OutputFiles {
		if strings.HasSuffix(f.Path, ".map") {
			c.sourceMap = adaptSourceMap(f.Contents, u.displayName)
		} else {
			c.text = string(f.Contents)
		}
	}
	return c
}

func loaderFor(path string) api.Loader {
	switch filepath.Ext(path) {
	case ".ts", ".mts", ".cts":
		return api.LoaderTS
	case ".tsx":
		return api.LoaderTSX
	case ".jsx":
		return api.LoaderJSX
	case ".json":
		return api.LoaderJSON
	}
	return api.LoaderJS
}
