using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.Resellers;

public sealed partial class ResellerGrain
{
    public async Task<Outcome<HandedOver, HandOverRefusal>> HandOver(HandOverClient command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var email = command.Email.Trim();
        if (!EmailAddresses.IsValid(email))
        {
            return HandOverRefusal.EmailInvalid;
        }

        var (ids, letters) = (ServiceProvider.GetRequiredService<IIds>(), ServiceProvider.GetRequiredService<LetterDesk>());
        var (person, now, manner) = (await ids.Next(IdKind.Person), Now, new LetterManner(command.Language, command.Ticket.ClientId));
        var link = PersonLink.New(person, PersonLinkKind.Invitation, now);
        var refusal = await ServiceProvider.GetRequiredService<IHandOverStore>().HandOver(new NewAdministrator
        {
            Proof = Proof(command.Ticket),
            Person = new NewPerson { Id = person, Email = email, NormalisedEmail = Names.FoldEmail(email) },
            Invitation = new Invitation(link, await letters.Write(LetterKind.AccountActivation, person, email, manner, link.Id)),
            Notice = await letters.Write(LetterKind.AdministratorNow, person, email, manner),
            Farewell = await letters.Write(LetterKind.AdministratorNoMore, person, email, manner),
            Now = now,
        });
        if (refusal is { } no)
        {
            return no;
        }

        await GrainFactory.AccountSetup(command.Ticket.ClientId).Reload();
        return new HandedOver(email);
    }
}
