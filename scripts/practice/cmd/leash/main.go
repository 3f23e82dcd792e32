// Leash runs a program and ends it when leash's own standard input ends.
//
// Whoever starts a leash holds the other end of that pipe. The kernel closes it however the holder ends, kill -9
// included, so the program never outlives it. SIGTERM, SIGINT and SIGHUP to the leash end the program as well.
//
//	leash GRACE PROGRAM [ARGUMENT...]
//
// Ending is SIGTERM to the program's process group, then SIGKILL after GRACE (a Go duration such as 3s).
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) < 3 {
		fail("usage: leash GRACE PROGRAM [ARGUMENT...]")
	}
	grace, err := time.ParseDuration(os.Args[1])
	if err != nil {
		fail(err.Error())
	}
	// Linux sends the death signal when the thread that started the program ends, not the process: stay on this one.
	runtime.LockOSThread()

	// Asked for before the program starts: a signal in between must not end the leash alone.
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	released := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(released)
	}()

	program := exec.Command(os.Args[2], os.Args[3:]...)
	program.Stdout, program.Stderr = os.Stdout, os.Stderr
	program.SysProcAttr = groupAttributes()
	if err := program.Start(); err != nil {
		fail(err.Error())
	}
	group := -program.Process.Pid
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()

	select {
	case err = <-ended:
	case <-asked:
		err = end(group, grace, ended)
	case <-released:
		err = end(group, grace, ended)
	}
	// What the program itself started goes with it.
	syscall.Kill(group, syscall.SIGKILL)
	if err != nil && program.ProcessState == nil {
		fail(err.Error())
	}
	code := program.ProcessState.ExitCode()
	if code < 0 {
		code = 1
	}
	os.Exit(code)
}

func end(group int, grace time.Duration, ended <-chan error) error {
	syscall.Kill(group, syscall.SIGTERM)
	select {
	case err := <-ended:
		return err
	case <-time.After(grace):
		syscall.Kill(group, syscall.SIGKILL)
		return <-ended
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "leash: "+message)
	os.Exit(1)
}
