using System.Globalization;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>Closes and opens clients for their reseller: the row decides at the booking, the account's pages follow.</summary>
public sealed class Pausing(IGrainFactory grains, IAccountStore accounts, IUpkeepStore store, LetterDesk letters, IClock clock)
{
    public Task<Outcome<ClientPause, PauseRefusal>> Pause(int resellerId, int clientId) =>
        Turn(resellerId, clientId, LetterKind.ClientPaused, letter => store.Pause(resellerId, clientId, clock.GetCurrentInstant(), letter));

    public Task<Outcome<ClientPause, PauseRefusal>> Resume(int resellerId, int clientId) =>
        Turn(resellerId, clientId, LetterKind.ClientResumed, letter => store.Resume(resellerId, clientId, clock.GetCurrentInstant(), letter));

    private async Task<Outcome<ClientPause, PauseRefusal>> Turn(int resellerId, int clientId, LetterKind kind, Func<PersonLetter, Task<bool?>> turn)
    {
        if (await accounts.Load(clientId) is not { } client || client.ResellerId != resellerId || await grains.Account(clientId).Face() is not { } face)
        {
            return PauseRefusal.UnknownClient;
        }

        // The letter names who paused it, so that it is not sent in another's name after the client has left.
        var letter = await letters.Write(
            kind, client.OwnerPersonId, client.OwnerEmail, new LetterManner(face.Brand.Language, clientId), detail: resellerId.ToString(CultureInfo.InvariantCulture));
        if (await turn(letter) is not { } changed)
        {
            return PauseRefusal.UnknownClient;
        }

        await grains.AccountSetup(clientId).Reload();
        return new ClientPause(clientId, kind == LetterKind.ClientPaused, changed);
    }
}
