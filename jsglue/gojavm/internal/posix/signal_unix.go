//go:build unix

package posix

import "golang.org/x/sys/unix"

// SIGPIPE is the signal for a write to a pipe without a reader.
const SIGPIPE = int(unix.SIGPIPE)

// Signals are the signal constants of the module os.
var Signals = map[string]int{
	"SIGINT":  int(unix.SIGINT),
	"SIGABRT": int(unix.SIGABRT),
	"SIGFPE":  int(unix.SIGFPE),
	"SIGILL":  int(unix.SIGILL),
	"SIGSEGV": int(unix.SIGSEGV),
	"SIGTERM": int(unix.SIGTERM),
	"SIGQUIT": int(unix.SIGQUIT),
	"SIGPIPE": SIGPIPE,
	"SIGALRM": int(unix.SIGALRM),
	"SIGUSR1": int(unix.SIGUSR1),
	"SIGUSR2": int(unix.SIGUSR2),
	"SIGCHLD": int(unix.SIGCHLD),
	"SIGCONT": int(unix.SIGCONT),
	"SIGSTOP": int(unix.SIGSTOP),
	"SIGTSTP": int(unix.SIGTSTP),
	"SIGTTIN": int(unix.SIGTTIN),
	"SIGTTOU": int(unix.SIGTTOU),
	"SIGHUP":  int(unix.SIGHUP),
	"SIGKILL": int(unix.SIGKILL),
}
