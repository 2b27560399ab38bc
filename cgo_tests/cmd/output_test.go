package cmd

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// openPipe is an input that has nothing and does not end.
func openPipe(t *testing.T) *os.File {
	t.Helper()
	read, _ := testkit.Pipe(t)
	return read
}

const manyLines = 50000

// TestOutputComplete: a pipe gets everything, also from a reader that begins late.
func TestOutputComplete(t *testing.T) {
	t.Parallel()
	want := strings.Repeat("a line of output\n", manyLines)
	for name, code := range map[string]string{
		"console.log":  `for (let i = 0; i < 50000; i++) console.log("a line of output");`,
		"print, exit":  `for (let i = 0; i < 50000; i++) print("a line of output"); std.exit(0);`,
		"std.out.puts": `std.out.puts("a line of output\n".repeat(50000)); std.exit(0);`,
	} {
		t.Run(name, func(t *testing.T) {
			read, write := testkit.Pipe(t)
			child := start(t, testkit.Options{Stdout: write}, code)
			_ = write.Close()
			output, err := io.ReadAll(read)
			if err != nil {
				t.Fatal(err)
			}
			child.Wait().Check(t, 0, "", "")
			if string(output) != want {
				t.Errorf("%d bytes, want %d", len(output), len(want))
			}
		})
	}
}

// TestOutputPrompt: a line appears while the script continues.
func TestOutputPrompt(t *testing.T) {
	t.Parallel()
	for name, print := range map[string]string{
		"console.log":    `console.log("ready")`,
		"print":          `print("ready")`,
		"std.out.puts":   `std.out.puts("ready\n"); std.out.flush()`,
		"std.out.printf": `std.out.printf("%s\n", "ready"); std.out.flush()`,
	} {
		t.Run(name, func(t *testing.T) {
			child := start(t, testkit.Options{Stdin: openPipe(t)}, print+`; while (true) {}`)
			child.Expect("ready")
		})
	}
}

// TestOutputOrder: output of different functions appears in the order of the calls.
func TestOutputOrder(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `std.out.puts("1 "); console.log("2"); std.printf("3 "); print("4"); std.puts("5\n");`).Check(t, 0, lines("1 2", "3 4", "5"), "")
}

// TestOutputClosed: a script whose output has no reader ends, with the status by which a shell
// reports SIGPIPE.
func TestOutputClosed(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"few lines":    `for (let i = 0; i < 10; i++) console.log("a line of output");`,
		"endless":      `while (true) console.log("a line of output");`,
		"endless puts": `while (true) std.out.puts("a line of output\n");`,
		"in handler":   `const again = () => { console.log("a line of output"); setTimeout(again, 1); }; again();`,
	} {
		t.Run(name, func(t *testing.T) {
			read, write := testkit.Pipe(t)
			_ = read.Close()
			child := start(t, testkit.Options{Stdout: write}, code)
			_ = write.Close()
			result := child.Wait()
			result.Check(t, 128+int(syscall.SIGPIPE), "", "")
			if result.Took > prompt {
				t.Errorf("it took %v", result.Took)
			}
		})
	}
}
