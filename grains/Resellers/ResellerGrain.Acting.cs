using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Resellers;

/// <summary>Acting as a client; everything that lasts is in the rows, and is judged there each time.</summary>
public sealed partial class ResellerGrain
{
    /// <summary>The hard end of an acting session.</summary>
    public static readonly Duration ActingLifetime = Duration.FromMinutes(60);

    private IActingStore Acting => ServiceProvider.GetRequiredService<IActingStore>();

    private Instant Now => ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant();

    public async Task<Outcome<ActingStarted, ActingRefusal>> ActAs(ActAsClient command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (token, now) = (OneTimeToken.New(), Now);
        var acting = new NewActing
        {
            Id = await ServiceProvider.GetRequiredService<IIds>().Next(IdKind.Acting),
            TokenHash = OneTimeToken.Hash(token),
            PersonId = command.PersonId,
            SessionHash = OneTimeToken.Hash(command.SessionToken),
            ResellerId = Id,
            AccountId = command.ClientId,
            Host = command.Host,
            StartedAt = now,
            EndsAt = now + ActingLifetime,
        };
        if (await Acting.Start(acting, new AuditedAct(AuditActs.Started, "", command.Address, ActOutcome.Begun)) is { } refusal)
        {
            return refusal;
        }

        var ticket = new ActingTicket(command.ClientId, token, command.PersonId, command.SessionToken);
        return await ResumeActing(ticket) is { } session && await accounts.Load(command.ClientId) is { } client
            ? new ActingStarted(session, token, client.Name)
            : ActingRefusal.Ended;
    }

    public async Task<ActingSession?> ResumeActing(ActingTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return await Acting.Find(Proof(ticket), Now) is { } row && await Settings() is { } settings
            ? new ActingSession
            {
                Id = row.Id,
                ResellerId = Id,
                ResellerName = settings.Support.Name,
                ResellerAccount = row.ResellerAccount,
                Mode = row.Mode,
                StartedAt = row.StartedAt,
                EndsAt = row.EndsAt,
            }
            : null;
    }

    public Task<bool> RecordAct(ActingTicket ticket, AuditedAct act)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Acting.Record(Proof(ticket), act, Now);
    }

    public async Task<ActingSession?> SwitchActing(ActingTicket ticket, ActingMode mode)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Enum.IsDefined(mode) && await Acting.Switch(Proof(ticket), mode, Now) ? await ResumeActing(ticket) : null;
    }

    public Task EndActing(ActingTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Acting.End(Proof(ticket), Now);
    }

    public Task<AccessLog?> AccessLog(int clientId, int before) => Acting.Log(clientId, Id, before, Now);

    private ActingProof Proof(ActingTicket ticket) =>
        new(Id, ticket.ClientId, OneTimeToken.Hash(ticket.Token), ticket.PersonId, OneTimeToken.Hash(ticket.SessionToken));
}
