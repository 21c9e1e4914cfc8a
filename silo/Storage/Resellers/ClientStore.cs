using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Resellers;
using Slotwright.Storage.Appointments;
using Slotwright.Storage.Billing;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage.Resellers;

internal sealed class ClientStore(IDatabase database) : IClientStore
{
    public Task<ClientRow?> Find(int resellerId, int clientId) => database.Read(connection => connection.First(
        """
        select a.id, a.name, a.owner_person_id, p.email, a.created_at, coalesce(a.attached_at, a.created_at),
            (select max(l.made_at) from person_letters l where l.account_id = a.id and l.kind in (103, 110)),
            a.asked_hundredths, a.asked_every, a.asked_note, a.paused_at
        from accounts a join persons p on p.id = a.owner_person_id
        where a.id = @client and a.reseller_id = @reseller
        """,
        row => new ClientRow
        {
            Id = row.GetInt32(0),
            Name = row.GetString(1),
            OwnerPersonId = row.GetInt32(2),
            OwnerEmail = row.GetString(3),
            CreatedAt = row.InstantAt(4),
            AttachedAt = row.InstantAt(5),
            InvitedAt = row.InstantOrNull(6),
            Asked = row.IsDBNull(7) ? null : new AskedPrice(row.GetInt64(7) / 100m, (AskedEvery)row.GetInt32(8), row.GetString(9)),
            PausedAt = row.InstantOrNull(10),
        },
        ("client", clientId), ("reseller", resellerId)));

    public Task<AttachAnswer> Attach(int resellerId, int clientId, int personId, Instant now, PersonLetter letter) => database.Write(async connection =>
    {
        await connection.TakeAccounts(resellerId, clientId);
        if (!await connection.IsReseller(resellerId))
        {
            return AttachAnswer.UnknownReseller;
        }

        if (await connection.Run(
            "update accounts set reseller_id = @reseller, attached_at = @now, paused_at = null where id = @client and reseller_id is null and is_reseller = 0 and suspended_at is null",
            ("reseller", resellerId), ("client", clientId), ("now", now)) == 1)
        {
            await connection.ForgiveAtNewPayer(clientId);
            await connection.AppendRelation(clientId, AuditActs.Attached, resellerId, personId, now);
            await connection.Queue(letter, now);
            return AttachAnswer.Attached;
        }

        return await connection.IsReseller(clientId) ? AttachAnswer.IsReseller
            : await connection.IsClient(resellerId, clientId) ? AttachAnswer.AlreadyYours
            : await connection.Count("select count(*) from accounts where id = @id and reseller_id is not null", ("id", clientId)) == 1 ? AttachAnswer.AttachedElsewhere
            : AttachAnswer.UnknownAccount;
    });

    public Task<bool> Detach(int resellerId, int clientId, int personId, Instant now, IReadOnlyList<PersonLetter> letters) => database.Write(async connection =>
    {
        await connection.TakeAccounts(resellerId, clientId);
        if (!await connection.IsClient(resellerId, clientId))
        {
            return false;
        }

        await connection.EndRelation(clientId, now);
        await connection.AppendRelation(clientId, AuditActs.Detached, resellerId, personId, now);
        foreach (var letter in letters)
        {
            await connection.Queue(letter, now);
        }

        return true;
    });

    public Task<RevertAnswer> Revert(int resellerId, int personId, IReadOnlyDictionary<int, IReadOnlyList<PersonLetter>> clients, Instant now, PersonLetter letter) =>
        database.Write(async connection =>
        {
            await connection.TakeAccounts(clients.Keys.Append(resellerId));
            if (!await connection.IsReseller(resellerId))
            {
                return RevertAnswer.UnknownReseller;
            }

            // The reseller's row is taken: none can be attached meanwhile.
            var attached = await connection.All("select id from accounts where reseller_id = @reseller order by id", row => (object)row.GetInt32(0), ("reseller", resellerId));
            if (attached.Cast<int>().Any(id => !clients.ContainsKey(id)))
            {
                return RevertAnswer.HasOthers;
            }

            foreach (var id in attached.Cast<int>())
            {
                await connection.EndRelation(id, now);
                await connection.AppendRelation(id, AuditActs.Detached, resellerId, personId, now);
                foreach (var one in clients[id])
                {
                    await connection.Queue(one, now);
                }
            }

            await connection.Run("update accounts set is_reseller = 0 where id = @id", ("id", resellerId));
            await connection.EndReselling(resellerId);
            await connection.ForgetDocuments(database.Dialect, AccountErasure.ResellerDocument, AccountErasure.Key(resellerId));
            await connection.AppendRelation(resellerId, AuditActs.Reverted, resellerId, personId, now);
            await connection.Queue(letter, now);
            return RevertAnswer.Reverted;
        });

