package gojavm

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/resolve"
)

// loading adds modules, with all their imports, to the VM. It adds all of them or
// none, so that a failed import can be tried again.
type loading struct {
	vm    *VM
	fresh []*module
	// replaced are the modules whose keys now belong to modules in fresh.
	replaced []*module
}

func (l *loading) add(key, name string) *module {
	if old := l.vm.modules[key]; old != nil {
		l.replaced = append(l.replaced, old)
	}
	m := l.vm.newModule(key, name)
	l.fresh = append(l.fresh, m)
	return m
}

// finish reads, links and instantiates the modules that were added.
func (l *loading) finish() (err error) {
	defer func() {
		if err != nil {
			for _, m := range l.fresh {
				delete(l.vm.modules, m.key)
			}
			for _, m := range l.replaced {
				l.vm.modules[m.key] = m
			}
		}
	}()
	for i := 0; i < len(l.fresh); i++ {
		if err := l.load(l.fresh[i]); err != nil {
			return err
		}
	}
	for _, m := range l.fresh {
		if err := m.link(); err != nil {
			return err
		}
	}
	for _, m := range l.fresh {
		if err := m.instantiate(); err != nil {
			return err
		}
	}
	return nil
}

// load parses a module and adds the modules that it imports.
func (l *loading) load(m *module) (err error) {
	if m.source == nil {
		return nil
	}
	if m.code == nil {
		if m.code, err = m.source.transform(true); err != nil {
			return err
		}
	}
	if err := m.parse(m.code); err != nil {
		return err
	}
	for _, request := range m.parsed.Requests {
		requested, err := l.request(m.source, request.Specifier, request.Attributes)
		if err != nil {
			file, line, column := m.parsed.Position(request.Offset)
			return importError(err, file, line, column)
		}
		m.requests = append(m.requests, requested)
	}
	m.collect()
	return nil
}

// parse reads the module's syntax from code.
func (m *module) parse(c *code) (err error) {
	syntax := esm.Scan(c.text)
	m.parsed, err = esm.Parse(m.source.generatedName(), syntax, m.source.adaptSourceMap(c.sourceMap, esm.HeadLines))
	if err != nil {
		return m.source.parseError(c, err, esm.HeadLines)
	}
	if syntax.Error != nil {
		return m.fault(syntax.Error.Offset, "%s", syntax.Error.Message)
	}
	m.source.restoreNames(m.parsed.Tree, c, esm.HeadLength, syntax.Locals())
	return nil
}

// fault returns a SyntaxError at an offset in the module.
func (m *module) fault(offset int, format string, args ...any) error {
	file, line, column := m.parsed.Position(offset)
	return placedError("SyntaxError: "+fmt.Sprintf(format, args...), file, line, column)
}

// notLoaded reports that an imported module cannot be loaded.
type notLoaded struct {
	specifier string
	reason    error
	hint      string
}

func (e *notLoaded) Error() string { return e.describe("") }

// describe returns the text of the error; importer is the position of the import, "" if unknown.
func (e *notLoaded) describe(importer string) string {
	s := fmt.Sprintf("could not load module '%s': %s", e.specifier, errorText(e.reason))
	var notes []string
	if importer != "" {
		notes = append(notes, "imported by "+importer)
	}
	if e.hint != "" {
		notes = append(notes, e.hint)
	}
	if notes != nil {
		s += " (" + strings.Join(notes, "; ") + ")"
	}
	return "ReferenceError: " + s
}

// importError adds the position of an import to the error for which it failed, unless
// that error has a position.
func importError(err error, file string, line, column int) error {
	var missing *notLoaded
	if errors.As(err, &missing) {
		name := unescapeName(file)
		return placedError(missing.describe(fmt.Sprintf("%s:%d", name, line)), file, line, column)
	}
	var script *ScriptError
	if errors.As(err, &script) && script.Line == 0 && script.Stack == "" {
		return placedError(script.Message, file, line, column)
	}
	return err
}

// request finds or adds the module that an import in a source names.
func (l *loading) request(from *source, specifier string, attributes map[string]string) (*module, error) {
	kind := attributes["type"]
	for key, value := range attributes {
		if key != "type" || value != "json" {
			return nil, &ScriptError{Message: fmt.Sprintf("SyntaxError: the import attribute %s: '%s' is not supported", key, value)}
		}
	}
	if l.vm.isNative(specifier) && kind == "" {
		return l.native(specifier)
	}
	path, err := resolve.Resolve(specifier, from.dir())
	if err != nil {
		e := &notLoaded{specifier: specifier, reason: err}
		if errors.Is(err, resolve.ErrBare) {
			e.hint = "native modules: " + l.vm.nativeNames()
		}
		return nil, e
	}
	key := path
	asJSON := kind == "json" || filepath.Ext(path) == ".json"
	if asJSON {
		key = "json " + kind + ":" + path
	}
	if m, ok := l.vm.modules[key]; ok {
		return m, nil
	}
	text, err := readSource(path)
	if err != nil {
		return nil, &notLoaded{specifier: specifier, reason: err}
	}
	name := from.imported(path)
	s, err := newSource(name, text)
	if err != nil {
		return nil, err
	}
	s.path = path
	if asJSON {
		return l.json(key, s, kind == "")
	}
	m := l.add(key, name)
	m.source = s
	return m, nil
}
