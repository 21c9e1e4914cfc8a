using System.Globalization;
using NodaTime;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Appointments that stay booked although the schedule is no longer open then: how many, and the day of the first.</summary>
public sealed record LeftOutside(int Count, LocalDate First)
{
    /// <summary>As it goes to the page that says "saved", after other parts of a query.</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"&outside={Count}&first={OfficeDay.Write(First)}");

    public static LeftOutside? Read(IQueryCollection query) =>
        TypedTime.Number(query["outside"]) is > 0 and var count && OfficeDay.Read(query["first"]) is { } first ? new LeftOutside(count, first) : null;
}
