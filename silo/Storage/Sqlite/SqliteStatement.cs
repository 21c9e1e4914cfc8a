using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;

namespace Slotwright.Storage.Sqlite;

/// <summary>
/// A statement that is compiled once, with parameters <c>$0</c>, <c>$1</c> and so on, each in any order. Values are bound
/// by position: looking each name up in each execution, as the driver's commands do, cost a third of a booking's statements.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MostParameters = 64;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] positions = new int[MostParameters];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        for (var position = raw.sqlite3_bind_parameter_count(statement); position > 0; position--)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, position).utf8_to_string();
            positions[int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture)] = position;
        }
    }

    /// <summary>The values of <c>$0</c> and on; one that the statement does not name is passed over.</summary>
    public SqliteStatement With(params ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (positions[i] > 0)
            {
                Check(values[i].Bind(statement, positions[i]));
            }
        }

        return this;
    }

    /// <summary>Rows changed; throws what the database says.</summary>
    public int Run()
    {
        using var row = Read();
        row.Read();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Dispose it before the statement is used again.</summary>
    public Row Read() => new(this);

    public void Dispose() => statement.Dispose();

    private void Check(int outcome)
    {
        if (outcome is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), outcome, raw.sqlite3_extended_errcode(database));
        }
    }

    /// <summary>A number, a text or nothing.</summary>
    public readonly struct Value
    {
        private readonly long number;
        private readonly string? text;
        private readonly bool isNumber;

        private Value(long number) => (this.number, isNumber) = (number, true);

        private Value(string? text) => this.text = text;

        public static implicit operator Value(int value) => new(value);

        public static implicit operator Value(long value) => new(value);

        public static implicit operator Value(long? value) => value is { } number ? new(number) : new(null);

        public static implicit operator Value(int? value) => value is { } number ? new(number) : new(null);

        public static implicit operator Value(string? value) => new(value);

        public int Bind(sqlite3_stmt statement, int position) =>
            isNumber ? raw.sqlite3_bind_int64(statement, position, number)
            : text is null ? raw.sqlite3_bind_null(statement, position)
            : raw.sqlite3_bind_text(statement, position, text);
    }

    /// <summary>The rows of one execution.</summary>
    public readonly struct Row(SqliteStatement owner) : IDisposable
    {
        public bool Read()
        {
            var outcome = raw.sqlite3_step(owner.statement);
            owner.Check(outcome);
            return outcome == raw.SQLITE_ROW;
        }

        public int GetInt32(int column) => checked((int)GetInt64(column));

        public long GetInt64(int column) => raw.sqlite3_column_int64(owner.statement, column);

        public string GetString(int column) => raw.sqlite3_column_text(owner.statement, column).utf8_to_string();

        public bool FlagAt(int column) => GetInt64(column) != 0;

        public Instant InstantAt(int column) => Instant.FromUnixTimeMilliseconds(GetInt64(column));

        public Instant? InstantOrNull(int column) =>
            raw.sqlite3_column_type(owner.statement, column) == raw.SQLITE_NULL ? null : InstantAt(column);

        public void Dispose() => raw.sqlite3_reset(owner.statement);
    }
}
