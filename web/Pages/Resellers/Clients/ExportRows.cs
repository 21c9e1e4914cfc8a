using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Exports;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Rows of one file, written one after the other.</summary>
internal interface IExportRows<T> : IAsyncDisposable
{
    Task Add(T row, CancellationToken aborted);
}

/// <summary>An appointment or block as an export tells it; nothing that opens a link is in it.</summary>
internal sealed record ExportedAppointment
{
    private static readonly OffsetDateTimePattern OnTheClock = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<m>");

    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "schedule", "resource", "kind", "status", "start", "end", "zone", "name", "email", "phone", "mobile", "address", "country", "fields", "note", "attendance",
        "language", "created", "created by", "changed", "changed by",
    ];

    public required int Id { get; init; }

    public required string Schedule { get; init; }

    public required string Resource { get; init; }

    public required AppointmentKind Kind { get; init; }

    public required AppointmentStatus Status { get; init; }

    /// <summary>Time on the clock of its zone, with the offset.</summary>
    public required string Start { get; init; }

    public required string End { get; init; }

    public required string Zone { get; init; }

    public required CustomerDetails Customer { get; init; }

    public required string Note { get; init; }

    public required Attendance Attendance { get; init; }

    public required string Language { get; init; }

    public required Instant Created { get; init; }

    public required string CreatedBy { get; init; }

    public required Instant Changed { get; init; }

    public required string ChangedBy { get; init; }

    public static ExportedAppointment Of(Appointment row, string schedule, string resource)
    {
        string Clock(Instant at) => OnTheClock.Format(at.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(row.Zone) ?? DateTimeZone.Utc).ToOffsetDateTime());
        return new ExportedAppointment
        {
            Id = row.Id,
            Schedule = schedule,
            Resource = resource,
            Kind = row.Kind,
            Status = row.Status,
            Start = Clock(row.Start),
            End = Clock(row.End),
            Zone = row.Zone,
            Customer = row.Customer,
            Note = row.Note,
            Attendance = row.Attendance,
            Language = row.Language,
            Created = row.CreatedAt,
            CreatedBy = row.CreatedBy,
            Changed = row.UpdatedAt,
            ChangedBy = row.UpdatedBy,
        };
    }

    public IReadOnlyList<string> Cells() =>
    [
        Id.ToString(CultureInfo.InvariantCulture), Schedule, Resource, Word(Kind), Word(Status), Start, End, Zone, Customer.Name, Customer.Email, Customer.Phone, Customer.Mobile,
        Customer.Address, Customer.Country, string.Join("; ", Customer.Fields.Select(field => $"{field.Key}: {field.Value}")), Note, Word(Attendance), Language, Created.ToString(), CreatedBy,
        Changed.ToString(), ChangedBy,
    ];

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>CSV by RFC 4180, UTF-8 with its mark, so that spreadsheets read accents. What they would take for a formula is made a text.</summary>
internal sealed class CsvRows : IExportRows<ExportedAppointment>
{
    // Where a comma is the decimal point, a semicolon parts cells: what follows it would begin one, and is not to be taken for a formula.
    private static readonly SearchValues<char> Parting = SearchValues.Create("\",;\r\n\t");

    private readonly StreamWriter writer;
    private readonly IReadOnlyList<string> columns;
    private bool hasBegun;

    public CsvRows(Stream output, IReadOnlyList<string> columns) => (writer, this.columns) = (new StreamWriter(output, new UTF8Encoding(true), leaveOpen: true), columns);

    public static string Cell(string value)
    {
        var text = SpreadsheetText.Safe(value);
        return text.AsSpan().IndexOfAny(Parting) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public async Task Add(ExportedAppointment row, CancellationToken aborted)
    {
        await Begin(aborted);
        await Line(row.Cells(), aborted);
    }

    public async ValueTask DisposeAsync()
    {
        await Begin(CancellationToken.None);
        await writer.DisposeAsync();
    }

    private async Task Begin(CancellationToken aborted)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            await Line(columns, aborted);
        }
    }

    private Task Line(IReadOnlyList<string> cells, CancellationToken aborted) => writer.WriteAsync((string.Join(',', cells.Select(Cell)) + "\r\n").AsMemory(), aborted);
}

/// <summary>One JSON array, a row at a time.</summary>
internal sealed class JsonRows<T>(Stream output, JsonSerializerOptions options) : IExportRows<T>
{
    private bool hasRows;

    public async Task Add(T row, CancellationToken aborted)
    {
        await output.WriteAsync(hasRows ? ",\n"u8.ToArray() : "[\n"u8.ToArray(), aborted);
        hasRows = true;
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(row, options), aborted);
    }

    public async ValueTask DisposeAsync() => await output.WriteAsync(hasRows ? "\n]\n"u8.ToArray() : "[]\n"u8.ToArray());
}
