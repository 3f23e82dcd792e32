package main

import "syscall"

// A group of its own, out of reach of the terminal's Ctrl-C, and killed with the leash should that be killed itself.
func groupAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
