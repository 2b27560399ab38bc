package testkit

import (
	"os"
	"testing"
)

// Pipe makes a pipe whose ends are closed when the test is over.
func Pipe(t testing.TB) (read, write *os.File) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = read.Close()
		_ = write.Close()
	})
	return read, write
}
