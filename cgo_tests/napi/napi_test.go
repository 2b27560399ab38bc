// Package napi installs the npm package and runs it under Node, with the adapter for
// Node-API that it is made of.
package napi

import (
	"encoding/json"
	"net/url"
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
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// directory is what the package is installed in, once for all tests; "" before the first.
var directory string

// install makes the packages and installs them: by the commands of README.md without a network, or for another platform
// from a registry, of which npm takes what that needs.
func install(t *testing.T) {
	t.Helper()
	name := "zmqjs-npm-"
	if target.IsWindows() { // letters that are not ASCII, and spaces, in the paths that Node loads
		name = "zmqjs für Node, 大きい "
	}
	var err error
	if directory, err = os.MkdirTemp("", name); err != nil {
		t.Fatal(err)
	}
	root := testkit.Root(t)
	if target.Name() == "" {
		commands := testkit.InstallCommands(t, "npm package", root)
		if len(commands) != 2 {
			t.Fatalf("%q", commands)
		}
		command(t, `cd "$1"; `+commands[0]+` >/dev/null; cd "$2"; npm init -y >/dev/null; `+commands[1], root, directory)
	} else {
		making := `make npm TARGET="$2" >/dev/null`
		if target.IsWindows() { // the same of what is built already
			making = `scripts/npm "build/$2" "build/$2/npm" "$2" >/dev/null`
		}
		command(t, `cd "$1"; `+making, root, target.Name())
		if output, err := installFrom(directory, "zmqjs", "zmqjs-[0-9]*.tgz", "zmqjs-*-*-*.tgz"); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	installation = directory
}

// command runs commands for npm without a network.
func command(t *testing.T, script string, arguments ...string) {
	t.Helper()
	command := exec.Command("sh", append([]string{"-ec", script, "sh"}, arguments...)...)
	command.Env = append(os.Environ(), "npm_config_offline=true", "npm_config_audit=false", "npm_config_fund=false",
		"npm_config_loglevel=silent")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}

// asTarget are the arguments with which npm installs for the platform.
func asTarget() []string {
	system, processor, found := strings.Cut(target.Name(), "-")
	if !found {
		return nil
	}
	return []string{"--os=" + strings.Replace(system, "windows", "win32", 1), "--cpu=" + processor}
}

// packages is the directory in which install leaves the packages.
func packages() string { return filepath.Join(target.Build(), "npm") }

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

// hostOnly skips a test of what has no other side on another platform, or needs its system to be this one's.
func hostOnly(t *testing.T) {
	t.Helper()
	if target.Name() != "" {
		t.Skip("this machine runs it for all platforms")
	}
}

// node is the command line of Node for scripts whose "zmq" is the addon's module.
func node(t *testing.T) []string {
	register := testdata(t, "register.mjs")
	if target.IsWindows() { // a drive would be the scheme of a URL
		register = (&url.URL{Scheme: "file", Path: "/Z:" + register}).String()
	}
	return append(target.Node(), "--no-warnings", "--import", register)
}

// runNode runs Node.
func runNode(t *testing.T, options testkit.Options, arguments ...string) testkit.Result {
	t.Helper()
	return startCommand(t, options, append(target.Node(), arguments...)).Wait()
}

func startCommand(t *testing.T, options testkit.Options, command []string) *testkit.Child {
	t.Helper()
	if target.Emulated() {
		options.Group, options.Limit = true, emulatedLimit
	}
	return testkit.Start(t, options, command[0], command[1:]...)
}

// An emulator takes its time.
const emulatedLimit = 10 * time.Minute

// TestConformance runs the conformance suite.
func TestConformance(t *testing.T) {
	if target.Name() == "" {
		conformance.Check(t, suite(t), 2000)
	} else {
		conformance.CheckGroups(t, suite(t))
	}
}

func suite(t *testing.T) *conformance.Suite {
	t.Helper()
	suite := conformance.Standard(filepath.Join(testkit.Root(t), "cgo_tests", "conformance"), node(t))
	suite.Env = []string{"ZMQJS_NPM_ROOT=" + installed(t)}
	return suite
}

// start starts a script of testdata, with settings added to the environment.
func start(t *testing.T, settings []string, script string, arguments ...string) *testkit.Child {
	t.Helper()
	emulator, err := json.Marshal(append([]string{}, target.Emulator()...))
	if err != nil {
		t.Fatal(err)
	}
	rounds := "2000"
	if target.Emulated() {
		rounds = "100"
	}
	command := append(append(node(t), testdata(t, script)), arguments...)
	settings = append(settings, "ZMQJS_NPM_ROOT="+installed(t), "ROUNDS="+rounds, "EMULATOR="+string(emulator))
	return startCommand(t, testkit.Options{Env: settings}, command)
}

// TestScripts: with promises that wait by the event loop, and by a thread as in hosts without libuv.
func TestScripts(t *testing.T) {
	ways := []string{"loop", "thread"}
	if target.IsWindows() {
		ways = ways[:1] // there is no other
	}
	for _, way := range ways {
		for _, script := range []string{"misuse.mjs", "self.mjs", "collections.mjs", "promises.mjs", "waits.mjs", "lending.mjs", "killed.mjs", "wakeups.mjs", "workers.mjs", "shared.mjs"} {
			t.Run(way+"/"+script, func(t *testing.T) {
				result := start(t, []string{"ZMQJS_WATCH_BY=" + way}, script).Wait()
				if result.Status != 0 || !strings.HasSuffix(result.Stdout, "ok\n") {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}

// TestInterrupt: a signal ends the process during a wait, or the wait if the script handles it.
func TestInterrupt(t *testing.T) {
	hostOnly(t)
	child := start(t, nil, "interrupt.mjs", "default")
	child.Expect("waiting")
	child.Signal(syscall.SIGINT)
	if result := child.Wait(); result.Signal != syscall.SIGINT {
		t.Errorf("not handled: %+v", result)
	}
	stdin, open := testkit.Pipe(t)
	command := append(node(t), testdata(t, "interrupt.mjs"), "handled")
	child = startCommand(t, testkit.Options{Env: []string{"ZMQJS_NPM_ROOT=" + installed(t)}, Stdin: stdin}, command)
	child.Expect("waiting")
	ended := make(chan struct{})
	go func() {
		child.Next()
		close(ended)
	}()
	for waits := true; waits; { // it may not have waited yet when the first one came
		child.Signal(syscall.SIGINT)
		select {
		case <-ended:
			waits = false
		case <-time.After(50 * time.Millisecond):
		}
	}
	child.Expect("handled")
	_ = open.Close()
	if result := child.Wait(); result.Status != 5 || result.Stdout != "waiting\nEINTR\nhandled\n" {
		t.Errorf("handled: %+v", result)
	}
}

func TestTypes(t *testing.T) {
	hostOnly(t)
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
	hostOnly(t)
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
