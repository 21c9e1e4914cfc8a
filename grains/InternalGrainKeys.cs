using System.Globalization;
using Slotwright.Accounts;
using Slotwright.Resellers;
using Slotwright.Billing;
using Slotwright.Schedules;

namespace Slotwright;

/// <summary>Keys of the interfaces that only grains call; the public ones are in <see cref="GrainKeys"/>.</summary>
internal static class InternalGrainKeys
{
    public static IScheduleSetup ScheduleSetup(this IGrainFactory grains, int accountId, int scheduleId) =>
        grains.GetGrain<IScheduleSetup>(string.Create(CultureInfo.InvariantCulture, $"{accountId}/{scheduleId}"));

    public static IAccountSetup AccountSetup(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<IAccountSetup>(accountId.ToString(CultureInfo.InvariantCulture));

    public static IStatementDesk StatementDesk(this IGrainFactory grains) => grains.GetGrain<IStatementDesk>("statements");

    public static IDashboardNews DashboardNews(this IGrainFactory grains, int resellerId) =>
        grains.GetGrain<IDashboardNews>(resellerId.ToString(CultureInfo.InvariantCulture));

    public static ISettlement Settlement(this IGrainFactory grains, int accountId) =>
        grains.GetGrain<ISettlement>(accountId.ToString(CultureInfo.InvariantCulture));
}
