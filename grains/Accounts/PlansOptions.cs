using System.ComponentModel.DataAnnotations;

namespace Slotwright.Accounts;

/// <summary>Section <c>Plans</c>: what can be subscribed to, by code. The code <c>free</c> must be among them.</summary>
public sealed class PlansOptions
{
    public const string Section = "Plans";

    /// <summary>The plan of every new account.</summary>
    public const string Free = "free";

    /// <summary>By code: lower-case letters and digits, 1–20.</summary>
    public Dictionary<string, PlanOptions> ByCode { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What applies when the configuration names no plan at all.</summary>
    public static IReadOnlyDictionary<string, PlanOptions> Defaults { get; } = new Dictionary<string, PlanOptions>
    {
        [Free] = new() { Name = "Free", Upcoming = 50, MonthlyPrice = 0, KeptPast = 500, Customers = 50 },
        ["s"] = new() { Name = "S", Upcoming = 100, MonthlyPrice = 10, Feeds = true, KeptPast = 5_000, Webhooks = 5 },
        ["m"] = new() { Name = "M", Upcoming = 300, MonthlyPrice = 20, Feeds = true, KeptPast = 15_000, Webhooks = 10 },
        ["l"] = new() { Name = "L", Upcoming = 1000, MonthlyPrice = 40, Feeds = true, KeptPast = 50_000, Webhooks = 20 },
        ["xl"] = new() { Name = "XL", Upcoming = 5000, MonthlyPrice = 80, Feeds = true, KeptPast = 250_000, Webhooks = 50 },
    };

    public PlanOptions? Find(string code) => ByCode.GetValueOrDefault(code);
}

public sealed class PlanOptions
{
    /// <summary>As owners read it.</summary>
    [Required, StringLength(40)]
    public string Name { get; set; } = "";

    /// <summary>Upcoming appointments over all schedules of the account; null: no limit.</summary>
    [Range(1, 1_000_000)]
    public int? Upcoming { get; set; }

    /// <summary>List price a month in the installation's currency, before any discount.</summary>
    [Range(0, 100_000)]
    public decimal MonthlyPrice { get; set; }

    /// <summary>Calendar feeds, and no advert line.</summary>
    public bool Feeds { get; set; }

    /// <summary>Appointments kept after they are over; shown, not enforced; null: no limit.</summary>
    [Range(1, 100_000_000)]
    public int? KeptPast { get; set; }

    /// <summary>Distinct customers; shown, not enforced; null: no limit.</summary>
    [Range(1, 100_000_000)]
    public int? Customers { get; set; }

    /// <summary>Webhooks; null: no limit.</summary>
    [Range(0, 10_000)]
    public int? Webhooks { get; set; } = 0;

    /// <summary>As the counter's row keeps it.</summary>
    public int Allowed => Upcoming ?? int.MaxValue;
}
