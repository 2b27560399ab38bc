package docs

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
	"github.com/zmqjs/zmqjs/jsglue"
)

// A surface is the content of the declarations, according to TypeScript's compiler.
type surface struct {
	Functions map[string]string            // name: parameters, "data, flags?"
	Classes   map[string]map[string]string // name: members; those of properties are "readonly TYPE"
	Constants map[string]string            // name: type
}

// TestSurface: the declarations agree with the module.
func TestSurface(t *testing.T) {
	t.Parallel()
	root := testkit.Root(t)
	result := testkit.Run(t, testkit.Options{}, "node", testdata(t, "surface.cjs"), filepath.Join(root, "types/zmq.d.ts"))
	var declared surface
	if err := json.Unmarshal([]byte(result.Stdout), &declared); err != nil {
		t.Fatalf("%v: %+v", err, result)
	}
	want := moduleSurface()
	compare(t, "functions", declared.Functions, want.Functions)
	compare(t, "constants", declared.Constants, want.Constants)
	if len(declared.Classes) != len(want.Classes) {
		t.Errorf("classes: %v", declared.Classes)
	}
	for name, members := range want.Classes {
		compare(t, name, declared.Classes[name], members)
	}
}

func compare(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if reflect.DeepEqual(got, want) {
		return
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s is declared as %q, want %q", what, name, got[name], want[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is declared, but not in the module", what, name)
		}
	}
}

func moduleSurface() surface {
	s := surface{map[string]string{}, map[string]map[string]string{}, map[string]string{}}
	for _, function := range jsglue.Zmq.Functions {
		s.Functions[function.Name] = parameterNames(function)
	}
	for _, class := range jsglue.Zmq.Classes {
		members := map[string]string{"new": "private"}
		if class.Constructible() {
			members["new"] = parameterNames(class.Constructor)
		}
		for _, static := range class.Statics {
			members["static "+static.Name] = parameterNames(static)
		}
		for _, method := range class.Methods {
			members[method.Name] = parameterNames(method)
		}
		for _, accessor := range class.Accessors {
			members[accessor.Name] = "readonly " + accessor.Get.Returns
		}
		s.Classes[class.Name] = members
	}
	for _, constant := range jsglue.Zmq.Constants {
		s.Constants[constant.Name] = "number"
	}
	return s
}

func parameterNames(f *jsglue.Function) string {
	var names []string
	for _, parameter := range f.Parameters {
		name := parameter.Name
		if parameter.Optional {
			name += "?"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
