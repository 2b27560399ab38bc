package testkit

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// DemoOutput is the output of scripts/demo, in any engine.
const DemoOutput = `--- server.js
Forwarded "hello"
Forwarded "world"
--- subscriber.js
Received "hello"
Received "world"
--- producer.js
Sent "hello"
Sent "world"
`

// Demo runs scripts/demo with a program that runs scripts (and its options), in a network of its
// own if the system permits that: the scripts use fixed ports.
func Demo(t testing.TB, program ...string) Result {
	t.Helper()
	command := append(isolated(t), filepath.Join(Root(t), "scripts/demo"))
	command = append(command, target.Command(program[0], program[1:]...)...)
	return Run(t, Options{Group: true}, command[0], command[1:]...)
}

// isolated is the beginning of a command that has a network of its own, with only loopback.
func isolated(t testing.TB) []string {
	t.Helper()
	const script = `ip link set lo up && exec "$@"`
	for _, flags := range [][]string{{"--net"}, {"--user", "--map-root-user", "--net"}} {
		command := append(append([]string{"unshare"}, flags...), "sh", "-c", script, "sh")
		if exec.Command(command[0], append(command[1:], "true")...).Run() == nil {
			return command
		}
	}
	t.Log("no network namespace is permitted here: the demo uses ports 5555 and 5556 of the ordinary network")
	return []string{"env"}
}
