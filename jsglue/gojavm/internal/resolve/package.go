package resolve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
)

// conditions are the conditions for exports and imports of a package.json.
var conditions = map[string]bool{"import": true, "module": true, "default": true}

// description is the content of a package.json. Main and Module are "" if they are not strings.
type description struct {
	Name, Main, Module string
	Exports, Imports   *entry
}

// readPackage reads dir's package.json; it returns nil if there is none.
func readPackage(dir string) (*description, error) {
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	broken := func(err error) error {
		return fmt.Errorf("%s: %w", filepath.Join(dir, "package.json"), err)
	}
	if err != nil {
		return nil, broken(reason(err))
	}
	var fields map[string]json.RawMessage
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, broken(syntaxError(text, err))
	}
	d := &description{}
	for name, field := range map[string]*string{"name": &d.Name, "main": &d.Main, "module": &d.Module} {
		_ = json.Unmarshal(fields[name], field)
	}
	for name, field := range map[string]**entry{"exports": &d.Exports, "imports": &d.Imports} {
		if raw, ok := fields[name]; ok && string(raw) != "null" {
			*field = &entry{}
			if err := json.Unmarshal(raw, *field); err != nil {
				return nil, broken(err)
			}
		}
	}
	return d, nil
}

// syntaxError adds the line to an error of the JSON reader.
func syntaxError(text []byte, err error) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	line := 1 + bytes.Count(text[:min(int(syntax.Offset), len(text))], []byte("\n"))
	return fmt.Errorf("line %d: %w", line, err)
}

// entry is a value in "exports" or "imports": a path, a list, or an object whose order matters.
type entry struct {
	path   *string
	list   []*entry
	keys   []string
	values map[string]*entry
}

func (e *entry) UnmarshalJSON(text []byte) error {
	switch text[0] {
	case '"':
		return json.Unmarshal(text, &e.path)
	case '[':
		return json.Unmarshal(text, &e.list)
	case '{':
		if err := json.Unmarshal(text, &e.values); err != nil {
			return err
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		_, _ = decoder.Token()
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				return err
			}
			e.keys = append(e.keys, key.(string))
			var skipped json.RawMessage
			if err := decoder.Decode(&skipped); err != nil {
				return err
			}
		}
	}
	return nil
}

// subpaths reports whether the keys are names rather than conditions.
func (e *entry) subpaths() bool {
	return len(e.keys) > 0 && (strings.HasPrefix(e.keys[0], ".") || strings.HasPrefix(e.keys[0], "#"))
}

// target is the path of e under the conditions, with "*" replaced; "" if there is none.
func (e *entry) target(star string) string {
	switch {
	case e == nil:
		return ""
	case e.path != nil:
		return strings.ReplaceAll(*e.path, "*", star)
	}
	for _, item := range e.list {
		if t := item.target(star); t != "" {
			return t
		}
	}
	for _, key := range e.keys {
		if conditions[key] {
			if t := e.values[key].target(star); t != "" {
				return t
			}
		}
	}
	return ""
}

// lookup finds the target of a name such as "./x" or "#x".
func (e *entry) lookup(name string) string {
	if !e.subpaths() {
		if name == "." {
			return e.target("")
		}
		return ""
	}
	if value, ok := e.values[name]; ok && !strings.Contains(name, "*") {
		return value.target("")
	}
	patterns := []string{}
	for _, key := range e.keys {
		if strings.Contains(key, "*") {
			patterns = append(patterns, key)
		}
	}
	// The pattern with the longest part before the star has precedence.
	sort.SliceStable(patterns, func(i, j int) bool {
		return strings.IndexByte(patterns[i], '*') > strings.IndexByte(patterns[j], '*')
	})
	for _, key := range patterns {
		before, after, _ := strings.Cut(key, "*")
		if len(name) >= len(before)+len(after) && strings.HasPrefix(name, before) && strings.HasSuffix(name, after) {
			return e.values[key].target(name[len(before) : len(name)-len(after)])
		}
	}
	return ""
}

// bare resolves the name of a package, or of a file in it.
func bare(specifier, dir string) (string, error) {
	name, subpath, _ := strings.Cut(specifier, "/")
	if strings.HasPrefix(specifier, "@") {
		scope, rest, _ := strings.Cut(specifier, "/")
		var pkg string
		pkg, subpath, _ = strings.Cut(rest, "/")
		name = scope + "/" + pkg
	}
	for d := dir; ; d = filepath.Dir(d) {
		home := filepath.Join(d, "node_modules", filepath.FromSlash(name))
		if info, err := os.Stat(home); err == nil && info.IsDir() {
			return inPackage(home, subpath)
		}
		if p, err := readPackage(d); err == nil && p != nil && p.Name == name && p.Exports != nil {
			// A package may import itself.
			return inPackage(d, subpath)
		}
		if d == filepath.Dir(d) {
			return "", ErrBare
		}
	}
}

func inPackage(home, subpath string) (string, error) {
	p, err := readPackage(home)
	switch {
	case err != nil:
		return "", err
	case p != nil && p.Exports != nil:
		name := "."
		if subpath != "" {
			name = "./" + subpath
		}
		target := p.Exports.lookup(name)
		if target == "" {
			return "", fmt.Errorf("%s does not export '%s'", filepath.Join(home, "package.json"), name)
		}
		return exact(home, target)
	case subpath == "":
		return directory(home)
	}
	return path(filepath.Join(home, filepath.FromSlash(subpath)))
}

// exact is the file that a package.json names: it must exist inside the package.
func exact(home, target string) (string, error) {
	p := filepath.Join(home, filepath.FromSlash(target))
	if !strings.HasPrefix(target, "./") || !strings.HasPrefix(p, home+string(filepath.Separator)) {
		return "", fmt.Errorf("%s: '%s' is not in the package", filepath.Join(home, "package.json"), target)
	}
	if !isFile(p) {
		return "", fmt.Errorf("%w: %s", ErrNotFound, p)
	}
	return p, nil
}

// internal resolves a name that begins with "#" for the package of dir.
func internal(specifier, dir string) (string, error) {
	for d := dir; ; d = filepath.Dir(d) {
		p, err := readPackage(d)
		if err != nil {
			return "", err
		}
		if p != nil {
			target := ""
			if p.Imports != nil {
				target = p.Imports.lookup(specifier)
			}
			switch {
			case target == "":
				return "", fmt.Errorf("%s does not import it", filepath.Join(d, "package.json"))
			case strings.HasPrefix(target, "./"):
				return exact(d, target)
			}
			return bare(target, d)
		}
		if d == filepath.Dir(d) {
			return "", ErrBare
		}
	}
}