    public Task<EraseAnswer> Erase(int resellerId, int clientId, int personId, Instant now, IReadOnlyList<PersonLetter> letters) => database.Write(async connection =>
    {
        await AccountErasure.TakeAgendas(connection, database.Dialect, clientId);
        await connection.TakeAccounts(resellerId, clientId);
        if (!await connection.IsClient(resellerId, clientId))
        {
            return EraseAnswer.UnknownClient;
        }

        if (await connection.Count("select count(*) from accounts where id = @id and suspended_at is not null", ("id", clientId)) == 1)
        {
            return EraseAnswer.Suspended;
        }

        var name = await connection.NameOf(clientId);
        await AccountErasure.Run(connection, database.Dialect, clientId, now);
        await connection.AppendRelation(resellerId, AuditActs.Deleted, resellerId, personId, now, name);
        foreach (var letter in letters)
        {
            await connection.Queue(letter, now);
        }

        return EraseAnswer.Erased;
    });

    public Task<bool> NotePrice(int resellerId, int clientId, AskedPrice? price) => database.Write(async connection => await connection.Run(
        "update accounts set asked_hundredths = @amount, asked_every = @every, asked_note = @note where id = @client and reseller_id = @reseller",
        ("client", clientId),
        ("reseller", resellerId),
        ("amount", price is null ? null : (long)(price.Amount * 100)),
        ("every", price is null ? null : (int)price.Every),
        ("note", price?.Note ?? "")) == 1);

    public Task<bool?> Invite(int resellerId, int clientId, Invitation invitation, PersonLetter notice, int atMost, Instant since, Instant now) =>
        database.Write<bool?>(async connection =>
        {
            await connection.TakeAccounts(clientId);

            // Whoever owns it now is who is written to: it may have been handed over a moment ago.
            if (await connection.Count(
                "select count(*) from accounts where id = @client and reseller_id = @reseller and owner_person_id = @person",
                ("client", clientId), ("reseller", resellerId), ("person", invitation.Link.PersonId)) != 1)
            {
                return null;
            }

            if (await connection.Count(
                "select count(*) from person_letters where account_id = @client and kind in (103, 110) and made_at > @since", ("client", clientId), ("since", since)) >= atMost)
            {
                return false;
            }

            if (await PersonStore.HasLogin(connection, invitation.Link.PersonId))
            {
                await connection.Queue(notice, now);
                return true;
            }

            await SpendInvitations(connection, clientId, now);
            await LoginStore.Insert(connection, invitation.Link);
            await connection.Queue(invitation.Letter, now);
            return true;
        });

    public Task<bool> RevokeInvitations(int resellerId, int clientId, Instant now) => database.Write(async connection =>
    {
        await connection.TakeAccounts(clientId);
        if (!await connection.IsClient(resellerId, clientId))
        {
            return false;
        }

        await SpendInvitations(connection, clientId, now);
        return true;
    });

    public Task<IReadOnlyList<Appointment>?> Appointments(int resellerId, int clientId, int after, int atMost) => database.Read<IReadOnlyList<Appointment>?>(
        async connection => !await connection.IsClient(resellerId, clientId) ? null : await connection.All(
            $"""
            select {AppointmentRows.Columns} from appointments p
            where p.agenda_id in (select id from agendas where account_id = @client) and p.id > @after order by p.id limit @most
            """,
            AppointmentRows.Read,
            ("client", clientId), ("after", after), ("most", atMost)));

    public Task<IReadOnlyList<AppointmentChange>?> Changes(int resellerId, int clientId, int after, int atMost) => database.Read<IReadOnlyList<AppointmentChange>?>(
        async connection => !await connection.IsClient(resellerId, clientId) ? null : await connection.All(
            $"""
            select {AppointmentRows.ChangeColumns} from changes c
            where c.agenda_id in (select id from agendas where account_id = @client) and c.id > @after order by c.id limit @most
            """,
            AppointmentRows.ReadChange,
            ("client", clientId), ("after", after), ("most", atMost)));

    /// <summary>Only those that this account's letters carry: its owner may have been invited elsewhere too.</summary>
    private static Task<int> SpendInvitations(System.Data.Common.DbConnection connection, int clientId, Instant now) => connection.Run(
        """
        update person_links set spent_at = @now
        where kind = @kind and spent_at is null and id in (select l.link_id from person_letters l where l.account_id = @client and l.kind = @letter)
        """,
        ("now", now), ("kind", PersonLinkKind.Invitation), ("client", clientId), ("letter", LetterKind.AccountActivation));
}
