using NodaTime;
using Slotwright.Platform;

namespace Slotwright.WhiteLabel;

/// <summary>Senders and mail servers.</summary>
public sealed partial class WhiteLabelGrain
{
    private const int LongestUser = 200;
    private const int LongestPassword = 500;

    public async Task<SenderStatus?> Sender(WhiteLabelScope scope) => await store.Sender(Id, scope) is { } row ? Status(row) : null;

    public async Task<Outcome<SenderStatus, WhiteLabelRefusal>> ChangeSender(WhiteLabelScope scope, string address, int? resellerId)
    {
        ArgumentNullException.ThrowIfNull(address);
        var typed = address.Trim();
        if (!EmailAddresses.IsValid(typed) || HostRules.Tidy(typed[(typed.LastIndexOf('@') + 1)..]) is not { } domain)
        {
            return WhiteLabelRefusal.AddressInvalid;
        }

        if (HostRules.Judge(domain, options.Value.Ours(platform.Value)) == HostRefusal.HostIsOurs)
        {
            return WhiteLabelRefusal.AddressIsOurs;
        }

        // Another address of the same domain keeps its key, and with it what the DNS shows.
        var now = clock.GetCurrentInstant();
        var present = await store.Sender(Id, scope);
        var row = present?.Domain == domain
            ? present with { Address = typed, ChangedAt = now }
            : await NewSender(scope, typed, domain, now);
        return await store.PutSender(row, resellerId) ? Status(row) : WhiteLabelRefusal.RelationChanged;
    }

    public async Task<SenderStatus?> CheckSender(WhiteLabelScope scope)
    {
        var now = clock.GetCurrentInstant();
        if (await store.Sender(Id, scope) is not { } row)
        {
            return null;
        }

        if (row.CheckedAt is { } last && now - last < BetweenLooks && now >= last)
        {
            return Status(row);
        }

        // At once: each question to a server that is silent takes its whole time-out.
        var spf = SenderRules.JudgeSpf(row.Domain, SpfNeeds, names.Texts);
        var dkim = names.Texts(SenderRules.DkimName(row.Selector, row.Domain));
        var dmarc = names.Texts("_dmarc." + row.Domain);
        await Task.WhenAll(spf, dkim, dmarc);
        var found = SenderRules.Merge(
            row.Records, new SenderRecords(await spf, SenderRules.JudgeDkim(await dkim, row.KeyPublic), SenderRules.JudgeDmarc(await dmarc)));
        var followed = await store.Follow(Id, scope, row.Domain, row.Selector, found, now, SenderRules.NextCheck(found, row.ChangedAt, now));
        return followed is null ? null : Status(followed);
    }

    public Task<bool> RemoveSender(WhiteLabelScope scope, int? resellerId) => store.RemoveSender(Id, scope, resellerId);

    public async Task<MailServerStatus?> MailServer(WhiteLabelScope scope) => await store.MailServer(Id, scope) is { } row ? await Status(row) : null;

    public async Task<Outcome<MailServerStatus, WhiteLabelRefusal>> ChangeMailServer(WhiteLabelScope scope, MailServerChange change, int? resellerId)
    {
        ArgumentNullException.ThrowIfNull(change);
        var present = await store.MailServer(Id, scope);
        if (await Judge(change, present) is { } refusal)
        {
            return refusal;
        }

        var row = new MailServerRow
        {
            AccountId = Id,
            Scope = scope,
            Host = change.Host.Trim().ToLowerInvariant(),
            Port = change.Port,
            Security = change.Security,
            User = change.User.Trim(),
            PasswordSealed = change.Password is { Length: > 0 } password ? secrets.Seal(SenderRules.PasswordPurpose, password)
                : change.User.Trim().Length > 0 ? present!.PasswordSealed
                : "",
            ChangedAt = clock.GetCurrentInstant(),
        };
        return await store.PutMailServer(row, resellerId) ? await Status(row) : WhiteLabelRefusal.RelationChanged;
    }

    public async Task<MailTry?> TryMailServer(WhiteLabelScope scope, string recipient, string language)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (!EmailAddresses.IsValid(recipient))
        {
            throw new ArgumentException("A mail is tried with one e-mail address.", nameof(recipient));
        }

