package fuzz

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/zmqjs/zmqjs/jsglue/gojavm"
	"github.com/zmqjs/zmqjs/jsglue/gojazmq"
)

// The members of os and std for scripts: none that reaches beyond the process.
var harmless = regexp.MustCompile(`^(setTimeout|clearTimeout|now|getcwd|platform|[A-Z_]+|sprintf|strerror|parseExtJSON|gc|evalScript|exit)$`)

// newVM returns a VM, and a function that ends it.
func newVM(t *testing.T) (*gojavm.VM, func()) {
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
	end := func() {
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
		if module != nil {
			_ = module.Close()
		}
	}
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
	return vm, end
}

// Only known programs may be large for their text.
var tooMuch = regexp.MustCompile(`\d{5}|[eE]\+?\d|0[xXoObB]|\*\*|<<|repeat|pad(Start|End)|fill|concat|Array\(|Buffer\(`)

// runFor runs a source in a new VM.
func runFor(t *testing.T, name, source string, limit time.Duration) {
	t.Helper()
	if tooMuch.MatchString(source) || len(source) > 4000 {
		return // memory is the engine's own affair, and has no limit
	}
	t.Chdir(t.TempDir())
	vm, end := newVM(t)
	defer end()
	runIn(t, vm, name, source, limit)
}

// runIn runs a source, and interrupts it after a while. A script may fail, the VM may not. It
// reports whether the VM still works.
func runIn(t *testing.T, vm *gojavm.VM, name, source string, limit time.Duration) bool {
	t.Helper()
	timer := time.AfterFunc(limit, vm.Interrupt)
	hung := time.AfterFunc(time.Minute, func() { panic("does not end: " + source) })
	defer hung.Stop()
	err := vm.Eval(name, source)
	check(t, source, err)
	var exit *gojavm.ExitError
	if errors.As(err, &exit) || err != nil && strings.Contains(err.Error(), "internal failure") {
		timer.Stop()
		return false
	}
	// After any source the next script runs; an interrupt may still arrive.
	interrupted := !timer.Stop()
	if err := vm.Eval("next.js", "1"); err != nil {
		check(t, source, err)
		return interrupted && !strings.Contains(err.Error(), "internal failure")
	}
	return true
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

// sources are the originals of broken sources.
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

const sourcesOfVM = 100

// TestSources runs sources that are put together of pieces of others, as JavaScript, as
// TypeScript, as modules, one after the other in the same VM.
func TestSources(t *testing.T) {
	lists := tokensOf(sources(t))
	t.Chdir(t.TempDir())
	count := 0
	rounds(t, 5, func(seed uint32) {
		r := rand.New(rand.NewPCG(uint64(seed), 0))
		vm, end := newVM(t)
		defer end()
		for range sourcesOfVM {
			source := splice(r, lists)
			name := []string{"a.js", "a.js", "a.js", "a.ts", "a.mjs", "a.mts", "a.tsx"}[r.IntN(7)]
			if tooMuch.MatchString(source) {
				continue
			}
			count++
			if !runIn(t, vm, name, source, interruptAfter) {
				break
			}
		}
	})
	fuzzed(t, "sources", count)
}

var tokens = regexp.MustCompile(`[\p{L}_$][\p{L}\p{N}_$]*|\d+|"[^"\n]*"|\s+|[^\s]`)

func tokensOf(all []string) [][]string {
	lists := make([][]string, len(all))
	for i, source := range all {
		lists[i] = tokens.FindAllString(source, -1)
	}
	return lists
}

// splice makes a source of tokens of several.
func splice(r *rand.Rand, lists [][]string) string {
	var made strings.Builder
	for range 1 + r.IntN(3) {
		list := slices.Clone(lists[r.IntN(len(lists))])
		if begin := r.IntN(len(list)); r.IntN(2) == 0 { // a piece of it
			list = list[begin:min(len(list), begin+1+r.IntN(60))]
		}
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
		for _, token := range list {
			made.WriteString(token)
		}
	}
	return made.String()
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
