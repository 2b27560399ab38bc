package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// mounted is a small file system in memory, which ends with the test.
func mounted(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill takes all room for data or, in empty files, all room for files.
func fill(t *testing.T, dir string, content []byte) {
	t.Helper()
	for i := range 1000 {
		if os.WriteFile(filepath.Join(dir, fmt.Sprint("filler", i)), content, 0o666) != nil {
			return
		}
	}
	t.Fatal("the disk does not get full")
}

// TestFullDisk: bound sockets still work, and so does bind, since a socket file has no data.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if !isolated(t) {
		return
	}
	dir := mounted(t, "size=64k,nr_inodes=100")
	for name, full := range map[string]bool{"before": false, "after": true} {
		if full {
			fill(t, dir, make([]byte, 8192))
		}
		server := newPeer(t, nil, script(t, "retry_server.js"), "ipc://"+filepath.Join(dir, name))
		if !full {
			fill(t, dir, make([]byte, 8192))
		}
		ask(t, server.bound[0], func() {})
		server.kill()
	}
}

const binding = `import * as zmq from "zmq";
import * as std from "std";
const context = new zmq.Context();
const socket = context.socket(zmq.REP);
for (;;) {
  try {
    socket.bind(scriptArgs[1]);
    console.log("bound");
    break;
  } catch (error) {
    console.log(error.code, error.endpoint === scriptArgs[1]);
  }
  std.in.getline();
}
socket.close();
context.term();
`

// TestNoRoomForSocket: bind throws, and works once there is room.
func TestNoRoomForSocket(t *testing.T) {
	t.Parallel()
	if !isolated(t) {
		return
	}
	dir := mounted(t, "size=1m,nr_inodes=10")
	fill(t, dir, nil)
	input := newFeed(t, 1)
	path := filepath.Join(t.TempDir(), "binding.js")
	if err := os.WriteFile(path, []byte(binding), 0o666); err != nil {
		t.Fatal(err)
	}
	child := testkit.Start(t, testkit.Options{Stdin: input.read}, testkit.Program(t), path, "ipc://"+filepath.Join(dir, "socket"))
	child.Expect("ENOSPC true")
	if err := os.Remove(filepath.Join(dir, "filler0")); err != nil {
		t.Fatal(err)
	}
	input.upTo(1)
	child.Expect("bound")
	if result := child.Wait(); result.Status != 0 || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
}

// TestRemovedSocketFile: connected peers continue; others wait until the server is back.
func TestRemovedSocketFile(t *testing.T) {
	t.Parallel()
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "server")
	server := newPeer(t, nil, script(t, "retry_server.js"), endpoint)
	input := newFeed(t, 3)
	client := newPeer(t, input.read, script(t, "retry_client.js", "ATTEMPTS = 20", "ATTEMPTS = 1000"), endpoint)
	input.upTo(1)
	client.Expect("0000001 is done")
	if err := os.Remove(endpoint[len("ipc://"):]); err != nil {
		t.Fatal(err)
	}
	input.upTo(2)
	client.Expect("0000002 is done")
	ask(t, endpoint, func() {
		server.restart()
	})
	input.upTo(3)
	client.Expect("0000003 is done")
	client.end()
	server.kill()
}
