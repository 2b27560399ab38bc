package libzmq

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// bound binds a new socket and closes it.
func bound(t *testing.T, prepare func(*Socket) error, endpoint string) error {
	t.Helper()
	socket := newSocket(t, newContext(t, newRuntime(t)), 0) // PAIR
	err := prepare(socket)
	if err == nil {
		err = socket.Bind(endpoint)
	}
	return errors.Join(err, socket.Close())
}

func nothing(*Socket) error { return nil }

func TestBindDeletesOnlySockets(t *testing.T) {
	directory := t.TempDir()
	path := func(name string) string { return filepath.Join(directory, name) }
	left := path("left")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: left, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false) // like a process that was killed
	_ = listener.Close()
	err = errors.Join(
		os.WriteFile(path("file"), []byte("content"), 0o600),
		os.Symlink("file", path("link")),
		os.Symlink("left", path("link to a socket")),
		os.Symlink("nowhere", path("dangling link")),
		os.Mkdir(path("directory"), 0o700),
		syscall.Mkfifo(path("fifo"), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if name == "left" {
			continue
		}
		err := bound(t, nothing, "ipc://"+path(name))
		if !errors.Is(err, EADDRINUSE) {
			t.Errorf("%s: %v", name, err)
		}
		if info, err := os.Lstat(path(name)); err != nil || info.Mode() != must(entry.Info()).Mode() {
			t.Errorf("%s was deleted: %v", name, err)
		}
	}
	if content, err := os.ReadFile(path("file")); string(content) != "content" {
		t.Errorf("the file has %q: %v", content, err)
	}
	for _, endpoint := range []string{"ipc://" + left, "ipc://" + path("new"), "ipc://*", "ipc://@zmqjs-" + filepath.Base(directory)} {
		if err := bound(t, nothing, endpoint); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

func must(info os.FileInfo, err error) os.FileInfo {
	if err != nil {
		panic(err)
	}
	return info
}

// USE_FD takes a socket that listens, and no other descriptor.
func TestUseFdTakesListeners(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	use := func(descriptor uintptr) func(*Socket) error {
		return func(s *Socket) error {
			return s.SetOption(89, binary.NativeEndian.AppendUint32(nil, uint32(descriptor)))
		}
	}
	// libzmq closes what it binds.
	duplicate, err := syscall.Dup(int(file.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if err := bound(t, use(uintptr(duplicate)), "tcp://127.0.0.1:*"); err != nil {
		t.Error(err)
	}
	plain, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(plain)
	for _, descriptor := range []uintptr{uintptr(plain), os.Stderr.Fd(), 1 << 20} {
		err := bound(t, use(descriptor), "tcp://127.0.0.1:*")
		var refusal *RefusalError
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "not a socket that listens") {
			t.Errorf("%d: %v", descriptor, err)
		}
	}
}
