package libzmq

import (
	"strings"
	"testing"
)

// With glibc the texts of errors are the C library's. They are those that errors have elsewhere.
func TestTextsOfGlibc(t *testing.T) {
	count := 0
	for number := 1; number < systemErrors; number++ {
		text, want := systemText(number), Errno(number).Error()
		if text == "" && (strings.HasPrefix(want, "Unknown error ") || want == "Host unreachable") {
			continue
		}
		count++
		if text != want {
			t.Errorf("error %d: %q, not %q", number, text, want)
		}
	}
	if count < 120 {
		t.Errorf("only %d errors have a text", count)
	}
}
