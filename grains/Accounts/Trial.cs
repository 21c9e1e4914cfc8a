using NodaTime;

namespace Slotwright.Accounts;

/// <summary>The one free trial of an account: 168 hours from the press of the button, judged whenever someone looks.</summary>
public static class Trial
{
    public static readonly Duration Length = Duration.FromHours(168);

    public static bool IsRunning(Instant? endsAt, Instant now) => endsAt is { } end && now < end;

    /// <summary>Why the trial cannot be started, or null.</summary>
    public static TrialRefusal? Judge(AccountRow account, Instant now) => account switch
    {
        { TrialStartedAt: not null } => TrialRefusal.AlreadyUsed,
        _ when Standing(account, now) == AccountStanding.Active => TrialRefusal.HasSubscription,
        _ => null,
    };

    public static AccountStanding Standing(AccountRow account, Instant now) =>
        !string.Equals(account.PlanCode, PlansOptions.Free, StringComparison.OrdinalIgnoreCase) ? AccountStanding.Active
        : IsRunning(account.TrialEndsAt, now) ? AccountStanding.Trial
        : AccountStanding.Free;
}
