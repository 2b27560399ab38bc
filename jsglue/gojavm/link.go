package gojavm

import (
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// resolution is the variable that a name exported by a module refers to.
type resolution struct {
	binding
	// others are further modules in which the name was found: it is ambiguous.
	others []*module
	// circular reports that the name only leads back to itself.
	circular bool
}

func (r resolution) found() bool { return r.module != nil && r.others == nil }

// same reports whether two bindings are the same variable.
func (b binding) same(other binding) bool {
	if b.module != other.module {
		return false
	}
	if b.name == esm.Namespace || other.name == esm.Namespace || b.module.source == nil {
		return b.name == other.name
	}
	return b.module.own[b.name] == b.module.own[other.name]
}

// resolveExport is ResolveExport of ECMAScript.
func (m *module) resolveExport(name string, visited map[binding]bool) resolution {
	if visited[binding{m, name}] {
		return resolution{circular: true}
	}
	visited[binding{m, name}] = true
	if m.source == nil {
		if m.env.Get(name) != nil {
			return resolution{binding: binding{m, name}}
		}
		return resolution{}
	}
	if _, ok := m.own[name]; ok {
		return resolution{binding: binding{m, name}}
	}
	if b, ok := m.indirect[name]; ok {
		if b.name == esm.Namespace {
			return resolution{binding: b}
		}
		return b.module.resolveExport(b.name, visited)
	}
	var star resolution
	if name == "default" {
		return star
	}
	for _, request := range m.parsed.Stars {
		r := m.requests[request].resolveExport(name, visited)
		switch {
		case r.others != nil:
			return r
		case r.module == nil:
		case star.module == nil:
			star = r
		case !star.same(r.binding):
			star.others = append(star.others, r.module)
		}
	}
	return star
}

// exportedNames are the names that the module exports, including those of its stars.
func (m *module) exportedNames(visited map[*module]bool) []string {
	if visited[m] {
		return nil
	}
	visited[m] = true
	names := append([]string{}, m.names...)
	for name := range m.own {
		names = append(names, name)
	}
	for name := range m.indirect {
		names = append(names, name)
	}
	if m.source != nil {
		for _, request := range m.parsed.Stars {
			for _, name := range m.requests[request].exportedNames(visited) {
				if name != "default" {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// collect sorts the module's exports into its own and the others: an imported name that is exported
// again belongs to another module.
func (m *module) collect() {
	m.own, m.indirect = map[string]string{}, map[string]binding{}
	imports := map[string]esm.Import{}
	for _, i := range m.parsed.Imports {
		imports[i.Local] = i
	}
	for _, e := range m.parsed.Exports {
		if i, ok := imports[e.Local]; ok {
			m.indirect[e.Name] = binding{m.requests[i.Request], i.Name}
		} else {
			m.own[e.Name] = e.Local
		}
	}
	for _, e := range m.parsed.Reexport {
		m.indirect[e.Name] = binding{m.requests[e.Request], e.From}
	}
}

// link resolves the module's imports and indirect exports.
func (m *module) link() error {
	if m.source == nil {
		return nil
	}
	m.targets = map[string]binding{}
	for _, i := range m.parsed.Imports {
		b := binding{m.requests[i.Request], i.Name}
		if i.Name != esm.Namespace {
			var err error
			if b, err = m.linkName(b, i.Offset); err != nil {
				return err
			}
		}
		m.targets[i.Local] = b
	}
	for _, e := range m.parsed.Reexport {
		if e.From != esm.Namespace {
			if _, err := m.linkName(binding{m.requests[e.Request], e.From}, e.Offset); err != nil {
				return err
			}
		}
	}
	return nil
}

// linkName resolves an import at an offset.
func (m *module) linkName(b binding, offset int) (binding, error) {
	r := b.module.resolveExport(b.name, map[binding]bool{})
	problem := ""
	switch {
	case r.found():
		return r.binding, nil
	case r.others != nil:
		problem = fmt.Sprintf("exports different things named '%s', by export * from '%s' and '%s'", b.name, r.module.name, r.others[0].name)
	case r.circular:
		problem = fmt.Sprintf("exports '%s' from itself", b.name)
	default:
		problem = fmt.Sprintf("has no export named '%s'", b.name)
	}
	return binding{}, m.fault(offset, "module '%s' %s, imported by '%s'", b.module.name, problem, m.name)
}
