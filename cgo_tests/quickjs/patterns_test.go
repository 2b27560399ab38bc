package quickjs

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The scripts of examples/patterns, as they are, in the unmodified interpreter.
func TestPatterns(t *testing.T) {
	qjs := quickjs(t).QJS
	modules := buildModule(t)
	sockets := t.TempDir()
	start := func(name, input string, endpoints ...string) *testkit.Child {
		t.Helper()
		// Into a pipe the interpreter prints when its buffer is full.
		command := []string{"-oL", qjs, "--std", "-I", "preload.js", filepath.Join(testkit.Root(t), "examples/patterns", name)}
		for _, endpoint := range endpoints {
			command = append(command, "ipc://"+filepath.Join(sockets, endpoint))
		}
		return testkit.Start(t, testkit.Options{Dir: modules, Stdin: strings.NewReader(input)}, "stdbuf", command...)
	}
	notes := regexp.MustCompile(`^([a-z_]+\.js: .+\n)*$`)
	finish := func(child *testkit.Child, stdout string) {
		t.Helper()
		if result := child.Wait(); result.Status != 0 || result.Stdout != stdout || !notes.MatchString(result.Stderr) {
			t.Errorf("%+v, want %q", result, stdout)
		}
	}
	const numbers, done = "1\n2\n", "1 is done\n2 is done\n"

	start("retry_server.js", "", "server")
	finish(start("retry_client.js", numbers, "nobody", "server"), done)

	start("broker.js", "", "clients", "workers")
	start("broker_worker.js", "", "workers")
	finish(start("retry_client.js", numbers, "clients"), done)

	start("services.js", "", "service-clients", "service-workers")
	start("services_worker.js", "", "echo", "service-workers")
	finish(start("services_client.js", numbers, "echo", "service-clients"), done)

	start("credit_worker.js", "", "source")
	source := start("credit_source.js", numbers, "source")
	source.Line() // its endpoint
	for _, line := range strings.Fields(numbers) {
		source.Expect(line + " is done")
	}

	start("cache.js", "", "setters", "subscribers")
	start("cache_set.js", "gain 1\nother 2\ngain 3\n", "setters").Wait()
	watcher := start("cache_watch.js", "", "subscribers")
	for watcher.Line() != "gain 3" {
	}
}
