package fuzz

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/zmqjs/zmqjs/jsglue/gojavm"
	"github.com/zmqjs/zmqjs/jsglue/gojazmq"
)

// What scripts may have of os and std: nothing that reaches beyond the process.
var harmless = regexp.MustCompile(`^(setTimeout|clearTimeout|now|getcwd|platform|[A-Z_]+|sprintf|strerror|parseExtJSON|gc|evalScript|exit)$`)

func newVM(t *testing.T) *gojavm.VM {
	t.Helper()
	var module *gojazmq.Module
	vm, err := gojavm.New(gojavm.Options{Modules: map[string]gojavm.ModuleFunc{
		"zmq": func(vm *gojavm.VM) (*goja.Object, error) {
			var err error
			if module, err = gojazmq.New(vm.Runtime()); err != nil {
				return nil, err
			}
			return module.Exports(), nil
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
		if module != nil {
			_ = module.Close()
		}
	})
	for _, name := range []string{"os", "std"} {
		object := vm.Runtime().Get(name).ToObject(vm.Runtime())
		for _, key := range object.Keys() {
			if !harmless.MatchString(key) {
				if err := object.Delete(key); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return vm
}

// A program may be large for its text only where we know of it.
var tooMuch = regexp.MustCompile(`\d{5}|[eE]\+?\d|0[xXoObB]|\*\*|<<|repeat|pad(Start|End)|fill|concat|Array\(|Buffer\(`)

// runFor runs a source, and interrupts it after a while. A script may fail as it likes; the
// VM may not.
func runFor(t *testing.T, name, source string, limit time.Duration) {
	t.Helper()
	if tooMuch.MatchString(source) || len(source) > 4000 {
		return // memory is the engine's own affair, and has no limit
	}
	dir := t.TempDir()
	t.Chdir(dir)
	vm := newVM(t)
	timer := time.AfterFunc(limit, vm.Interrupt)
	defer timer.Stop()
	hung := time.AfterFunc(time.Minute, func() { panic("does not end: " + source) })
	defer hung.Stop()
	err := vm.Eval(filepath.Join(dir, name), source)
	check(t, source, err)
	var exit *gojavm.ExitError
	if errors.As(err, &exit) || err != nil && strings.Contains(err.Error(), "internal failure") {
		return
	}
	// Whatever it was, the next script runs; an interrupt may still come.
	timer.Stop()
	if err := vm.Eval("next.js", "1"); err != nil {
		check(t, source, err)
	}
}

// check accepts the ends that a script can have.
func check(t *testing.T, source string, err error) {
	t.Helper()
	var script *gojavm.ScriptError
	var exit *gojavm.ExitError
	var interrupted *gojavm.InterruptedError
	switch {
	case err == nil, errors.As(err, &exit), errors.As(err, &interrupted):
	case errors.As(err, &script) && !strings.Contains(err.Error(), "internal failure"):
	case isKnown(t, err.Error()):
	default:
		t.Errorf("%q: %T %v", source, err, err)
	}
}

// sources are what broken ones are made of.
func sources(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/sources/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources (%v)", err)
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(string(text), "\n//----\n")...)
	}
	return all
}

const interruptAfter = 50 * time.Millisecond

// TestSources runs sources that are put together of pieces of others, as JavaScript, as
// TypeScript, as modules.
func TestSources(t *testing.T) {
	all := sources(t)
	count := 0
	rounds(t, 5, func(seed uint32) {
		r := rand.New(rand.NewPCG(uint64(seed), 0))
		for range 40 {
			source := splice(r, all)
			name := []string{"a.js", "a.ts", "a.mjs", "a.mts", "a.tsx"}[r.IntN(5)]
			t.Run("", func(t *testing.T) { runFor(t, name, source, interruptAfter) })
			count++
		}
	})
	t.Logf("%d sources", count)
}

var tokens = regexp.MustCompile(`[\p{L}_$][\p{L}\p{N}_$]*|\d+|"[^"\n]*"|\s+|[^\s]`)

// splice makes a source of tokens of several.
func splice(r *rand.Rand, all []string) string {
	var made []string
	for range 1 + r.IntN(3) {
		list := tokens.FindAllString(all[r.IntN(len(all))], -1)
		for range r.IntN(6) {
			i, j := r.IntN(len(list)), r.IntN(len(list))
			switch r.IntN(4) {
			case 0:
				list[i], list[j] = list[j], list[i]
			case 1:
				list[i] = list[j]
			case 2:
				list[i] = ""
			case 3:
				list[i] += string(rune(r.IntN(0x300)))
			}
		}
		if r.IntN(4) == 0 {
			list = list[:r.IntN(len(list))]
		}
		made = append(made, list...)
	}
	return strings.Join(made, "")
}

func fuzzSource(f *testing.F, name string) {
	for _, source := range sources(f) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) { runFor(t, name, source, interruptAfter) })
}

func FuzzScript(f *testing.F)     { fuzzSource(f, "fuzz.js") }
func FuzzTypeScript(f *testing.F) { fuzzSource(f, "fuzz.ts") }

// FuzzModules: a module that another one imports, in either language.
func FuzzModules(f *testing.F) {
	for _, source := range sources(f) {
		f.Add(source, "b.ts")
		f.Add(source, "b.json")
	}
	f.Fuzz(func(t *testing.T, source, name string) {
		if tooMuch.MatchString(source) || name != filepath.Base(name) || strings.ContainsRune(name, 0) {
			return
		}
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
			return
		}
		runFor(t, "a.js", `import * as b from "`+file+`"; for (const name in b) b[name];`, interruptAfter)
	})
}
