package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wherry/config"
)

// Holding is how many rows of each delivery hold one of the pseudonyms, in any column, alone
// or as the mother's part of an unborn child's. It changes nothing.
func (w *Writer) Holding(ctx context.Context, pseudonyms []string) ([]Erased, error) {
	db, err := Memory(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var held []Erased
	for _, d := range w.Deliveries() {
		if d.Object == "" {
			continue
		}
		if _, err := os.Stat(w.archive.object(d.Object)); err != nil {
			return nil, fmt.Errorf("delivery %s: its object is not in the archive; restore it from a copy: %w", d.ID, err)
		}
		where, err := w.names(ctx, db, d, pseudonyms)
		if err != nil {
			return nil, fmt.Errorf("looking through delivery %s: %w", d.ID, err)
		}
		var n int64
		if err := db.QueryRowContext(ctx, "select count(*) from "+w.objectOf(d)+" where "+where).Scan(&n); err != nil {
			return nil, fmt.Errorf("looking through delivery %s: %w", d.ID, err)
		}
		if n > 0 {
			held = append(held, erased(d, n))
		}
	}
	return held, nil
}

func (w *Writer) objectOf(d *Delivery) string {
	return "read_parquet(" + Text(w.archive.object(d.Object)) + ", hive_partitioning = false)"
}

// names is a condition that is true for the rows of a delivery that hold one of the pseudonyms.
func (w *Writer) names(ctx context.Context, db *sql.DB, d *Delivery, pseudonyms []string) (string, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	any := []string{"false"}
	err = each(ctx, conn, "select column_name, column_type from (describe from "+w.objectOf(d)+")", func(r *sql.Rows) error {
		var name, kind string
		err := r.Scan(&name, &kind)
		switch kind {
		case "VARCHAR":
			any = append(any, "split_part("+Ident(name)+", ':', 1) in (select unnest("+List(pseudonyms)+"))")
		case "VARCHAR[]":
			any = append(any, "list_has_any("+Ident(name)+", "+List(pseudonyms)+")")
		}
		return err
	})
	return "coalesce(" + strings.Join(any, ", false) or coalesce(") + ", false)", err
}

// Forget takes out every row that holds one of the pseudonyms, from every delivery in the
// archive, the warehouse and the extracts of those deliveries in the inbox, with a record that
// does not hold them; rows that come with them later are left out by Accept. Editions stay as
// they were issued. Cut short at any moment it leaves the last good snapshot; done again, it
// goes on.
func (w *Writer) Forget(ctx context.Context, pseudonyms []string) (Erasure, error) {
	e := Erasure{Kind: Forgotten, On: day(w.asAt)}
	for _, p := range pseudonyms {
		e.People = append(e.People, digest(p))
	}
	all, err := w.archive.readErasures()
	if err != nil {
		return e, err
	}
	if e.Of, err = w.Holding(ctx, pseudonyms); err != nil {
		return e, err
	}
	if e, err = w.archive.begin(e); err != nil {
		return e, err
	}
	byID := map[string]*Delivery{}
	for _, d := range w.deliveries {
		byID[d.ID] = d
	}
	for _, x := range e.Of {
		if err := w.rewrite(ctx, byID[x.Delivery], pseudonyms); err != nil {
			return e, fmt.Errorf("taking rows out of delivery %s: %w", x.Delivery, err)
		}
	}
	if err := w.finishErasures(ctx, append(cutShort(all), e)); err != nil {
		return e, err
	}
	e.Finished = true
	return e, nil
}

// rewrite gives a delivery an object without the rows, and then its record that object: the
// delivery is whole at every moment.
func (w *Writer) rewrite(ctx context.Context, d *Delivery, pseudonyms []string) error {
	db, err := Memory(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	where, err := w.names(ctx, db, d, pseudonyms)
	if err != nil {
		return err
	}
	left := "from " + w.objectOf(d) + " where not (" + where + ")"
	if err := db.QueryRowContext(ctx, "select count(*) "+left).Scan(&d.Accepted); err != nil {
		return err
	}
	temp := filepath.Join(w.archive.objects(), unfinished+d.ID)
	if _, err := db.ExecContext(ctx, "copy (select * "+left+" order by line) to "+Text(temp)+" (format parquet, compression snappy)"); err != nil {
		return err
	}
	d.Object = ""
	if err := w.place(d, temp); err != nil {
		return err
	}
	if d.Accepted == 0 {
		if err := os.Remove(temp); err != nil {
			return err
		}
	}
	return w.archive.write([]*Delivery{d})
}

func digest(pseudonym string) string {
	sum := sha256.Sum256([]byte(pseudonym))
	return hex.EncodeToString(sum[:])
}

// withoutForgotten is rows without those that hold a pseudonym that was taken out before.
func (w *Writer) withoutForgotten(c *config.Contract, rows string) (string, error) {
	all, err := w.archive.readErasures()
	if err != nil {
		return "", err
	}
	var people []string
	for _, e := range all {
		people = append(people, e.People...)
	}
	if len(people) == 0 {
		return rows, nil
	}
	held := []string{"false"}
	for _, col := range c.Columns {
		if col.Type == "pseudonym" || col.Type == "text" {
			held = append(held, "sha256(split_part("+Ident(col.Kept())+", ':', 1)) in (select unnest("+List(people)+"))")
		}
	}
	return "(select * from " + rows + " where not (coalesce(" + strings.Join(held, ", false) or coalesce(") + ", false))) as kept", nil
}
