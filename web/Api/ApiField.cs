using System.Collections.Frozen;

namespace Slotwright.Api;

/// <summary>Every name that a request may carry. The attributes of a booking come first, so that they fit one bit mask.</summary>
internal enum ApiField
{
    Start,
    Finish,
    Email,
    FullName,
    Address,
    Mobile,
    Phone,
    Country,
    Field1,
    Field2,
    Field1R,
    Field2R,
    SuperField,
    ResourceId,
    SlotId,
    Description,
    Name,
    ResName,
    ServiceId,
    Quantity,

    // From here on: parameters beside the booking.
    ScheduleId,
    UserId,
    User,
    Form,
    Webhook,
    Account,
    ApiKey,
    Id,
    From,
    To,
    Today,
    Slot,
    Limit,
    Offset,
    MaxResults,
    Length,
    Resource,
    Full,
}

internal static class ApiFields
{
    public const int Count = (int)ApiField.Full + 1;

    public const int Attributes = (int)ApiField.Quantity + 1;

    /// <summary>Longer names are unknown without being looked at.</summary>
    public const int LongestName = 24;

    private static readonly FrozenDictionary<string, ApiField> ByName = new Dictionary<string, ApiField>(StringComparer.Ordinal)
    {
        ["start"] = ApiField.Start,
        ["finish"] = ApiField.Finish,
        ["email"] = ApiField.Email,
        ["full_name"] = ApiField.FullName,
        ["address"] = ApiField.Address,
        ["mobile"] = ApiField.Mobile,
        ["phone"] = ApiField.Phone,
        ["country"] = ApiField.Country,
        ["field_1"] = ApiField.Field1,
        ["field_2"] = ApiField.Field2,
        ["field_1_r"] = ApiField.Field1R,
        ["field_2_r"] = ApiField.Field2R,
        ["super_field"] = ApiField.SuperField,
        ["resource_id"] = ApiField.ResourceId,
        ["slot_id"] = ApiField.SlotId,
        ["description"] = ApiField.Description,
        ["name"] = ApiField.Name,
        ["res_name"] = ApiField.ResName,
        ["service_id"] = ApiField.ServiceId,
        ["quantity"] = ApiField.Quantity,
        ["schedule_id"] = ApiField.ScheduleId,
        ["user_id"] = ApiField.UserId,
        ["user"] = ApiField.User,
        ["form"] = ApiField.Form,
        ["webhook"] = ApiField.Webhook,
        ["account"] = ApiField.Account,
        ["api_key"] = ApiField.ApiKey,
        ["id"] = ApiField.Id,
        ["from"] = ApiField.From,
        ["to"] = ApiField.To,
        ["today"] = ApiField.Today,
        ["slot"] = ApiField.Slot,
        ["limit"] = ApiField.Limit,
        ["offset"] = ApiField.Offset,
        ["maxresults"] = ApiField.MaxResults,
        ["max_results"] = ApiField.MaxResults,
        ["length"] = ApiField.Length,
        ["resource"] = ApiField.Resource,
        ["full"] = ApiField.Full,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ApiField>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Names = MakeNames();

    public static bool TryFind(ReadOnlySpan<char> name, out ApiField field) => Lookup.TryGetValue(name, out field);

    public static bool IsAttribute(this ApiField field) => (int)field < Attributes;

    public static string WireName(this ApiField field) => Names[(int)field];

    private static string[] MakeNames()
    {
        var names = new string[Count];
        foreach (var (name, field) in ByName)
        {
            names[(int)field] ??= name;
        }

        names[(int)ApiField.MaxResults] = "maxresults";
        return names;
    }
}
