using System.Globalization;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Customers;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Team;
using Slotwright.WhiteLabel;

namespace Slotwright;

/// <summary>The one place where grain keys are made and read.</summary>
public static class GrainKeys
{
    public static IScheduleGrain Schedule(this IGrainFactory grains, int accountId, int scheduleId) =>
        grains.GetGrain<IScheduleGrain>(string.Create(CultureInfo.InvariantCulture, $"{accountId}/{scheduleId}"));

    public static IAccountGrain Account(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<IAccountGrain>(accountId.ToString(CultureInfo.InvariantCulture));

    /// <summary>A reseller is known by the id of its own account.</summary>
    public static IResellerGrain Reseller(this IGrainFactory grains, int resellerId) =>
        grains.GetGrain<IResellerGrain>(resellerId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The numbers of that reseller's clients.</summary>
    public static IDashboardGrain Dashboard(this IGrainFactory grains, int resellerId) =>
        grains.GetGrain<IDashboardGrain>(resellerId.ToString(CultureInfo.InvariantCulture));

    /// <summary>What an account subscribes to and pays.</summary>
    public static IBillingGrain Billing(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<IBillingGrain>(accountId.ToString(CultureInfo.InvariantCulture));

    public static IPaymentReportsGrain PaymentReports(this IGrainFactory grains) => grains.GetGrain<IPaymentReportsGrain>("payments");

    /// <summary>The customers of an account.</summary>
    public static ICustomersGrain Customers(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<ICustomersGrain>(accountId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Host name, sender and mail server of an account.</summary>
    public static IWhiteLabelGrain WhiteLabel(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<IWhiteLabelGrain>(accountId.ToString(CultureInfo.InvariantCulture));

    public static IPersonGrain Person(this IGrainFactory grains, int personId) =>
        grains.GetGrain<IPersonGrain>(personId.ToString(CultureInfo.InvariantCulture));

    public static IDirectoryGrain Directory(this IGrainFactory grains) => grains.GetGrain<IDirectoryGrain>("directory");

    public static ISignUpGrain SignUp(this IGrainFactory grains) => grains.GetGrain<ISignUpGrain>("sign-up");

    public static IFrontDoorGrain FrontDoor(this IGrainFactory grains) => grains.GetGrain<IFrontDoorGrain>("front-door");

    public static IKeyRingGrain KeyRing(this IGrainFactory grains) => grains.GetGrain<IKeyRingGrain>("key-ring");

    public static IPlatformGrain Platform(this IGrainFactory grains) => grains.GetGrain<IPlatformGrain>("platform");

    public static IHealthGrain Health(this IGrainFactory grains) => grains.GetGrain<IHealthGrain>("health");

    /// <summary>The account that a tenant or reseller grain's key begins with; null when the key is not one of ours.</summary>
    public static int? AccountOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? key.AsSpan() : key.AsSpan(0, slash);
        return int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    /// <summary>Account and schedule of a schedule grain's key.</summary>
    public static (int AccountId, int ScheduleId) ScheduleOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, slash), CultureInfo.InvariantCulture), int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