        if (await store.MailServer(Id, scope) is not { } server)
        {
            return null;
        }

        var (subject, text) = TrialMail.In(language);
        return await probe.Try(server, recipient.Trim(), subject, text);
    }

    public Task<bool> RemoveMailServer(WhiteLabelScope scope, int? resellerId) => store.RemoveMailServer(Id, scope, resellerId);

    private string SpfNeeds => "include:" + options.Value.Spf(platform.Value);

    private async Task<WhiteLabelRefusal?> Judge(MailServerChange change, MailServerRow? present)
    {
        var (host, user) = (change.Host.Trim(), change.User.Trim());
        if (!probe.AllowsPrivate && HostRules.Tidy(host) is null)
        {
            return WhiteLabelRefusal.ServerInvalid;
        }

        if (host.Length is 0 or > 253 || host.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '/' or '@'))
        {
            return WhiteLabelRefusal.ServerInvalid;
        }

        if (change.Port is < 1 or > 65535 || (!probe.AllowsPrivate && !SenderRules.IsMailPort(change.Port)))
        {
            return WhiteLabelRefusal.PortInvalid;
        }

        // A password is kept only for the place and the user that it was typed for: else it could be sent to somebody else's server.
        var keeps = present is not null && present.User == user && present.PasswordSealed.Length > 0 && string.Equals(present.Host, host, StringComparison.OrdinalIgnoreCase);
        var isWhole = user.Length == 0 ? string.IsNullOrEmpty(change.Password) : !string.IsNullOrEmpty(change.Password) || keeps;
        if (!isWhole || user.Length > LongestUser || change.Password?.Length > LongestPassword || !Enum.IsDefined(change.Security)
            || (change.Security == MailServerSecurity.None && !probe.AllowsPrivate) || user.Any(char.IsControl) || change.Password?.Any(char.IsControl) == true)
        {
            return WhiteLabelRefusal.SignInInvalid;
        }

        return await probe.IsPublic(host) ? null : WhiteLabelRefusal.ServerNotPublic;
    }

    private async Task<SenderRow> NewSender(WhiteLabelScope scope, string address, string domain, Instant now)
    {
        // Some tenths of a second of arithmetic: not on the thread that serves the silo's other grains.
        var (pem, shown) = await Task.Run(SenderRules.NewKey);
        return new SenderRow
        {
            AccountId = Id,
            Scope = scope,
            Address = address,
            Domain = domain,
            Selector = "m" + OneTimeToken.Hash(shown)[..8],
            KeySealed = secrets.Seal(SenderRules.KeyPurpose, pem),
            KeyPublic = shown,
            Records = new SenderRecords(RecordState.NotAsked, RecordState.NotAsked, RecordState.NotAsked),
            ChangedAt = now,
            CheckedAt = null,
            NextCheckAt = now + Duration.FromMinutes(2),
        };
    }

    private SenderStatus Status(SenderRow row) => new()
    {
        Address = row.Address,
        Domain = row.Domain,
        IsUsed = SenderRules.MayUse(row.Records),
        Spf = row.Records.Spf,
        Dkim = row.Records.Dkim,
        Dmarc = row.Records.Dmarc,
        DkimName = SenderRules.DkimName(row.Selector, row.Domain),
        DkimValue = SenderRules.DkimValue(row.KeyPublic),
        SpfNeeds = SpfNeeds,
        SpfValue = $"v=spf1 {SpfNeeds} ~all",
        DmarcName = "_dmarc." + row.Domain,
        DmarcValue = "v=DMARC1; p=none",
        CheckedAt = row.CheckedAt,
    };

    private async Task<MailServerStatus> Status(MailServerRow row)
    {
        var (count, since) = await store.WaitingFor(row.AccountId, row.Scope);
        return new MailServerStatus
        {
            Host = row.Host,
            Port = row.Port,
            Security = row.Security,
            User = row.User,
            ChangedAt = row.ChangedAt,
            Waiting = count,
            WaitingSince = since,
        };
    }
}
