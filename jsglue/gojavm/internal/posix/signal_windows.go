package posix

// SIGPIPE is the signal of a write that nobody can read, on other systems.
const SIGPIPE = 13

// Signals are those that os.signal() and os.kill() know, by name.
var Signals = map[string]int{
	"SIGINT":  2,
	"SIGILL":  4,
	"SIGFPE":  8,
	"SIGKILL": 9,
	"SIGSEGV": 11,
	"SIGTERM": 15,
	"SIGABRT": 22,
}
