package testkit

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// A Host is a program in C or C++ that a test compiles and runs: with target.Strict, and with
// zmqjs.h and its adapters in the include path.
type Host struct {
	Sources   []string // relative to Dir
	Objects   []string // linked with them
	Dir       string   // of the compiler; "" is the package's directory testdata
	Name      string   // of the program; "" is "program"
	Compiler  string   // "" is the C compiler of the platform
	Standard  string   // "" is c11 with glibc's additions
	Flags     []string // before the sources; none means -O2
	Libraries []string // after the sources
	Library   string   // the directory of the library that it links with; "": it links with none
}

// Compile compiles the host, and returns the path of the program. The test fails if the compiler
// prints anything.
func (h Host) Compile(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), or(h.Name, "program"))
	if output, err := h.TryCompile(t, program); err != nil || output != "" {
		t.Fatalf("compiling %s: %v\n%s", strings.Join(h.Sources, " "), err, output)
	}
	return program
}

// TryCompile compiles the host to a file, and returns the output of the compiler.
func (h Host) TryCompile(t testing.TB, file string) (output string, err error) {
	t.Helper()
	return h.Build(Root(t), file)
}

// Build is TryCompile for programs that are not tests; root is the repository's directory, absolute or
// relative to Dir.
func (h Host) Build(root, file string) (output string, err error) {
	standard := []string{"-std=" + h.Standard}
	if h.Standard == "" {
		standard = []string{"-std=c11", "-D_GNU_SOURCE"}
	}
	flags := h.Flags
	if flags == nil {
		flags = []string{"-O2"}
	}
	library := target.LinkFlags()
	if h.Library != "" {
		library = target.Linking(h.Library)
	}
	include := "-I" + filepath.Join(root, "include") // after the flags: a test may have a zmqjs.h of its own
	command := exec.Command(or(h.Compiler, target.Compiler()), slices.Concat(standard, target.Strict, flags,
		target.CompileFlags(), []string{include, "-o", file}, h.Sources, h.Objects, library, h.Libraries)...)
	command.Dir = or(h.Dir, "testdata")
	printed, err := command.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w", strings.Join(command.Args, " "), err)
	}
	return string(printed), err
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
