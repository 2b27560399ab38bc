package interop

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A counterparty is a command to which a peer's arguments are added.
type counterparty func(testing.TB) []string

func ours(t testing.TB) []string {
	t.Helper()
	return []string{testkit.Program(t), "testdata/ours/peer.js"}
}

// Debian's Python, even if PATH has another one.
const pythonProgram = "/usr/bin/python3"

var findPython = sync.OnceValue(func() error {
	return run("", pythonProgram, "-c", "import zmq")
})

func python(t testing.TB) []string {
	t.Helper()
	if err := findPython(); err != nil {
		t.Fatalf("%v; install it by: scripts/dependencies test", err)
	}
	return []string{pythonProgram, "testdata/python/peer.py"}
}

var findNode = sync.OnceValue(func() error {
	return run("testdata/node", "node", "--input-type=module", "--eval", `import "zeromq"`)
})

func node(t testing.TB) []string {
	t.Helper()
	if err := findNode(); err != nil {
		t.Fatalf("%v; install it by: scripts/dependencies test; scripts/npm-ci", err)
	}
	return []string{"node", "testdata/node/peer.mjs"}
}

var buildDir string

// The module proxy has the necessary modules.
var buildGozeromq = sync.OnceValue(func() error {
	return run("gozeromq", "go", "build", "-o", buildDir, ".")
})

func gozeromq(t testing.TB) []string {
	t.Helper()
	if err := buildGozeromq(); err != nil {
		t.Fatal(err)
	}
	return []string{filepath.Join(buildDir, "gozeromq")}
}

// run runs a program in a directory.
func run(dir, program string, arguments ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, program, arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOWORK=off")
	command.WaitDelay = time.Second
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", command, err, output)
	}
	return nil
}

func TestMain(m *testing.M) {
	var err error
	if buildDir, err = os.MkdirTemp("", "zmqjs-interop"); err != nil {
		panic(err)
	}
	// These tests mostly wait, so that many run at a time, unless the command line says otherwise.
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err)
	}
	status := m.Run()
	_ = os.RemoveAll(buildDir)
	os.Exit(status)
}
