using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Api;

/// <summary>Writes bookings as the API shows them.</summary>
internal sealed class BookingAnswer
{
    private const int Confirmed = 2;
    private const int Cancelled = 40;
    private const int CancelledByUser = 42;

    private readonly Dictionary<int, string> resources;
    private readonly ScheduleFace schedule;
    private readonly bool omitsUpdatedBy;

    /// <param name="schedule">Whose bookings are written.</param>
    /// <param name="agent">User-Agent: one official client reads <c>updated_by</c> as a date and fails on anything else.</param>
    public BookingAnswer(ScheduleFace schedule, string agent)
    {
        this.schedule = schedule;
        resources = new Dictionary<int, string>(schedule.Resources.Count);
        foreach (var resource in schedule.Resources)
        {
            resources[resource.Id] = resource.Name;
        }

        omitsUpdatedBy = agent.Contains("DOTNET/", StringComparison.Ordinal);
    }

    public void Write(AnswerWriter answer, Appointment appointment)
    {
        var zone = ApiFormat.Zone(appointment.Zone);
        var customer = appointment.Customer;
        var isCancelled = appointment.Status == AppointmentStatus.Cancelled;
        answer.BeginObject("booking");
        answer.Number("id", appointment.Id);
        answer.WallClock("start", Local(appointment.Start, zone));
        answer.WallClock("finish", Local(appointment.End, zone));
        answer.Number("schedule_id", appointment.ScheduleId);
        answer.Text("schedule_name", schedule.Name);
        answer.Number("resource_id", appointment.ResourceId);
        if (resources.TryGetValue(appointment.ResourceId, out var resource))
        {
            answer.Text("res_name", resource);
        }

        answer.Number("user_id", null);
        answer.Text("full_name", OrNull(customer.Name));
        answer.Text("email", OrNull(customer.Email));
        answer.Text("address", OrNull(customer.Address));
        answer.Text("mobile", OrNull(customer.Mobile));
        answer.Text("phone", OrNull(customer.Phone));
        answer.Text("country", OrNull(customer.Country));
        WriteOwn(answer, customer, "field_1");
        WriteOwn(answer, customer, "field_2");
        WriteOwn(answer, customer, "field_1_r");
        WriteOwn(answer, customer, "field_2_r");
        WriteOwn(answer, customer, "super_field");
        answer.Text("description", appointment.Note);
        answer.Number("price", null);
        WriteStatus(answer, appointment, isCancelled);
        answer.Flag("deleted", isCancelled);
        answer.Flag("waitlisted", false);
        answer.Number("form_id", null);
        answer.Utc("created_on", appointment.CreatedAt);
        answer.Text("created_by", appointment.CreatedBy);
        answer.Utc("updated_on", appointment.UpdatedAt);
        if (!omitsUpdatedBy)
        {
            answer.Text("updated_by", appointment.UpdatedBy);
        }

        answer.EndObject();
    }

    private static void WriteStatus(AnswerWriter answer, Appointment appointment, bool isCancelled)
    {
        var byUser = isCancelled && appointment.UpdatedBy.Length > 0 && appointment.UpdatedBy == appointment.Customer.NormalisedEmail;
        answer.Number("status", byUser ? CancelledByUser : isCancelled ? Cancelled : Confirmed);
        answer.Text("status_message", byUser ? "user cancelled" : isCancelled ? "cancelled" : "confirmed");
    }

    private static void WriteOwn(AnswerWriter answer, CustomerDetails customer, string name) =>
        answer.Text(name, customer.Fields.TryGetValue(name, out var value) ? OrNull(value) : null);

    private static LocalDateTime Local(Instant instant, DateTimeZone zone) => instant.InZone(zone).LocalDateTime;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
