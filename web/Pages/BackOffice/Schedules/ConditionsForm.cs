using System.Globalization;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Lengths and conditions of a schedule as typed. Empty limits mean none, empty deadlines never.</summary>
public sealed record ConditionsForm
{
    private const int MinutesOfAYear = 525_600;

    /// <summary>"fixed" or "variable".</summary>
    public string? Kind { get; init; }

    public string? Fixed { get; init; }

    public string? Shortest { get; init; }

    public string? Longest { get; init; }

    public string? Increment { get; init; }

    public string? Usual { get; init; }

    public string? Step { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Notice { get; init; }

    public string? Horizon { get; init; }

    public string? PerDay { get; init; }

    public string? PerWeek { get; init; }

    public string? Upcoming { get; init; }

    public string? MoveUntil { get; init; }

    public string? CancelUntil { get; init; }

    /// <summary>Hours before the start; empty: no reminder.</summary>
    public string? Remind { get; init; }

    /// <summary>Names of <see cref="FieldUse"/>.</summary>
    public string? AskPhone { get; init; }

    public string? AskMobile { get; init; }

    public string? AskAddress { get; init; }

    public string? AskNote { get; init; }

    public bool IsFixed => Kind != "variable";

    public static ConditionsForm Of(ScheduleDefinition definition) => new()
    {
        Kind = definition.Length.IsFixed ? "fixed" : "variable",
        Fixed = Text(definition.Length.DefaultMinutes),
        Shortest = Text(definition.Length.MinimumMinutes),
        Longest = Text(definition.Length.IsFixed ? definition.Length.MaximumMinutes * 2 : definition.Length.MaximumMinutes),
        Increment = Text(definition.Length.IsFixed ? definition.Length.MinimumMinutes : definition.Length.IncrementMinutes),
        Usual = Text(definition.Length.DefaultMinutes),
        Step = Text(definition.StepMinutes),
        Before = Text(definition.BufferBeforeMinutes),
        After = Text(definition.BufferAfterMinutes),
        Notice = Text(definition.MinimumNoticeMinutes),
        Horizon = Text(definition.HorizonDays),
        PerDay = Text(definition.CustomerLimits.PerDay),
        PerWeek = Text(definition.CustomerLimits.PerWeek),
        Upcoming = Text(definition.CustomerLimits.Upcoming),
        MoveUntil = Text(definition.ChangeDeadlineMinutes),
        CancelUntil = Text(definition.CancelDeadlineMinutes),
        Remind = Text(definition.ReminderHours),
        AskPhone = definition.Fields.Phone.ToString(),
        AskMobile = definition.Fields.Mobile.ToString(),
        AskAddress = definition.Fields.Address.ToString(),
        AskNote = definition.Fields.Note.ToString(),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        if (IsFixed)
        {
            Between(nameof(Fixed), Fixed, 5, 10_080, "Booking.LengthRange");
        }
        else
        {
            Between(nameof(Shortest), Shortest, 5, 10_080, "Booking.LengthRange");
            Between(nameof(Longest), Longest, 5, 10_080, "Booking.LengthRange");
            Between(nameof(Increment), Increment, 1, 10_080, "Booking.IncrementRange");
            if (errors.Count == 0 && Number(Longest) <= Number(Shortest))
            {
                errors[nameof(Longest)] = "Booking.LongestTooShort";
            }

            if (errors.Count == 0 && (Number(Usual) is not { } usual || usual < Number(Shortest) || usual > Number(Longest) || (usual - Number(Shortest)) % Number(Increment) != 0))
            {
                errors[nameof(Usual)] = "Booking.UsualNotOffered";
            }
        }

        Between(nameof(Step), Step, 5, 1_440, "Booking.StepRange");
        Between(nameof(Before), Before, 0, 1_440, "Booking.BufferRange");
        Between(nameof(After), After, 0, 1_440, "Booking.BufferRange");
        Between(nameof(Notice), Notice, 0, MinutesOfAYear, "Booking.NoticeRange");
        Between(nameof(Horizon), Horizon, 0, 3_650, "Booking.HorizonRange");
        Optional(nameof(PerDay), PerDay, 1, 1_000_000, "Booking.LimitRange");
        Optional(nameof(PerWeek), PerWeek, 1, 1_000_000, "Booking.LimitRange");
        Optional(nameof(Upcoming), Upcoming, 1, 1_000_000, "Booking.LimitRange");
        Optional(nameof(MoveUntil), MoveUntil, 0, MinutesOfAYear, "Booking.NoticeRange");
        Optional(nameof(CancelUntil), CancelUntil, 0, MinutesOfAYear, "Booking.NoticeRange");
        Optional(nameof(Remind), Remind, 1, 168, "Booking.ReminderRange");
        foreach (var (field, asked) in new[] { (nameof(AskPhone), AskPhone), (nameof(AskMobile), AskMobile), (nameof(AskAddress), AskAddress), (nameof(AskNote), AskNote) })
        {
            if (Use(asked) is null)
            {
                errors[field] = "Booking.AskUnknown";
            }
        }

        return errors;

        void Between(string field, string? typed, int least, int most, string sentence)
        {
            if (Number(typed) is not { } number || number < least || number > most)
            {
                errors[field] = sentence;
            }
        }

        void Optional(string field, string? typed, int least, int most, string sentence)
        {
            if (!string.IsNullOrWhiteSpace(typed))
            {
                Between(field, typed, least, most, sentence);
            }
        }
    }

    /// <summary>The definition with these conditions; only without <see cref="Errors"/>.</summary>
    public ScheduleDefinition Put(ScheduleDefinition definition) => definition with
    {
        Length = IsFixed ? AppointmentLength.Fixed(Number(Fixed)!.Value) : new AppointmentLength
        {
            MinimumMinutes = Number(Shortest)!.Value,
            MaximumMinutes = Number(Longest)!.Value,
            IncrementMinutes = Number(Increment)!.Value,
            DefaultMinutes = Number(Usual)!.Value,
        },
        StepMinutes = Number(Step)!.Value,
        BufferBeforeMinutes = Number(Before)!.Value,
        BufferAfterMinutes = Number(After)!.Value,
        MinimumNoticeMinutes = Number(Notice)!.Value,
        HorizonDays = Number(Horizon)!.Value,
        CustomerLimits = new CustomerLimits { PerDay = Number(PerDay), PerWeek = Number(PerWeek), Upcoming = Number(Upcoming) },
        ChangeDeadlineMinutes = Number(MoveUntil),
        CancelDeadlineMinutes = Number(CancelUntil),
        ReminderHours = Number(Remind),
        Fields = definition.Fields with { Phone = Use(AskPhone)!.Value, Mobile = Use(AskMobile)!.Value, Address = Use(AskAddress)!.Value, Note = Use(AskNote)!.Value },
    };

    private static FieldUse? Use(string? typed) => Enum.GetValues<FieldUse>().Cast<FieldUse?>().FirstOrDefault(use => use.ToString() == typed);

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string? typed) => TypedTime.Number(typed);
}
