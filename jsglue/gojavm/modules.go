package gojavm

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
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

// unit is one script with the modules that it imports.
type unit struct {
	vm     *VM
	name   string // as the host gave it
	path   string // absolute
	cwd    string
	source string
	loads  string // the name given to import(), if the unit is made for it
	native chan nativeRequest

	// lowerPrivate replaces private class members: goja does not parse
	// "#x in y && z". It is done only where needed, for it makes them slow.
	lowerPrivate bool
}

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

func (vm *VM) newUnit(name, source string) *unit {
	return &unit{
		vm:     vm,
		name:   name,
		path:   absPath(name),
		cwd:    absPath("."),
		source: strings.TrimPrefix(source, "\uFEFF"),
		native: make(chan nativeRequest),
	}
}

// evalSource runs a script or module. It is a module if it says so by its
// syntax or by its name.
func (vm *VM) evalSource(name, source string) error {
	u := vm.newUnit(name, source)
	vm.scriptName = name
	if !u.named(".mjs", ".mts") {
		program, err := u.script()
		if err != nil {
			return err
		}
		if program != nil {
			_, err = vm.rt.RunProgram(program)
			return err
		}
	}
	_, err := vm.evalModule(u)
	return err
}

// compileScript compiles a classic script for evalScript and loadScript.
func (vm *VM) compileScript(name, source string) (*goja.Program, error) {
	program, err := vm.newUnit(name, source).script()
	if err == nil && program == nil {
		err = &ScriptError{Message: "SyntaxError: import, export and top-level await are for modules only"}
	}
	return program, err
}

// script compiles the source as a classic script; it returns nil if it is a
// module.
func (u *unit) script() (*goja.Program, error) {
	return u.compile(false, func() (*code, error) {
		c, err := u.transform()
		if c != nil && c.requires {
			u.vm.defineRequire()
		}
		return c, err
	})
}

// evalModule runs a module and returns its name space if it was loaded by
// import().
func (vm *VM) evalModule(u *unit) (*goja.Object, error) {
	var async bool
	program, err := u.compile(true, func() (c *code, err error) {
		c, async, err = u.bundle()
		return c, err
	})
	if err != nil {
		return nil, err
	}
	v, err := vm.rt.RunProgram(program)
	if err != nil {
		return nil, err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, errors.New("gojavm: the bundle is not a function")
	}
	var namespace *goja.Object
	capture := vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
		namespace, _ = call.Argument(0).(*goja.Object)
		return goja.Undefined()
	})
	native := vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
		module, err := vm.nativeModule(call.Argument(0).String())
		if err != nil {
			vm.throwError(err)
		}
		return vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
			return module.Get(call.Argument(0).String())
		})
	})
	result, err := f(goja.Undefined(), vm.requireFunc(), native, capture)
	if err != nil {
		return nil, err
	}
	if async && u.loads == "" {
		vm.main, _ = result.Export().(*goja.Promise)
	}
	return namespace, nil
}

// nativeModule makes a native module at its first use.
func (vm *VM) nativeModule(name string) (*goja.Object, error) {
	if module, ok := vm.native[name]; ok {
		return module, nil
	}
	create, ok := vm.opts.Modules[name]
	if !ok {
		return nil, fmt.Errorf("no native module %q", name)
	}
	module, err := create(vm)
	if err != nil {
		return nil, fmt.Errorf("module %q: %w", name, err)
	}
	vm.native[name] = module
	return module, nil
}

func (vm *VM) isNative(name string) bool {
	return name == "std" || name == "os" || vm.opts.Modules[name] != nil
}

