package conformance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The directories of the repository, of the built engine and of its sources.
const (
	root    = "../.."
	engine  = root + "/build/quickjs"
	sources = root + "/cgo_tests/node_modules/qjsc/deps/quickjs_2021_03_27"
)

// buildQuickJS gives the path of the unmodified qjs, which the tests of package quickjs
// build, and build again when they see a reason.
func buildQuickJS() (string, error) {
	build := "TestModuleByPath"
	if err := command("go", "test", "-count=1", "-run", "^"+build+"$", root+"/cgo_tests/quickjs"); err != nil {
		return "", err
	}
	return filepath.Abs(engine + "/qjs")
}

// buildModule makes zmq.so, as the example says, and puts the example's preload.js beside it.
func buildModule(library, dir string) error {
	example := root + "/examples/quickjs/"
	if err := command("gcc", "-std=c99", "-O2", "-D_GNU_SOURCE", "-shared", "-fPIC", "-isystem", sources,
		"-I"+root+"/include", "-o", filepath.Join(dir, "zmq.so"), example+"zmq.c",
		"-L"+library, "-lzmqjs", "-Wl,-rpath,"+library); err != nil {
		return err
	}
	preload, err := os.ReadFile(example + "preload.js")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "preload.js"), preload, 0o666)
}

// command runs a program and gives what it prints if it fails.
func command(program string, arguments ...string) error {
	c := exec.Command(program, arguments...)
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, output)
	}
	return nil
}
