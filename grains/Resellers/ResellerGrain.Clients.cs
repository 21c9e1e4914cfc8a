using Slotwright.Accounts;

namespace Slotwright.Resellers;

/// <summary>
/// Client accounts. Nothing of them is kept here, so these calls interleave with those that every client's pages make, also while a password is
/// judged.
/// </summary>
public sealed partial class ResellerGrain
{
    public Task<Outcome<AccountReference, SignUpRefusal>> OpenClient(OpenClient command) => clients.Open(Id, command);

    public Task<Outcome<AccountReference, ConnectRefusal>> ConnectClient(ConnectClient command) => clients.Connect(Id, command);

    public Task<ClientFacts?> Client(int clientId) => clients.Facts(Id, clientId);

    public Task<Outcome<AccountReference, ClientRefusal>> InviteAgain(int clientId) => clients.InviteAgain(Id, clientId);

    public Task<Outcome<AccountReference, ClientRefusal>> RevokeInvitations(int clientId) => clients.RevokeInvitations(Id, clientId);

    public Task<Outcome<AccountReference, ClientRefusal>> NotePrice(int clientId, AskedPrice? price) => clients.NotePrice(Id, clientId, price);

    public Task<Outcome<AccountReference, ClientRefusal>> Detach(int clientId, int personId) => clients.Detach(Id, clientId, personId);

    public Task<Outcome<AccountReference, ClientRefusal>> Delete(int clientId, string typedName, int personId) =>
        clients.Delete(Id, clientId, typedName, personId);

    public async Task<Outcome<AccountReference, RevertRefusal>> Revert(RevertReseller command)
    {
        var outcome = await clients.Revert(Id, await store.Clients(Id), command);
        if (outcome.Accepted)
        {
            // Its settings are gone from storage: the next activation knows none.
            DeactivateOnIdle();
        }

        return outcome;
    }

    public Task<ClientSetUp?> ExportSetUp(int clientId) => clients.SetUp(Id, clientId);

    public Task<ExportedAppointments?> ExportAppointments(int clientId, int after) => clients.Appointments(Id, clientId, after);

    public Task<ExportedChanges?> ExportChanges(int clientId, int after) => clients.Changes(Id, clientId, after);
}