// nativeNames are the importable native modules, for error messages.
func (vm *VM) nativeNames() string {
	names := []string{"os", "std"}
	for name := range vm.opts.Modules {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// defineRequire gives classic scripts the function that esbuild puts in place
// of import().
func (vm *VM) defineRequire() {
	vm.define(vm.rt.GlobalObject(), "require", vm.requireFunc())
}

// requireFunc loads a module whose name is only known at run time, relative to
// the main script's directory.
func (vm *VM) requireFunc() *goja.Object {
	return vm.newFunc("import", 1, func(call goja.FunctionCall) goja.Value {
		return vm.importNow(toString(vm, call.Argument(0)))
	})
}

func (vm *VM) importNow(name string) goja.Value {
	key := name
	entry := name
	if !vm.isNative(name) {
		if !strings.HasPrefix(name, ".") && !filepath.IsAbs(name) {
			panic(vm.newError(vm.classes.referenceError, vm.unknownModule(name, "")))
		}
		key = filepath.Clean(name)
		if !filepath.IsAbs(name) {
			key = absPath(filepath.Join(filepath.Dir(vm.scriptName), name))
		}
		entry = key
	}
	if module, ok := vm.loaded[key]; ok {
		return module
	}
	quoted, _ := json.Marshal(entry)
	u := vm.newUnit(filepath.Join(filepath.Dir(vm.scriptName), "<import>"), fmt.Sprintf("import * as ns from %s; __gojavm_capture(ns);", quoted))
	u.loads = name
	module, err := vm.evalModule(u)
	var e *ScriptError
	if errors.As(err, &e) {
		if e.File == u.displayName(u.path) {
			e.Line = 0
		}
		vm.throwScriptError(e)
	}
	rethrow(err)
	if module == nil {
		vm.throwError(fmt.Errorf("module '%s' has a top-level await, which import() of a computed name cannot wait for", name))
	}
	// esbuild would otherwise add a default export.
	vm.define(module, "__esModule", vm.rt.ToValue(true))
	vm.loaded[key] = module
	return module
}

func (u *unit) named(suffixes ...string) bool {
	return slices.Contains(suffixes, filepath.Ext(u.name))
}

// code is JavaScript for goja.
type code struct {
	text      string
	sourceMap []byte
	requires  bool // calls require, in place of import()
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

// compile makes a goja program, which reports positions of the source, of what
// build makes.
func (u *unit) compile(strict bool, build func() (*code, error)) (*goja.Program, error) {
	c, err := build()
	if c == nil || err != nil {
		return nil, err
	}
	text := c.text + "\n//# sourceMappingURL=map\n"
	loader := func(string) ([]byte, error) { return c.sourceMap, nil }
	name := bundleName
	if filepath.IsAbs(u.name) {
		// goja resolves the source map's names against this one.
		name = "/" + name
	}
	ast, err := goja.Parse(name, text, parser.WithSourceMapLoader(loader))
	if err != nil {
		return nil, u.compileError(err)
	}
	yieldInLoops(ast)
	program, err := goja.CompileAST(ast, strict)
	if err != nil && !u.lowerPrivate && strings.Contains(err.Error(), "PrivateIdentifier") {
		u.lowerPrivate = true
		return u.compile(strict, build)
	}
	if err != nil {
		return nil, u.compileError(err)
	}
	return program, nil
}

// displayName is how errors name a file that esbuild knows as file: the script
// as the host gave it, others in the same way.
func (u *unit) displayName(file string) string {
	if strings.HasPrefix(file, nativeSpace+":") {
		return bundleName
	}
	path := file
	if !filepath.IsAbs(path) {
		path = filepath.Join(u.cwd, path)
	}
	switch {
	case path == u.path:
		return filepath.Clean(u.name)
	case filepath.IsAbs(u.name):
		return path
	}
	if rel, err := filepath.Rel(u.cwd, path); err == nil {
		return rel
	}
	return path
}

// unescapeName undoes the escaping of goja, which takes the file names of a
// source map for URLs.
func unescapeName(name string) string {
	if s, err := url.PathUnescape(name); err == nil {
		return s
	}
	return name
}

var (
	unresolvedImport = regexp.MustCompile(`^Could not resolve "(.*)"$`)
	missingExport    = regexp.MustCompile(`^No matching export in "(.*)" for import "(.*)"$`)
)

// buildError turns an error of esbuild into one of the script.
func (u *unit) buildError(m api.Message) error {
	message := "SyntaxError: " + m.Text
	importer := u.name
	if m.Location != nil {
		importer = u.displayName(m.Location.File)
	}
	if s := unresolvedImport.FindStringSubmatch(m.Text); s != nil {
		if importer == u.name && u.loads != "" {
			return &ScriptError{Message: "ReferenceError: " + u.vm.unknownModule(u.loads, "")}
		}
		message = "ReferenceError: " + u.vm.unknownModule(s[1], importer)
	} else if s := missingExport.FindStringSubmatch(m.Text); s != nil {
		module := strings.TrimPrefix(s[1], nativeSpace+":")
		message = fmt.Sprintf("SyntaxError: module '%s' has no export named '%s', imported by '%s'", module, s[2], importer)
	} else if m.PluginName != "" {
		message = "Error: " + m.Text
	}
	if m.Location == nil {
		return &ScriptError{Message: message, File: u.name}
	}
	column := m.Location.Column + 1
	if m.Location.Line == 1 {
		column -= u.metaShift(m)
	}
	return placedError(message, importer, m.Location.Line, column)
}

// metaShift is by how much withImportMeta has moved the first line.
func (u *unit) metaShift(m api.Message) int {
	before, _, found := strings.Cut(m.Location.LineText, "};")
	if found && strings.HasPrefix(before, "const "+metaName) {
		return len(before) + len("};")
	}
	return 0
}

func (vm *VM) unknownModule(name, importer string) string {
	by := ""
	if importer != "" {
		by = fmt.Sprintf(", imported by '%s'", importer)
	}
	s := fmt.Sprintf("could not load module '%s'%s", name, by)
	if !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "/") {
		s += fmt.Sprintf(" (native modules: %s)", vm.nativeNames())
	}
	return s
}

// goja's positions in its own syntax errors, which are rare: esbuild has
// parsed the source before.
var gojaPosition = regexp.MustCompile(`^(?:SyntaxError: )?(.*?)(?: at (.*):(\d+):(\d+))?$`)

func (u *unit) compileError(err error) error {
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		p := syntax.File.Position(syntax.Offset)
		return placedError("SyntaxError: "+syntax.Message, p.Filename, p.Line, p.Column)
	}
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		p := list[0].Position
		return placedError("SyntaxError: "+list[0].Message, p.Filename, p.Line, p.Column)
	}
	if s := gojaPosition.FindStringSubmatch(err.Error()); s != nil {
		return &ScriptError{Message: "SyntaxError: " + s[1], File: u.name}
	}
	return &ScriptError{Message: "SyntaxError: " + err.Error(), File: u.name}
}
