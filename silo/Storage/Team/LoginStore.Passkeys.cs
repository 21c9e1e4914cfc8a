using Slotwright.Team;

namespace Slotwright.Storage.Team;

/// <summary>Passkeys: public keys, nothing of them is secret.</summary>
internal sealed partial class LoginStore
{
    public Task<IReadOnlyList<Passkey>> Passkeys(int personId) => database.Read<IReadOnlyList<Passkey>>(async connection =>
        await connection.All(
            """
            select credential_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, created_at
            from passkeys where person_id = @id order by created_at, credential_id
            """,
            row => new Passkey
            {
                CredentialId = row.GetString(0),
                Name = row.GetString(1),
                PublicKey = row.GetString(2),
                SignCount = row.GetInt64(3),
                Transports = row.GetString(4),
                IsUserVerified = row.FlagAt(5),
                IsBackupEligible = row.FlagAt(6),
                IsBackedUp = row.FlagAt(7),
                CreatedAt = row.InstantAt(8),
            },
            ("id", personId)));

    public Task<bool> AddPasskey(int personId, Passkey passkey, int atMost) => database.Write(async connection =>
    {
        await Take(connection, personId);
        return Number(await connection.Scalar("select count(*) from passkeys where person_id = @id", ("id", personId))) < atMost
            && await connection.Run(
                """
                insert into passkeys (credential_id, person_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, created_at)
                values (@credential, @id, @name, @key, @count, @transports, @verified, @eligible, @backed, @created)
                on conflict (credential_id) do nothing
                """,
                ("credential", passkey.CredentialId),
                ("id", personId),
                ("name", passkey.Name),
                ("key", passkey.PublicKey),
                ("count", passkey.SignCount),
                ("transports", passkey.Transports),
                ("verified", passkey.IsUserVerified),
                ("eligible", passkey.IsBackupEligible),
                ("backed", passkey.IsBackedUp),
                ("created", passkey.CreatedAt)) == 1;
    });

    public Task<bool> UsePasskey(int personId, Passkey passkey) => database.Write(async connection =>
        await connection.Run(
            """
            update passkeys set sign_count = @count, user_verified = @verified, backed_up = @backed
            where credential_id = @credential and person_id = @id and (sign_count < @count or (sign_count = 0 and @count = 0))
            """,
            ("credential", passkey.CredentialId),
            ("id", personId),
            ("count", passkey.SignCount),
            ("verified", passkey.IsUserVerified),
            ("backed", passkey.IsBackedUp)) == 1);

    public Task RemovePasskey(int personId, string credentialId) => database.Write(connection => connection.Run(
        "delete from passkeys where credential_id = @credential and person_id = @id", ("credential", credentialId), ("id", personId)));
}
