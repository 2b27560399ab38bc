package jsglue

import (
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// The names of zmq.h that are no constants of the module.
var notExported = map[string]string{
	"EXPORT":          "a compiler's word",
	"BUILD_DRAFT_API": "a switch of the compilation",
}

// compileNumbers lets the C compiler say what the installed zmq.h has.
func compileNumbers(t *testing.T) map[string]int64 {
	t.Helper()
	cflags, err := exec.Command("pkg-config", "--cflags", "libzmq").Output()
	if err != nil {
		t.Fatalf("pkg-config: %v", err)
	}
	run := func(source string, arguments ...string) string {
		arguments = append(append(strings.Fields(string(cflags)), arguments...), "-DZMQ_BUILD_DRAFT_API", "-x", "c", "-")
		command := exec.Command("cc", arguments...)
		command.Stdin = strings.NewReader(source)
		output, err := command.Output()
		if err != nil {
			t.Fatalf("cc: %v", err)
		}
		return string(output)
	}
	macros := run("#include <zmq.h>\n", "-E", "-dM")
	names := regexp.MustCompile(`(?m)^#define (ZMQ_[A-Z0-9_]+) [^"\n]+$`).FindAllStringSubmatch(macros, -1)
	numbers := map[string]int64{}
	program := &strings.Builder{}
	program.WriteString("#include <zmq.h>\n")
	var order []string
	for _, name := range names {
		if strings.HasPrefix(name[1], "ZMQ_HAVE_") || strings.HasPrefix(name[1], "ZMQ_DEFINED_") || notExported[name[1][4:]] != "" {
			continue
		}
		order = append(order, name[1][4:])
		program.WriteString("value_of (" + name[1] + ")\n")
	}
	values := regexp.MustCompile(`(?m)^value_of \((.*)\)$`).FindAllStringSubmatch(run(program.String(), "-E", "-P"), -1)
	if len(values) != len(order) {
		t.Fatalf("%d names but %d values", len(order), len(values))
	}
	for i, value := range values {
		numbers[order[i]] = evaluate(t, order[i], value[1])
	}
	return numbers
}

// evaluate computes a constant expression of zmq.h: numbers, |, +, << and
// parentheses.
func evaluate(t *testing.T, name, expression string) int64 {
	t.Helper()
	output, err := exec.Command("sh", "-c", "echo $(("+expression+"))").Output()
	if err != nil {
		t.Fatalf("%s: %q: %v", name, expression, err)
	}
	value, err := strconv.ParseInt(strings.TrimSpace(string(output)), 0, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

func TestConstantsAreThoseOfTheInstalledHeader(t *testing.T) {
	ours := map[string]int64{}
	for _, constant := range Zmq.Constants {
		ours[constant.Name] = constant.Value
	}
	theirs := compileNumbers(t)
	if len(theirs) < 150 {
		t.Fatalf("only %d constants found in zmq.h", len(theirs))
	}
	for name, value := range theirs {
		if got, ok := ours[name]; !ok {
			t.Errorf("%s is missing", name)
		} else if got != value {
			t.Errorf("%s is %d, in zmq.h it is %d", name, got, value)
		}
	}
}

func TestErrorNumbersHaveNames(t *testing.T) {
	for number, name := range map[int]string{
		11: "EAGAIN", 22: "EINVAL", 98: "EADDRINUSE", 88: "ENOTSOCK", 95: "ENOTSUP",
		int(libzmq.EFSM): "EFSM", int(libzmq.ETERM): "ETERM",
	} {
		if got := errnoName(number); got != name {
			t.Errorf("%d is named %q, not %q", number, got, name)
		}
	}
	if text := errnoError(int(libzmq.ETERM)).Message; text != "Context was terminated" {
		t.Errorf("the text of ETERM is %q", text)
	}
}
