using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>
/// A ZIP of all that a client account holds: settings and schedules as JSON, appointments with their customers as CSV and as JSON, the history, the
/// pictures. Rows are read a thousand at a time, each time with the relation checked, and never held together.
/// </summary>
internal sealed class ClientArchive(Grains grains, int resellerId, ClientSetUp setUp)
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    }.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    private readonly Dictionary<int, string> schedules = setUp.Schedules.ToDictionary(schedule => schedule.Id, schedule => schedule.Definition.Name);
    private readonly Dictionary<int, string> resources = setUp.Schedules
        .SelectMany(schedule => schedule.Definition.Resources).DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id, resource => resource.Name);

    private int ClientId => setUp.Face.Id;

    /// <summary>False: the account was no longer this reseller's, and the archive is not whole.</summary>
    public async Task<bool> Write(Stream output, CancellationToken aborted)
    {
        await using var patient = new PatientOutput(output);
        bool isWhole;
        await using (var zip = await ZipArchive.CreateAsync(patient, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, aborted))
        {
            isWhole = await Write(zip, aborted);
        }

        await patient.FlushAsync(aborted);
        return isWhole;
    }

    private async Task<bool> Write(ZipArchive zip, CancellationToken aborted)
    {
        await WriteJson(zip, "account.json", new ExportedAccount(setUp.Face.Name, setUp.Face.OwnerEmail, setUp.Usage.PlanCode, setUp.Face.Brand), aborted);
        await WriteJson(zip, "schedules.json", setUp.Schedules, aborted);
        await WritePictures(zip, aborted);
        return await WriteAppointments(zip, asCsv: true, aborted)
            && await WriteAppointments(zip, asCsv: false, aborted)
            && await WriteHistory(zip, aborted);
    }

    private async Task<bool> WriteAppointments(ZipArchive zip, bool asCsv, CancellationToken aborted)
    {
        await using var entry = await Entry(zip, asCsv ? "appointments.csv" : "appointments.json", aborted);
        await using var rows = asCsv ? new CsvRows(entry, ExportedAppointment.Columns) : (IExportRows<ExportedAppointment>)new JsonRows<ExportedAppointment>(entry, Json);
        for (var after = 0; ;)
        {
            if (await grains.Reseller(resellerId).ExportAppointments(ClientId, after) is not { } page)
            {
                return false;
            }

            if (page.Rows.Count == 0)
            {
                return true;
            }

            foreach (var row in page.Rows)
            {
                await rows.Add(ExportedAppointment.Of(row, schedules.GetValueOrDefault(row.ScheduleId, ""), resources.GetValueOrDefault(row.ResourceId, "")), aborted);
            }

            after = page.Rows[^1].Id;
        }
    }

    private async Task<bool> WriteHistory(ZipArchive zip, CancellationToken aborted)
    {
        await using var entry = await Entry(zip, "history.json", aborted);
        await using var rows = new JsonRows<ExportedChange>(entry, Json);
        for (var after = 0; ;)
        {
            if (await grains.Reseller(resellerId).ExportChanges(ClientId, after) is not { } page)
            {
                return false;
            }

            if (page.Rows.Count == 0)
            {
                return true;
            }

            foreach (var change in page.Rows)
            {
                await rows.Add(ExportedChange.Of(change), aborted);
            }

            after = page.Rows[^1].Id;
        }
    }

    private async Task WritePictures(ZipArchive zip, CancellationToken aborted)
    {
        var brand = setUp.Face.Brand;
        foreach (var (file, name) in new[] { ("logo.png", brand.Logo), ("logo-on-dark.png", brand.LogoOnDark), ("icon.png", brand.Icon) })
        {
            if (name.Length > 0 && await grains.Account(ClientId).Picture(name) is { } picture)
            {
                await using var entry = await Entry(zip, file, aborted);
                await entry.WriteAsync(picture.Bytes, aborted);
            }
        }
    }

    private static async Task WriteJson<T>(ZipArchive zip, string name, T value, CancellationToken aborted)
    {
        await using var entry = await Entry(zip, name, aborted);
        await JsonSerializer.SerializeAsync(entry, value, Json, aborted);
    }

    private static Task<Stream> Entry(ZipArchive zip, string name, CancellationToken aborted) => zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(aborted);

    private sealed record ExportedAccount(string Name, string Administrator, string Plan, AccountBrand Brand);

    private sealed record ExportedChange(int Id, Instant At, ChangeKind Kind, string By, int AppointmentId, Instant Start, Instant End, AppointmentStatus Status)
    {
        public static ExportedChange Of(AppointmentChange change) => new(
            change.Id, change.At, change.Kind, change.ActorName, change.Appointment.Id, change.Appointment.Start, change.Appointment.End, change.Appointment.Status);
    }
}
