package gojavm

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja/ast"
)

// In what eval and Function are given, esbuild makes ordinary generators of asynchronous ones,
// and prints the functions that run them. Their place is taken by functions of the VM's realm,
// which do what ECMAScript says: lateBuiltinsSource has them.

// generatorHelpers are the members of the guard that take the place of esbuild's functions.
var generatorHelpers = map[string]string{"__asyncGenerator": "asyncGenerator", "__yieldStar": "yieldStar", "__await": "await"}

var helperDeclaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^var ((__[a-zA-Z]+)\d*) = `)
})

// helpers are the variables that esbuild has added for the functions in generatorHelpers, and
// the members for them. Their lines stand for no place of the source.
func (c *code) helpers() map[string]string {
	if !strings.Contains(c.text, "__asyncGenerator") {
		return nil
	}
	var m struct{ Mappings string }
	if json.Unmarshal(c.sourceMap, &m) != nil {
		return nil
	}
	found := map[string]string{}
	mappings := strings.Split(m.Mappings, ";")
	for i, line := range strings.Split(c.text, "\n") {
		name := helperDeclaration().FindStringSubmatch(line)
		if name == nil || i < len(mappings) && mappings[i] != "" {
			continue
		}
		if member := generatorHelpers[name[2]]; member != "" {
			found[name[1]] = member
		}
	}
	return found
}

// replaceHelpers puts the realm's functions in the place of esbuild's, in the statements of a
// program.
func (l *lowering) replaceHelpers(list []ast.Statement) {
	if len(l.helpers) == 0 {
		return
	}
	for _, statement := range list {
		declaration, ok := statement.(*ast.VariableStatement)
		if !ok {
			continue
		}
		for _, b := range declaration.List {
			name, ok := b.Target.(*ast.Identifier)
			if !ok || l.helpers[name.Name.String()] == "" {
				continue
			}
			at, length := b.Initializer.Idx0(), b.Initializer.Idx1()-b.Initializer.Idx0()
			l.insertions = append(l.insertions, insertion{int(at) - 1, int(length), guardName + "." + l.helpers[name.Name.String()]})
		}
	}
}
