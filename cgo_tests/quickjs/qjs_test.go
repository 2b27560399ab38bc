package quickjs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// buildModule makes zmq.so of the example and puts it beside the example's preload.js.
func buildModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := quickjs(t).BuildModule(dir, testkit.LibraryDir(t)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func copyFile(t *testing.T, path, dir string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), content, 0o666); err != nil {
		t.Fatal(err)
	}
}

func runScript(t *testing.T, script string, arguments ...string) {
	t.Helper()
	dir := buildModule(t)
	for _, name := range []string{"module.js", "named.js", "worker.js", "worker_main.js", "shared_worker.js", "shared_main.js"} {
		copyFile(t, filepath.Join("testdata", name), dir)
	}
	result := testkit.Run(t, testkit.Options{Dir: dir}, quickjs(t).QJS, append(arguments, script)...)
	if result.Status != 0 || strings.TrimSpace(result.Stdout) != "passed" || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
}

func TestModuleByPath(t *testing.T)    { runScript(t, "module.js", "--std") }
func TestModuleByName(t *testing.T)    { runScript(t, "named.js", "--std", "-I", "preload.js") }
func TestModuleInAWorker(t *testing.T) { runScript(t, "worker_main.js", "--std") }
func TestSharedContext(t *testing.T)   { runScript(t, "shared_main.js", "--std") }

// inNamespace runs the test in a network of its own, where every port is free. It reports whether
// this process is that run.
func inNamespace(t *testing.T) bool {
	t.Helper()
	const marker = "TEST_IN_NAMESPACE"
	if os.Getenv(marker) != "" {
		if err := engine.Command(".", "ip", "link", "set", "lo", "up"); err != nil {
			t.Fatal(err)
		}
		return true
	}
	if err := engine.Command(".", "unshare", "--map-root-user", "--net", "true"); err != nil {
		t.Skipf("skipped, for the scripts' ports are fixed, and there is no network namespace: %v", err)
	}
	inner := exec.Command("unshare", "--map-root-user", "--net", os.Args[0], "-test.run", "^"+t.Name()+"$",
		"-test.v")
	inner.Env = append(os.Environ(), marker+"=1")
	if output, err := inner.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return false
}

// The three scripts of the reference, as they are, in the unmodified interpreter.
func TestReferenceScripts(t *testing.T) {
	qjs := quickjs(t).QJS
	testkit.LibraryDir(t)
	if !inNamespace(t) {
		return
	}
	dir := buildModule(t)
	start := func(script string, arguments ...string) *testkit.Child {
		path := filepath.Join(testkit.Root(t), "examples", script)
		// Into a pipe the interpreter prints when its buffer is full.
		all := append([]string{"-oL", qjs, "--std", "-I", "preload.js", path}, arguments...)
		return testkit.Start(t, testkit.Options{Dir: dir}, "stdbuf", all...)
	}
	server, subscriber := start("server.js"), start("subscriber.js")
	// A subscriber hears nothing that was sent before it was connected: so knock until it
	// hears something.
	producer := filepath.Join(testkit.Root(t), "examples", "producer.js")
	knocking := testkit.Start(t, testkit.Options{Dir: dir, Group: true}, "sh", "-c",
		`while :; do "$0" --std -I preload.js "$1" knock || exit; done`, qjs, producer)
	subscriber.Expect(`Received "knock"`)
	knocking.Signal(syscall.SIGTERM)
	knocking.Wait()
	sending := start("producer.js", "hello", "world")
	sending.Expect(`Sent "hello"`)
	sending.Expect(`Sent "world"`)
	if result := sending.Wait(); result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	for child, verb := range map[*testkit.Child]string{server: "Forwarded", subscriber: "Received"} {
		line := child.Line()
		for line == verb+` "knock"` {
			line = child.Line()
		}
		if line != verb+` "hello"` {
			t.Fatalf("%q instead of hello", line)
		}
		child.Expect(verb + ` "world"`)
	}
}
