// Package lifetimes runs random programs over the whole module, in every engine, against a model of
// the possible results of each call: testdata/world. It also compares the resources of the process
// after each round of such a program with those before.
package lifetimes

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// perRound is how many steps a round has.
const perRound = 200

// settings are the parameters of a run of the scripts, besides times.
type settings struct {
	seed, rounds, first, steps int
	trace                      bool
	control, directory         string
	spoil                      [3]string // a script, a text in it, and its replacement
}

// seed is LIFETIMES_SEED, or a random one.
func seed(t testing.TB) int {
	t.Helper()
	return number(t, "LIFETIMES_SEED", 1+rand.IntN(1<<31-1))
}

// number is the value of an environment variable, or usual.
func number(t testing.TB, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < 0 {
		t.Fatalf("%s=%s is no number", variable, text)
	}
	return value
}

// install copies the scripts and writes the settings beside them.
func (s settings) install(t testing.TB) (directory string) {
	t.Helper()
	directory = t.TempDir()
	scripts, err := filepath.Glob("testdata/world/*.js")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		text := testkit.Read(t, script)
		if filepath.Base(script) == s.spoil[0] {
			if !strings.Contains(text, s.spoil[1]) {
				t.Fatalf("%s lacks %q", script, s.spoil[1])
			}
			text = strings.Replace(text, s.spoil[1], s.spoil[2], 1)
		}
		write(t, filepath.Join(directory, filepath.Base(script)), text)
	}
	write(t, filepath.Join(directory, "settings.js"), fmt.Sprintf(`export const seed = %d;
export const rounds = %d;
export const first = %d;
export const steps = %d;
export const trace = %t;
export const control = %q;
export const directory = %q;
`, s.seed, s.rounds, s.first, s.steps, s.trace, s.control, s.directory))
	return directory
}

func write(t testing.TB, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}
