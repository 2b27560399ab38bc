package gojavm

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// nativeRequest asks the VM's goroutine for the export names of a native
// module: esbuild calls its plugins on goroutines of its own.
type nativeRequest struct {
	name  string
	reply chan nativeReply
}

type nativeReply struct {
	exports []string
	err     error
}

// nativeExports runs on the VM's goroutine.
func (u *unit) nativeExports(name string) (reply nativeReply) {
	defer func() {
		if x := recover(); x != nil {
			reply.err = panicError(x)
		}
	}()
	module, err := u.vm.nativeModule(name)
	if err != nil {
		return nativeReply{err: err}
	}
	return nativeReply{exports: module.Keys()}
}

// plugin resolves native modules and the entry, and loads files.
func (u *unit) plugin(b api.PluginBuild) {
	b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.Path == entryImport {
			return api.OnResolveResult{Path: u.path, Namespace: "file"}, nil
		}
		if u.vm.isNative(args.Path) {
			return api.OnResolveResult{Path: args.Path, Namespace: nativeSpace}, nil
		}
		return api.OnResolveResult{}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: nativeSpace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		r := nativeRequest{args.Path, make(chan nativeReply)}
		u.native <- r
		reply := <-r.reply
		if reply.err != nil {
			return api.OnLoadResult{}, reply.err
		}
		contents := nativeSource(args.Path, reply.exports)
		return api.OnLoadResult{Contents: &contents, Loader: api.LoaderJS}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "file"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		contents := u.source
		if args.Path != u.path {
			data, err := os.ReadFile(args.Path)
			if err != nil {
				return api.OnLoadResult{}, errors.New(errorText(err))
			}
			contents = strings.TrimPrefix(string(data), "\uFEFF")
		}
		loader := loaderFor(args.Path)
		if loader != api.LoaderJSON {
			contents = u.withImportMeta(args.Path, asModule(contents))
		}
		return api.OnLoadResult{Contents: &contents, Loader: loader, ResolveDir: filepath.Dir(args.Path)}, nil
	})
}

// nativeSource is a module that exports what a native module has. Unused
// exports cost nothing, and a missing one is found before the script runs.
func nativeSource(name string, exports []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "const get = __gojavm_native(%s);\n", quote(name))
	for i, export := range exports {
		q := quote(export)
		fmt.Fprintf(&b, "const $%d = /* @__PURE__ */ get(%s);\nexport { $%d as %s };\n", i, q, i, q)
	}
	return b.String()
}

var commonJS = regexp.MustCompile(`\b(?:module\.exports|exports\.|require\()`)

// asModule makes a top-level "this" undefined in a file without exports, which
// esbuild takes for a CommonJS module.
func asModule(contents string) string {
	if !strings.Contains(contents, "this") || commonJS.MatchString(contents) {
		return contents
	}
	return contents + "\nexport {};"
}

// withImportMeta defines import.meta for a file that uses it.
func (u *unit) withImportMeta(path, contents string) string {
	if !strings.Contains(contents, "import.meta") {
		return contents
	}
	line := ""
	if strings.HasPrefix(contents, "#!") {
		// The line break stays, so that the lines below keep their numbers.
		at := strings.IndexByte(contents, '\n')
		if at < 0 {
			return contents
		}
		contents = contents[at:]
	}
	fileURL := url.URL{Scheme: "file", Path: path}
	line += fmt.Sprintf("const %s = { url: %s, main: %t };", metaName, quote(fileURL.String()), path == u.path)
	return line + contents
}

func quote(s string) []byte {
	q, _ := json.Marshal(s)
	return q
}
