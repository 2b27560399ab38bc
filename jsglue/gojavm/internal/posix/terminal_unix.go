//go:build unix

package posix

import (
	"golang.org/x/sys/unix"
)

// A TerminalMode is the mode of a terminal.
type TerminalMode = unix.Termios

// IsTerminal reports whether fd refers to a terminal.
func IsTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, getTerminalMode)
	return err == nil
}

// TerminalSize returns the size of a terminal in characters.
func TerminalSize(fd int) (columns, rows int, err error) {
	size, err := unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0, err
	}
	return int(size.Col), int(size.Row), nil
}

// MakeRaw makes a terminal deliver each key at once, without echo, and returns its previous mode.
func MakeRaw(fd int) (TerminalMode, error) {
	mode, err := unix.IoctlGetTermios(fd, getTerminalMode)
	if err != nil {
		return TerminalMode{}, err
	}
	before := *mode
	mode.Iflag &^= unix.IGNBRK | unix.BRKINT | unix.PARMRK | unix.ISTRIP | unix.INLCR | unix.IGNCR | unix.ICRNL | unix.IXON
	mode.Oflag |= unix.OPOST
	mode.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.IEXTEN
	mode.Cflag = mode.Cflag&^(unix.CSIZE|unix.PARENB) | unix.CS8
	mode.Cc[unix.VMIN], mode.Cc[unix.VTIME] = 1, 0
	return before, unix.IoctlSetTermios(fd, setTerminalMode, mode)
}

// SetTerminalMode sets the mode of a terminal.
func SetTerminalMode(fd int, mode TerminalMode) { _ = unix.IoctlSetTermios(fd, setTerminalMode, &mode) }
