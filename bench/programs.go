package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// python is Debian's, even if PATH has another one: it has pyzmq.
const python = "/usr/bin/python3"

func compile(host testkit.Host, program string) error {
	host.Dir = "."
	output, err := host.Build(".", program)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	return nil
}

// buildRaw compiles the cases in libzmq alone.
func buildRaw(directory string) (*program, error) {
	made := filepath.Join(directory, "raw")
	err := compile(testkit.Host{Sources: []string{"bench/raw/raw.c"}, Libraries: []string{"-lzmq", "-pthread"}}, made)
	return &program{
		Name: "libzmq", Command: []string{made}, Version: firstLine("pkg-config", "--modversion", "libzmq"),
		has: func(c benchCase) bool { return c.name != "call" },
	}, err
}

// buildABI compiles the case that calls the library without any engine.
func buildABI(directory string) (*program, error) {
	made := filepath.Join(directory, "abi")
	build, err := filepath.Abs("build")
	if err != nil {
		return nil, err
	}
	err = compile(testkit.Host{Sources: []string{"bench/raw/abi.c"}, Libraries: []string{"-pthread"}, Library: build}, made)
	return &program{
		Name: "C ABI", Command: []string{made}, Version: firstLine("build/zmqjs", "--version"),
		has: func(c benchCase) bool { return c.name == "threads" },
	}, err
}

// buildQuickJS builds the engine and the module for it.
func buildQuickJS(directory string) (*program, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if err := os.Chdir("cgo_tests/quickjs"); err != nil { // the tests' builds are found from there
		return nil, err
	}
	defer func() { _ = os.Chdir(root) }()
	quickjs, err := engine.Get()
	if err != nil {
		return nil, err
	}
	if err := quickjs.BuildModule(directory, filepath.Join(root, "build")); err != nil {
		return nil, err
	}
	command := []string{quickjs.QJS, "-I", filepath.Join(directory, "preload.js"), filepath.Join(root, "bench/cases.js")}
	return &program{Name: "QuickJS", Command: command, Version: "2021-03-27", has: onOneThread}, nil
}

func bundled() *program {
	return &program{
		Name: "zmqjs", Command: []string{"build/zmqjs", "bench/cases.js"},
		Version: firstLine("build/zmqjs", "--version"), has: onOneThread,
	}
}

// onOneThread reports whether cases.js has the case.
func onOneThread(c benchCase) bool { return c.name != "threads" }

// peers are other modules for scripts, with the cases that they can do.
func peers() []*program {
	only := func(names ...string) func(benchCase) bool {
		return func(c benchCase) bool { return slices.Contains(names, c.name) }
	}
	return []*program{
		{
			Name: "pyzmq", Command: []string{python, "bench/peers/pyzmq.py"},
			Version: firstLine(python, "-c", "import zmq; print(zmq.__version__)"),
			has:     only("call", "string", "int", "bytes", "into", "dontwait", "getsockopt_int", "poll-nothing", "echo", "start"),
		},
		{
			Name: "zeromq (npm)", Command: []string{"node", "bench/peers/zeromq.mjs"},
			Version: firstLine("node", "-p", `require("./cgo_tests/node_modules/zeromq/package.json").version`),
			has:     only("call", "string", "bytes", "echo", "start"),
		},
	}
}

// hosts are two programs that run scripts, to be compared with each other.
func hosts(reference, linked string) []*program {
	var found []*program
	for name, command := range map[string]string{"reference": reference, "linked": linked} {
		if fields := strings.Fields(command); len(fields) > 0 {
			found = append(found, &program{Name: name, Command: append(fields, "bench/cases.js"), Version: command, has: func(c benchCase) bool {
				return onOneThread(c) && (name == "linked" || c.name != "into" && c.kind != memory)
			}})
		}
	}
	slices.SortFunc(found, func(a, b *program) int { return -strings.Compare(a.Name, b.Name) }) // the reference first
	return found
}

func firstLine(name string, arguments ...string) string {
	output, err := exec.Command(name, arguments...).Output()
	if err != nil {
		return fmt.Sprintf("unknown (%v)", err)
	}
	line, _, _ := bytes.Cut(output, []byte("\n"))
	return string(line)
}
