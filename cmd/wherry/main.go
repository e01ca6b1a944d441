// Wherry carries agencies' anonymised extracts to the boards that need them: it receives
// them under contract, measures them in SQL, protects small numbers and publishes a
// static edition each quarter. See docs/architecture.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // schedules are read in Europe/London on machines without zone files
)

// version is set by make from git; a plain go build says so.
var version = "unversioned"

// goBytes is what Go's share of the memory is kept to where it can: beyond it, garbage is
// collected as often as it takes. The database has a limit of its own, in wherry.yaml.
const goBytes = 390 << 20

func main() {
	// Drawing makes much short-lived garbage; collecting it a quarter as often saves a third of a run.
	debug.SetGCPercent(400)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(goBytes)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
