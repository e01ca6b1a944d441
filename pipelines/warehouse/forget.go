package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"wherry/config"
)

// Holding is how many rows of each delivery hold one of the pseudonyms, in any column, alone
// or as the mother's part of an unborn child's. It changes nothing.
func (w *Writer) Holding(ctx context.Context, pseudonyms []string) ([]Erased, error) {
	return w.holding(ctx, digests(pseudonyms))
}

func (w *Writer) holding(ctx context.Context, people []string) ([]Erased, error) {
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
		var n int64
		err := w.among(ctx, db, d, people, func(from, where string) error {
			return db.QueryRowContext(ctx, "select count(*) "+from+" where "+where).Scan(&n)
		})
		if err != nil {
			return nil, fmt.Errorf("looking through the archive: %w", err)
		}
		if n > 0 {
			held = append(held, erased(d, n))
		}
	}
	return held, nil
}

// among gives do the rows of a delivery, as a from clause, and a condition that is true for those
// that hold one of the people.
func (w *Writer) among(ctx context.Context, db *sql.DB, d *Delivery, people []string, do func(from, where string) error) (err error) {
	scratch, err := w.scratch()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	path, err := w.plain(d, scratch)
	if err != nil {
		return err
	}
	from := "from read_parquet(" + Text(path) + ", hive_partitioning = false)"
	where, err := oneOf(ctx, db, from, people)
	if err == nil {
		err = do(from, where)
	}
	if err != nil {
		return fmt.Errorf("delivery %s: %w", d.ID, err)
	}
	return nil
}

// oneOf is a condition that is true for the rows that hold one of the people, by the digests of
// their pseudonyms.
func oneOf(ctx context.Context, db *sql.DB, from string, people []string) (string, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	any := []string{"false"}
	err = each(ctx, conn, "select column_name, column_type from (describe "+from+")", func(r *sql.Rows) error {
		var name, kind string
		err := r.Scan(&name, &kind)
		switch kind {
		case "VARCHAR":
			any = append(any, "sha256(split_part("+Ident(name)+", ':', 1)) in (select unnest("+List(people)+"))")
		case "VARCHAR[]":
			any = append(any, "list_has_any(list_transform("+Ident(name)+", lambda x: sha256(x)), "+List(people)+")")
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
	e := Erasure{Kind: Forgotten, On: day(w.asAt), People: digests(pseudonyms)}
	all, err := w.archive.readErasures()
	if err != nil {
		return e, err
	}
	if e.Of, err = w.holding(ctx, e.People); err != nil {
		return e, err
	}
	if e, err = w.archive.begin(e); err != nil {
		return e, err
	}
	if err := w.rewriteAll(ctx, e.Of, e.People); err != nil {
		return e, err
	}
	if err := w.finishErasures(ctx, append(cutShort(all), e)); err != nil {
		return e, err
	}
	e.Finished = true
	return e, nil
}

func (w *Writer) rewriteAll(ctx context.Context, of []Erased, people []string) error {
	byID := map[string]*Delivery{}
	for _, d := range w.deliveries {
		byID[d.ID] = d
	}
	for _, x := range of {
		if err := w.rewrite(ctx, byID[x.Delivery], people); err != nil {
			return fmt.Errorf("taking rows out of the archive: %w", err)
		}
	}
	return nil
}

// rewrite gives a delivery an object without the rows, and then its record that object: the
// delivery is whole at every moment.
func (w *Writer) rewrite(ctx context.Context, d *Delivery, people []string) error {
	db, err := Memory(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	temp, err := w.unplaced(d.ID)
	if err != nil {
		return err
	}
	err = w.among(ctx, db, d, people, func(from, where string) error {
		left := from + " where not (" + where + ")"
		if err := db.QueryRowContext(ctx, "select count(*) "+left).Scan(&d.Accepted); err != nil {
			return err
		}
		if err := w.recountLate(ctx, db, d, left); err != nil {
			return err
		}
		_, err := db.ExecContext(ctx, "copy (select * "+left+" order by line) to "+Text(temp)+" (format parquet, compression snappy)")
		return err
	})
	if err != nil {
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

func digests(pseudonyms []string) []string {
	var all []string
	for _, p := range pseudonyms {
		all = append(all, digest(p))
	}
	return all
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
