using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Storage.Appointments;

/// <summary>
/// What an account uses of its plan, as the writer sees it inside a transaction. <see cref="Used"/> is an upper bound, because
/// appointments end without anyone writing it; whoever is about to refuse or to send a mail recounts first.
/// </summary>
internal sealed class AccountUse
{
    /// <summary>Counts the account's upcoming appointments from the rows.</summary>
    public const string CountStatement = """
        select count(*) from appointments p
        where p.agenda_id in (select id from agendas where account_id = @account) and p.status = 1 and p.kind = 1 and p.ends_at > @now
        """;

    public required int AccountId { get; init; }

    public required string Plan { get; init; }

    /// <summary>What the account may use now; int.MaxValue: no limit.</summary>
    public required int Allowed { get; init; }

    public required int Used { get; set; }

    public required bool NearSent { get; set; }

    public required bool FullSent { get; set; }

    public required bool RefusedSent { get; set; }

    /// <summary>Its reseller has paused it.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Counted from the rows at this moment of the writer, so that counting again would say the same.</summary>
    public bool Exact { get; set; }

    public bool Changed { get; set; }

    /// <summary>Four fifths of what is allowed, rounded up.</summary>
    public int Near => Limit.NearOf(Allowed);

    public bool Full => Used >= Allowed;

    public static AccountUse Of(
        int accountId, string plan, int allowed, Instant? trialEndsAt, Instant now, int used, bool nearSent, bool fullSent, bool refusedSent, bool isPaused) => new()
        {
            AccountId = accountId,
            Plan = plan,
            Allowed = trialEndsAt > now ? Limit.None : allowed,
            Used = used,
            NearSent = nearSent,
            FullSent = fullSent,
            RefusedSent = refusedSent,
            IsPaused = isPaused,
        };

    public void Add(int delta)
    {
        if (delta != 0)
        {
            Set(Math.Max(0, Used + delta));
        }
    }

    public void Recounted(int counted)
    {
        Set(counted);
        Exact = true;
    }

    /// <summary>The mail that adding one made due, if the count is right: near, reached or none.</summary>
    public bool WouldSend => Allowed != Limit.None && ((Used >= Near && !NearSent) || (Used >= Allowed && !FullSent));

    /// <summary>Marks and names what is due; each only once until the use falls below its threshold again.</summary>
    public IEnumerable<ChangeKind> Send()
    {
        if (Allowed == Limit.None)
        {
            yield break;
        }

        if (Used >= Near && !NearSent)
        {
            NearSent = Changed = true;
            yield return ChangeKind.LimitNear;
        }

        if (Used >= Allowed && !FullSent)
        {
            FullSent = Changed = true;
            yield return ChangeKind.LimitReached;
        }
    }

    /// <summary>True the first time since the use was last below the limit.</summary>
    public bool SendRefused()
    {
        if (RefusedSent)
        {
            return false;
        }

        RefusedSent = Changed = true;
        return true;
    }

    private void Set(int used)
    {
        var (near, full, refused) = (NearSent && used >= Near, FullSent && used >= Allowed, RefusedSent && used >= Allowed);
        if ((used, near, full, refused) != (Used, NearSent, FullSent, RefusedSent))
        {
            (Used, NearSent, FullSent, RefusedSent) = (used, near, full, refused);
            Changed = true;
        }
    }
}

internal static class Limit
{
    public const int None = int.MaxValue;

    public static int NearOf(int allowed) => allowed == None ? None : (int)((allowed * 4L + 4) / 5);

    /// <summary>
    /// By how much a decision moves the account's counter, judged again at the moment of writing: an appointment that has ended
    /// meanwhile is taken off by time, so a cancellation must not take it off twice.
    /// </summary>
    public static int CountedDelta(AgendaWrite write, Instant now)
    {
        var before = write.MovedFromEnd ?? write.Appointment.End;
        return write.CountDelta switch
        {
            < 0 when before <= now => 0,
            > 0 when write.Appointment.End <= now => 0,
            0 when write.Kind == ChangeKind.Moved && write.Appointment.Kind == AppointmentKind.Appointment
                && before <= now && write.Appointment.End > now => 1,
            _ => write.CountDelta,
        };
    }
}
