using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>A change of the e-mail address: both addresses agree, and the former one can take it back.</summary>
public sealed partial class PersonGrain
{
    private const int EmailChangesPerWindow = 5;

    private readonly Strikes emailChanges = new(EmailChangesPerWindow, ResetWindow);

    public async Task<Outcome<LoginFace, LoginRefusal>> AskEmailChange(EmailChangeRequest command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (person, session, refusal) = await Sensitive(command.SessionToken);
        if (refusal is { } no)
        {
            return no;
        }

        var wanted = command.Email.Trim();
        if (!EmailAddresses.IsValid(wanted) || Names.FoldEmail(wanted) == Names.FoldEmail(person!.Email))
        {
            return LoginRefusal.EmailInvalid;
        }

        if (emailChanges.AreTooMany(Now))
        {
            return LoginRefusal.TooManyTries;
        }

        emailChanges.Add(Now);
        var pair = OneTimeToken.New(16);
        var atNew = PersonLink.New(Id, PersonLinkKind.EmailAgreeAtNew, Now, wanted, pair);
        var atOld = PersonLink.New(Id, PersonLinkKind.EmailAgreeAtOld, Now, wanted, pair);

        // Whether somebody has that address already is told to nobody: the change then comes to nothing when both have agreed.
        await logins.AskEmailChange(
            atNew,
            atOld,
            [
                await letters.Write(LetterKind.EmailAgreeAtNew, Id, wanted, command.Manner, atNew.Id, wanted),
                await letters.Write(LetterKind.EmailAgreeAtOld, Id, person.Email, command.Manner, atOld.Id, wanted),
            ],
            Now);
        return await Face(person, session!);
    }

    public async Task<EmailChange?> EmailChange(string token) =>
        await GoodLink(token) is { } link ? new EmailChange(link.Email, KindOf(link)) : null;

    public async Task<EmailChangeAnswer?> AnswerEmailChange(EmailChangeReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (await GoodLink(reply.Token) is not { } link || await store.Load(Id) is not { } person)
        {
            return null;
        }

        var folded = Names.FoldEmail(link.Email);
        EmailChangeState? state = link.Kind switch
        {
            PersonLinkKind.EmailUndo => reply.Agrees && await SetBack(link, folded, reply.Manner) ? EmailChangeState.SetBack : null,
            _ when !reply.Agrees => await logins.RefuseEmail(link, Now) ? EmailChangeState.Refused : null,
            _ => await Agree(person, link, folded, reply.Manner),
        };
        return state is { } came ? new EmailChangeAnswer(link.Email, came) : null;
    }

    private async Task<EmailChangeState?> Agree(PersonRow person, PersonLink link, string folded, LetterManner manner)
    {
        var wayBack = PersonLink.New(Id, PersonLinkKind.EmailUndo, Now, person.Email);
        var letter = await letters.Write(LetterKind.EmailChanged, Id, person.Email, manner, wayBack.Id, link.Email);
        return await logins.AgreeToEmail(link, folded, wayBack, letter, Now);
    }

    private async Task<bool> SetBack(PersonLink link, string folded, LetterManner manner)
    {
        var newPassword = PersonLink.New(Id, PersonLinkKind.PasswordReset, Now);
        var letter = await letters.Write(LetterKind.PasswordReset, Id, link.Email, manner, newPassword.Id);
        return await logins.SetEmailBack(link, folded, newPassword, letter, Now);
    }

    private async Task<PersonLink?> GoodLink(string token) =>
        PersonLink.IdOf(secrets, token) is { } id && await logins.FindLink(id) is { SetsPassword: false } link && link.IsGood(Id, Now) ? link : null;

    private static EmailLink KindOf(PersonLink link) => link.Kind switch
    {
        PersonLinkKind.EmailAgreeAtNew => EmailLink.AgreeAtNew,
        PersonLinkKind.EmailAgreeAtOld => EmailLink.AgreeAtOld,
        _ => EmailLink.Undo,
    };
}
