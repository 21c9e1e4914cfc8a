using Slotwright.Accounts;
using Slotwright.Schedules;

namespace Slotwright.Mail;

/// <summary>Where mails learn in whose name they go out. Answers as things stand now; throws while it cannot be asked.</summary>
public interface IMailBrand
{
    /// <summary>Null: the account is gone.</summary>
    Task<AccountFace?> Account(int accountId);

    /// <summary>Null: the schedule is gone.</summary>
    Task<ScheduleFace?> Schedule(int accountId, int scheduleId);
}
