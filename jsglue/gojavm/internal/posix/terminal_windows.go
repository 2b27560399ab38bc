package posix

import "golang.org/x/sys/windows"

// A TerminalMode is the mode of a console.
type TerminalMode = uint32

// IsTerminal reports whether fd refers to a console.
func IsTerminal(fd int) bool {
	d, err := of(fd)
	return err == nil && d.kind == console
}

// TerminalSize returns the size of a console in characters.
func TerminalSize(fd int) (columns, rows int, err error) {
	d, err := of(fd)
	if err != nil {
		return 0, 0, err
	}
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(d.handle, &info); err != nil {
		return 0, 0, numbered(err)
	}
	return int(info.Window.Right-info.Window.Left) + 1, int(info.Window.Bottom-info.Window.Top) + 1, nil
}

// MakeRaw makes a console deliver each key at once, without echo, and returns its previous mode.
func MakeRaw(fd int) (TerminalMode, error) {
	d, err := of(fd)
	if err != nil {
		return 0, err
	}
	var before uint32
	if err := windows.GetConsoleMode(d.handle, &before); err != nil {
		return 0, numbered(err)
	}
	return before, numbered(windows.SetConsoleMode(d.handle, before&^(windows.ENABLE_LINE_INPUT|windows.ENABLE_ECHO_INPUT)))
}

// SetTerminalMode sets the mode of a console.
func SetTerminalMode(fd int, mode TerminalMode) {
	if d, err := of(fd); err == nil {
		_ = windows.SetConsoleMode(d.handle, mode)
	}
}
