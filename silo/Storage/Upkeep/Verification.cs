using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage.Appointments;
using Slotwright.Storage.Resellers;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// Looks at every invariant of the stored data and names the first row that breaks each. Reads only; the storage must have been started.
/// </summary>
public sealed class Verification(IDatabase database, IClock clock)
{
    /// <summary>One line per invariant. Answers 0 when all hold, 1 otherwise.</summary>
    public async Task<int> Run(TextWriter output)
    {
        var broken = 0;
        foreach (var (name, find) in Invariants())
        {
            var (rows, first) = await find();
            if (rows > 0)
            {
                broken++;
                await output.WriteLineAsync($"BROKEN  {name}: {first}{(rows > 1 ? $" and {rows - 1} more" : "")}");
            }
            else
            {
                await output.WriteLineAsync($"ok      {name}");
            }
        }

        await output.WriteLineAsync(broken == 0 ? "Everything holds." : $"{broken} invariants are broken.");
        return broken == 0 ? 0 : 1;
    }

    private IEnumerable<(string Name, Func<Task<(int Rows, string First)>> Find)> Invariants()
    {
        if (database.Dialect == Dialect.Sqlite)
        {
            yield return ("the file is whole", () => Rows("select integrity_check from pragma_integrity_check where integrity_check <> 'ok' limit 1"));
            yield return ("references lead somewhere", () => Rows("select \"table\" || ' row ' || rowid || ' to ' || parent from pragma_foreign_key_check"));
        }

        foreach (var (name, sql) in VerificationStatements.All)
        {
            yield return (name, () => Rows(sql, ("now", clock.GetCurrentInstant())));
        }

        yield return ("no two live appointments of a resource overlap, buffers included, unless staff allowed it", Overlaps);
        yield return ("each appointment stands as its latest change says", Snapshots);
        yield return ("the audit of each account is as it was written, row by row", Audit);
    }

    private Task<(int Rows, string First)> Rows(string sql, params (string, object?)[] parameters) => database.Read(async connection =>
    {
        var found = await connection.All(
            sql, row => row.GetString(0), [.. parameters.Where(parameter => sql.Contains('@' + parameter.Item1, StringComparison.Ordinal))]);
        return (found.Count, found.FirstOrDefault() ?? "");
    });

    private Task<(int Rows, string First)> Overlaps() => database.Read(async connection =>
    {
        await using var command = connection.Command(
            """
            select id, resource_id, starts_at, ends_at, buffer_before, buffer_after from appointments
            where status = 1 and overlap_allowed = 0 order by resource_id, starts_at, id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var count = 0;
        var first = "";
        var resource = 0;
        var before = new List<(int Id, long End, long After)>();
        while (await reader.ReadAsync())
        {
            var (id, start, buffer) = (reader.GetInt32(0), reader.GetInt64(2), reader.GetInt64(4) * 60_000);
            if (resource != reader.GetInt32(1))
            {
                resource = reader.GetInt32(1);
                before.Clear();
            }

            before.RemoveAll(row => row.End + AppointmentRows.LongestBuffer.TotalMilliseconds <= start);
            foreach (var row in before)
            {
                // Each one's buffer is kept free of the other; two buffers may lie over each other.
                if (start < row.End + Math.Max(row.After, buffer))
                {
                    first = count++ == 0 ? $"appointments {row.Id} and {id} of resource {resource}" : first;
                }
            }

            before.Add((id, reader.GetInt64(3), reader.GetInt64(5) * 60_000));
        }

        return (count, first);
    });

    private Task<(int Rows, string First)> Snapshots() => database.Read(async connection =>
    {
        await using var command = connection.Command(
            $"""
            select {AppointmentRows.Columns}, (
                select c.snapshot from changes c where c.id = p.id or (c.appointment_id = p.id and c.kind not in (1, 5)) order by c.version desc limit 1)
            from appointments p order by p.id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var count = 0;
        var first = "";
        while (await reader.ReadAsync())
        {
            var row = AppointmentRows.Read(reader);
            if (reader.TextOrNull(AppointmentRows.Count) is not { } snapshot || AppointmentSnapshot.Write(InMilliseconds(AppointmentSnapshot.Read(snapshot))) != AppointmentSnapshot.Write(row))
            {
                first = count++ == 0 ? $"appointment {row.Id} of account {row.AccountId}" : first;
            }
        }

        return (count, first);
    });

    private Task<(int Rows, string First)> Audit() => database.Read(async connection =>
    {
        var ends = (await connection.All(
            "select account_id, seq, hash from audit_heads", row => (Account: row.GetInt32(0), Seq: row.GetInt32(1), Hash: row.GetString(2)))).ToDictionary(head => head.Account);
        var broken = new List<string>();
        await using var command = connection.Command($"select {AuditChain.Columns} from audit order by account_id, seq");
        await using var reader = await command.ExecuteReaderAsync();
        var before = (Account: 0, Seq: 0, Hash: AuditChain.Beginning);
        while (await reader.ReadAsync())
        {
            var (row, hash) = (AuditChain.Read(reader), reader.GetString(12));
            if (row.AccountId != before.Account)
            {
                EndsAs(before);
                before = (row.AccountId, 0, AuditChain.Beginning);
            }

            if (row.Seq != before.Seq + 1 || row.PreviousHash != before.Hash || row.Hash() != hash)
            {
                broken.Add($"row {row.Seq} of account {row.AccountId}");
            }

            before = (row.AccountId, row.Seq, hash);
        }

        EndsAs(before);
        broken.AddRange(ends.Values.Where(head => head.Seq > 0).Select(head => $"every row of account {head.Account}"));
        return (broken.Count, broken.FirstOrDefault() ?? "");

        // A chain whose last rows are gone is whole in itself; the head remembers them.
        void EndsAs((int Account, int Seq, string Hash) last)
        {
            if (last.Account != 0 && (!ends.Remove(last.Account, out var head) || head.Seq != last.Seq || head.Hash != last.Hash))
            {
                broken.Add($"what followed row {last.Seq} of account {last.Account}");
            }
        }
    });

    /// <summary>Rows hold milliseconds, snapshots whatever the clock said.</summary>
    private static Appointment InMilliseconds(Appointment appointment) => appointment with
    {
        Start = InMilliseconds(appointment.Start),
        End = InMilliseconds(appointment.End),
        CreatedAt = InMilliseconds(appointment.CreatedAt),
        UpdatedAt = InMilliseconds(appointment.UpdatedAt),
    };

    private static Instant InMilliseconds(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
