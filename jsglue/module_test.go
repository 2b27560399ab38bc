package jsglue

import (
	"regexp"
	"slices"
	"testing"
)

// The reference's functions and methods, with how many arguments they require.
var reference = map[string]map[string]int{
	"":        {"version": 0, "has": 1},
	"Context": {"socket": 1, "set": 2, "get": 1, "shutdown": 0, "term": 0},
	"Poller": {"size": 0, "add": 2, "modify": 2, "remove": 1, "wait": 1, "poll": 0,
		"wait_all": 2, "poll_all": 1},
	"Socket": {"bind": 1, "unbind": 1, "connect": 1, "disconnect": 1, "send": 1,
		"recv": 0, "recv_int": 0, "recv_bigint": 0, "recv_str": 0, "recv_uint8ffarray": 0,
		"close": 0, "setsockopt": 2, "getsockopt": 1, "getsockopt_int": 1,
		"getsockopt_bigint": 1, "getsockopt_str": 1, "getsockopt_uint8ffarray": 1},
}

func TestTableHasTheReferencesFunctions(t *testing.T) {
	table := map[string]map[string]int{"": {}}
	for _, function := range Zmq.Functions {
		table[""][function.Name] = function.Length()
	}
	for _, class := range Zmq.Classes {
		table[class.Name] = map[string]int{}
		for _, method := range class.Methods {
			table[class.Name][method.Name] = method.Length()
		}
	}
	for class, functions := range reference {
		for name, length := range functions {
			if got, ok := table[class][name]; !ok || got != length {
				t.Errorf("%s.%s: in the table %t, with length %d instead of %d", class, name, ok, got, length)
			}
		}
	}
}

func TestEveryFunctionIsComplete(t *testing.T) {
	call := regexp.MustCompile(`^[A-Za-z_0-9@]+\(([a-z_]+\??(, [a-z_]+\??)*)?\): .+$`)
	property := regexp.MustCompile(`^[a-z_]+: .+$`)
	for _, function := range Zmq.Every() {
		signature := call
		if function.accesses != "" {
			signature = property
		}
		if (function.run == nil) == (function.Operation == nil) {
			t.Errorf("%s is done by nothing, or twice", function.Title())
		}
		if !signature.MatchString(function.Signature()) {
			t.Errorf("signature %q", function.Signature())
		}
		if function.Returns == never {
			continue // no constructor for scripts
		}
		if function.Summary == "" || function.Summary[len(function.Summary)-1] != '.' {
			t.Errorf("%s has the summary %q", function.Title(), function.Summary)
		}
		optional := false
		for _, parameter := range function.Parameters {
			if optional && !parameter.Optional {
				t.Errorf("%s: %s is required after an optional parameter", function.Title(), parameter.Name)
			}
			optional = parameter.Optional
		}
	}
}

func TestExportsAreUnique(t *testing.T) {
	var names []string
	for _, function := range Zmq.Functions {
		names = append(names, function.Name)
	}
	for _, class := range Zmq.Classes {
		names = append(names, class.Name)
	}
	for _, constant := range Zmq.Constants {
		names = append(names, constant.Name)
	}
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			t.Errorf("two exports are named %s", names[i])
		}
	}
	if len(names) < 224 {
		t.Errorf("%d exports, the module that this one replaces has 224", len(names))
	}
}
