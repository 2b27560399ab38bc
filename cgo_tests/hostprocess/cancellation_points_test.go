package hostprocess

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// pointsOfC are the functions of the C library that are or may be cancellation points
// (pthreads(7)), if the library or Go uses similar ones; variants are recognized by their prefix.
var pointsOfC = regexp.MustCompile(`^(accept4?|clock_nanosleep|close|closedir|connect|creat|dlopen|epoll_p?wait|` +
	`fclose|fcntl|fdatasync|fflush|fget[cs]|fopen|f?printf|fputc|fputs|fread|fsync|fwrite|getaddrinfo|getc|getline|` +
	`getnameinfo|ioctl|lseek|mkstemp|msync|nanosleep|open(at|dir)?|pause|poll|ppoll|posix_spawn|pread|pselect|` +
	`pthread_cond_(clock|timed)?wait|pthread_join|pthread_testcancel|pwrite|readv?|readdir|recv(from|msg)?|select|` +
	`sem_(timed|clock)?wait|send(to|msg)?|sigsuspend|sigtimedwait|sigwait(info)?|sleep|syslog|system|usleep|` +
	`vfprintf|wait(id|pid)?|writev?)$`)

// points has, for each cancellation point in the library, its effect on a thread of the host:
// "cancelled"; "disabled" if cancellation is disabled there; "own" if only threads of the library
// reach it.
var points = map[string]string{
	"poll":              "cancelled", // in waits; in vm.c
	"nanosleep":         "cancelled", // between two tries after a collection; else disabled
	"accept4":           "disabled",  // with connect, recv, recvmsg, send: in denied_linux.c, inside Go
	"close":             "disabled",
	"connect":           "disabled",
	"closedir":          "disabled",
	"epoll_pwait":       "disabled",
	"epoll_wait":        "disabled",
	"fclose":            "disabled",
	"fcntl":             "disabled",
	"fgets":             "disabled",
	"fopen":             "disabled",
	"fprintf":           "disabled", // to a stream in memory; of Go's runtime
	"fputc":             "disabled",
	"fwrite":            "disabled",
	"getaddrinfo":       "own",
	"getnameinfo":       "own",
	"open":              "disabled",
	"opendir":           "disabled",
	"posix_spawn":       "own",
	"pthread_cond_wait": "disabled", // of Go's runtime, when it starts
	"pthread_join":      "disabled", // while the library is loaded
	"read":              "disabled",
	"readdir":           "disabled",
	"recv":              "disabled",
	"recvmsg":           "disabled",
	"send":              "disabled",
	"sigtimedwait":      "disabled",
	"vfprintf":          "disabled",
	"write":             "disabled",
}

// The list has exactly the library's cancellation points.
func TestCancellationPoints(t *testing.T) {
	seen := map[string]bool{}
	for _, library := range librariesUnderTest(t) {
		output, err := exec.Command("nm", "-D", "--undefined-only", library.path).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, symbol := range strings.Fields(string(output)) {
			name, _, _ := strings.Cut(symbol, "@")
			if !pointsOfC.MatchString(name) {
				continue
			}
			seen[name] = true
			if points[name] == "" {
				t.Errorf("%s: %s is a cancellation point that is not listed", library.name, name)
			}
		}
	}
	for name := range points {
		if !seen[name] {
			t.Errorf("no library uses %s", name)
		}
	}
}
