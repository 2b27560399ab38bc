// Package napi installs the npm package and runs it under Node, with the adapter for
// Node-API that it is made of.
package napi

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// directory is what the package is installed in, once for all tests; "" before the first.
var directory string

// install makes the package and installs it by the commands of README.md, without a network.
func install(t *testing.T) {
	t.Helper()
	var err error
	if directory, err = os.MkdirTemp("", "zmqjs-npm-"); err != nil {
		t.Fatal(err)
	}
	root := testkit.Root(t)
	commands := testkit.InstallCommands(t, "npm package", root)
	if len(commands) != 2 {
		t.Fatalf("%q", commands)
	}
	script := `cd "$1"; ` + commands[0] + ` >/dev/null; cd "$2"; npm init -y >/dev/null; ` + commands[1]
	command := exec.Command("sh", "-ec", script, "sh", root, directory)
	command.Env = append(os.Environ(), "npm_config_offline=true", "npm_config_audit=false", "npm_config_fund=false",
		"npm_config_loglevel=silent")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	installation = directory
}

var (
	installOnce  sync.Once
	installation string // directory, if install has succeeded
)

func TestMain(m *testing.M) {
	status := m.Run()
	for _, made := range []string{directory, zeromqDirectory} {
		if made != "" {
			_ = os.RemoveAll(made)
		}
	}
	os.Exit(status)
}

func installed(t *testing.T) string {
	t.Helper()
	installOnce.Do(func() { install(t) })
	if installation == "" {
		t.Fatal("the package could not be installed")
	}
	return installation
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func node(t *testing.T) []string {
	return []string{"node", "--no-warnings", "--import", testdata(t, "register.mjs")}
}

func TestConformance(t *testing.T) {
	suite := conformance.Standard(filepath.Join(testkit.Root(t), "cgo_tests", "conformance"), node(t))
	suite.Env = []string{"ZMQJS_NPM_ROOT=" + installed(t)}
	conformance.Check(t, suite, 2000)
}

func start(t *testing.T, script string, arguments ...string) *testkit.Child {
	t.Helper()
	command := append(append(node(t), testdata(t, script)), arguments...)
	return testkit.Start(t, testkit.Options{Env: []string{"ZMQJS_NPM_ROOT=" + installed(t)}}, command[0], command[1:]...)
}

// TestScripts: with promises that wait by the event loop, and by a thread as in hosts without libuv.
func TestScripts(t *testing.T) {
	for _, way := range []string{"loop", "thread"} {
		for _, script := range []string{"misuse.mjs", "self.mjs", "collections.mjs", "promises.mjs", "waits.mjs", "lending.mjs", "wakeups.mjs", "workers.mjs", "shared.mjs"} {
			t.Run(way+"/"+script, func(t *testing.T) {
				t.Setenv("ZMQJS_WATCH_BY", way)
				result := start(t, script).Wait()
				if result.Status != 0 || !strings.HasSuffix(result.Stdout, "ok\n") {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}

func TestInterrupt(t *testing.T) {
	for _, handled := range []bool{false, true} {
		argument := map[bool]string{false: "default", true: "handled"}[handled]
		child := start(t, "interrupt.mjs", argument)
		child.Expect("waiting")
		time.Sleep(50 * time.Millisecond) // it waits only after it has said so
		child.Signal(syscall.SIGINT)
		result := child.Wait()
		if handled && (result.Status != 5 || result.Stdout != "waiting\nEINTR\nhandled\n") {
			t.Errorf("handled: %+v", result)
		}
		if !handled && result.Signal != syscall.SIGINT {
			t.Errorf("not handled: %+v", result)
		}
	}
}

func TestTypes(t *testing.T) {
	source, err := os.ReadFile(testdata(t, "types.ts"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(installed(t), "types.ts")
	if err := os.WriteFile(file, source, 0o666); err != nil {
		t.Fatal(err)
	}
	compiler := filepath.Join(testkit.Root(t), "cgo_tests", "node_modules", ".bin", "tsc")
	command := exec.Command(compiler, "--strict", "--noEmit", "--target", "es2022", "--module", "node16",
		"--skipLibCheck", "false", "--lib", "es2022,esnext.disposable", file)
	command.Dir = directory
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// The package carries its libraries along, and asks the system for nothing else.
func TestLibraries(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(installed(t), "node_modules/@zmqjs/*/*[0-9e]"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	outside := regexp.MustCompile(`NEEDED.*\[(lib(c|m|pthread|dl|rt|resolv|gcc_s|stdc\+\+)\.so\.\d+|ld-linux.*)\]`)
	for _, file := range files {
		output, err := exec.Command("readelf", "-d", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(output), "\n") {
			if !strings.Contains(line, "(NEEDED)") || outside.MatchString(line) {
				continue
			}
			name := line[strings.Index(line, "[")+1 : strings.Index(line, "]")]
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), name)); err != nil {
				t.Errorf("%s needs %s, which is not in the package", filepath.Base(file), name)
			}
		}
		if strings.HasSuffix(file, ".node") && !strings.Contains(string(output), "[$ORIGIN]") {
			t.Errorf("%s does not look beside itself:\n%s", file, output)
		}
	}
}
