package gojavm

import (
	"os"
	"strings"
)

// hiding replaces the first letter of settings that the shared library hides from Go's runtime
// while Go starts (capi/go_environment_linux.c). Go has copied their names by then.
const hiding = "\x01"

// hidden is the name of a variable while it is hidden; "" if it is never hidden.
func hidden(name string) string {
	if !strings.HasPrefix(name, "GO") {
		return ""
	}
	return hiding + name[1:]
}

func lookupEnv(name string) (value string, found bool) {
	if value, found = os.LookupEnv(name); !found && hidden(name) != "" {
		value, found = os.LookupEnv(hidden(name))
	}
	return value, found
}

func unsetEnv(name string) {
	_ = os.Unsetenv(name)
	if hidden(name) != "" {
		_ = os.Unsetenv(hidden(name))
	}
}

// environ lists the variables under their original names: NAME=value.
func environ() []string {
	var list []string
	for _, pair := range os.Environ() {
		if rest, wasHidden := strings.CutPrefix(pair, hiding); wasHidden {
			pair = "G" + rest
			name, _, _ := strings.Cut(pair, "=")
			if _, found := os.LookupEnv(name); found {
				continue // the script has set it since
			}
		}
		list = append(list, pair)
	}
	return list
}
