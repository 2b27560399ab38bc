package napi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// workspace makes a directory in which the package is installed, with files of testdata.
func workspace(t *testing.T, files ...string) string {
	t.Helper()
	directory := t.TempDir()
	const script = `mkdir "$2"/node_modules
		cp -r "$1"/node_modules/zmqjs "$1"/node_modules/@zmqjs "$2"/node_modules
		echo '{"type": "module", "dependencies": {"zmqjs": "*"}}' > "$2"/package.json`
	output, err := exec.Command("sh", "-ec", script, "sh", installed(t), directory).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, file := range files {
		content, err := os.ReadFile(testdata(t, file))
		if err == nil {
			err = os.WriteFile(filepath.Join(directory, filepath.Base(file)), content, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

// run runs a command in a directory, and returns its output.
func run(t *testing.T, directory string, command ...string) string {
	t.Helper()
	result := startCommand(t, testkit.Options{Dir: directory}, command).Wait()
	if result.Status != 0 {
		t.Fatalf("%v: %+v", command, result)
	}
	return result.Stdout + result.Stderr
}

// TestSmoke runs the requirements for every runtime, in the installed Node and in the runtimes that
// NODE_API_RUNTIMES names; see scripts/test-runtimes.
func TestSmoke(t *testing.T) {
	directory := workspace(t, "smoke.mjs", "late.mjs")
	commands := map[string][]string{"node": target.Node()}
	for _, command := range filepath.SplitList(os.Getenv("NODE_API_RUNTIMES")) {
		commands[command] = strings.Fields(command)
	}
	for name, command := range commands {
		t.Run(name, func(t *testing.T) {
			if output := run(t, directory, append(command, "smoke.mjs", "run")...); output != "ok\n" {
				t.Error(output)
			}
		})
	}
}

// TestRunners runs the same in test runners: node --test, and those in NODE_TEST_RUNNERS, a directory with jest and
// vitest.
func TestRunners(t *testing.T) {
	hostOnly(t)
	directory := workspace(t, "smoke.mjs", "late.mjs", "smoke.test.mjs", "smoke.node.mjs")
	if output := run(t, directory, "node", "--test", "smoke.node.mjs"); !strings.Contains(output, "pass 1") {
		t.Error(output)
	}
	modules := os.Getenv("NODE_TEST_RUNNERS")
	if modules == "" {
		t.Skip("skipped: NODE_TEST_RUNNERS names no directory with jest and vitest; see make test-runtimes")
	}
	output := run(t, directory, "node", "--experimental-vm-modules", filepath.Join(modules, "jest/bin/jest.js"),
		"--rootDir", directory, "--testMatch", "**/smoke.test.mjs")
	if !strings.Contains(output, "1 passed") {
		t.Error(output)
	}
	output = run(t, directory, "node", filepath.Join(modules, "vitest/vitest.mjs"), "run", "--globals", "--root", directory,
		"smoke.test.mjs")
	if !strings.Contains(output, "1 passed") {
		t.Error(output)
	}
}
