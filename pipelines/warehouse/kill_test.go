package warehouse

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for the writers and the reader that are killed and
// watched below and in erase_test.go, and the full disk of damage_test.go.
func TestMain(m *testing.M) {
	role, root, ok := strings.Cut(os.Getenv("WHERRY_TEST_ROLE"), ":")
	if !ok {
		os.Exit(m.Run())
	}
	act := map[string]func(string) error{"write": keepWriting, "read": keepReading, "erase": keepErasing, "fill": fill}[role]
	if err := act(root); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// keepWriting accepts and publishes for ever, printing the id of each delivery once Accept
// has returned.
func keepWriting(root string) error {
	ctx, p := context.Background(), partnership(root)
	for {
		w, err := Open(ctx, p, sqlFiles(), asAt)
		if err != nil {
			return err
		}
		for range 3 {
			n := len(w.Deliveries())
			batch := []*Delivery{visit("north", "2026-07", n), visit("south", "2026-08", n)}
			if err := accept(ctx, w, 200, batch...); err != nil {
				return err
			}
			fmt.Println(batch[0].ID)
			fmt.Println(batch[1].ID)
			if _, err := w.Publish(ctx); err != nil {
				return err
			}
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
}

// keepReading opens and reads the current file until its input closes; any file that does
// not hold exactly what its ledger says ends it with an error.
func keepReading(root string) error {
	stop := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(stop) }()
	for reads := 0; ; reads++ {
		select {
		case <-stop:
			fmt.Println(reads)
			return nil
		default:
		}
		if err := readOnce(root); err != nil {
			return fmt.Errorf("read %d: %w", reads, err)
		}
	}
}

func readOnce(root string) error {
	ctx := context.Background()
	r, err := OpenReader(ctx, partnership(root))
	if err != nil {
		return err
	}
	defer r.Close()
	var half int
	err = r.QueryRowContext(ctx, `select count(*) from ledger.delivery d left join
		(select delivery_id, count(*) as n from landing.visit group by all) v using (delivery_id)
		where d.accepted is distinct from v.n`).Scan(&half)
	if err == nil && half > 0 {
		err = fmt.Errorf("%d deliveries are half loaded", half)
	}
	return err
}

func child(t *testing.T, role, root string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(must(os.Executable())(t))
	cmd.Env = append(os.Environ(), "WHERRY_TEST_ROLE="+role+":"+root)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestKilledAtAnyMomentTheLastGoodStateIsReadable(t *testing.T) {
	t.Run("plain", func(t *testing.T) { killedWriting(t, t.TempDir(), func() {}) })
	t.Run("sealed", func(t *testing.T) {
		root := t.TempDir()
		sealing(t, root)
		killedWriting(t, root, func() { nothingPlain(t, root) })
	})
}

// killedWriting kills writers of a partnership, and looks after each.
func killedWriting(t *testing.T, root string, look func()) {
	p := partnership(root)
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-09", 0)))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())

	reader := child(t, "read", root)
	input := must(reader.StdinPipe())(t)
	var reads strings.Builder
	reader.Stdout = &reads
	check(t, reader.Start())

	acked := map[string]bool{}
	for range 12 {
		writer := child(t, "write", root)
		output := must(writer.StdoutPipe())(t)
		check(t, writer.Start())
		timer := time.AfterFunc(time.Duration(20+rand.IntN(500))*time.Millisecond, func() { _ = writer.Process.Kill() })
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			acked[lines.Text()] = true
		}
		_ = writer.Wait()
		timer.Stop()
		check(t, readOnce(root))
		look()
	}
	check(t, input.Close())
	if err := reader.Wait(); err != nil {
		t.Errorf("the reader met a state that was not whole: %v", err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(reads.String()))
	if err != nil || n < 5 || len(acked) < 4 {
		t.Fatalf("the test saw too little: %q reads, %d deliveries", reads.String(), len(acked))
	}

	proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t)
	if proof.Difference != "" {
		t.Errorf("after %d deliveries: %s", len(acked), proof.Difference)
	}
	held := map[string]bool{}
	for _, d := range must(Deliveries(p))(t) {
		held[d.ID] = true
	}
	for id := range acked {
		if !held[id] {
			t.Errorf("delivery %s was accepted and is not in the archive", id)
		}
	}
	t.Logf("%d reads, %d deliveries acknowledged over 12 kills", n, len(acked))
}
