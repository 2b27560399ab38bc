package posix

// SIGPIPE is the signal for a write to a pipe without a reader on other systems. The exit status after such a write
// contains it.
const SIGPIPE = 13

// Signals are the signal constants of the module os.
var Signals = map[string]int{
	"SIGINT":  2,
	"SIGILL":  4,
	"SIGFPE":  8,
	"SIGKILL": 9,
	"SIGSEGV": 11,
	"SIGTERM": 15,
	"SIGABRT": 22,
}
