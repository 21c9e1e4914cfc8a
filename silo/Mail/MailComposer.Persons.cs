using MimeKit;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Mail;

/// <summary>Letters to persons: in the reseller's name, else the business's or the platform's own.</summary>
internal sealed partial class MailComposer
{
    private const string PlatformColour = "#1f5f8b";

    private async Task<OutgoingMail> ComposeForPerson(Letter letter, PersonNews news)
    {
        var account = letter.Delivery.AccountId == 0 ? null : (await Ask(letter)).Account;
        var support = news.Client?.Sender ?? account?.Support;
        var sender = SenderOf(account, support);
        var links = letter.OwnHost is { } host ? "https://" + host : platform.Value.BaseUrl.TrimEnd('/');
        var recipient = MailAddresses.Parse(letter.Delivery.Recipient, "") ?? throw new AddressInvalidException();
        var footer = new MailFooter { SenderName = sender, Help = MailWording.HelpLine(support) };
        var rendered = MailTemplates.Render(
            ModelOf(news, account, links, recipient.Address) with { BusinessName = sender }, footer, LocalWords.Language(news.Language), account?.Brand.Colour ?? PlatformColour);
        var message = new MimeMessage
        {
            Subject = rendered.Subject,
            MessageId = letter.Delivery.MessageId,
            Date = clock.GetCurrentInstant().ToDateTimeOffset(),
            Body = new MultipartAlternative { new TextPart("plain") { Text = rendered.Text }, new TextPart("html") { Text = rendered.Html } },
        };
        message.From.Add(new MailboxAddress(sender, platform.Value.NoReplyAddress));
        if (support is not null && MailAddresses.Parse(support.Email, support.Name) is { } answers)
        {
            message.ReplyTo.Add(answers);
        }

        message.To.Add(recipient);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, LocalWords.Language(news.Language));
        message.Prepare(EncodingConstraint.SevenBit);
        return new OutgoingMail(message, MailAddresses.NoReply(platform.Value), recipient, letter.Delivery);
    }

    private string SenderOf(AccountFace? account, SupportDetails? support) =>
        support is not null ? CleanText.Line(support.Name, 80)
        : account is { ResellerId: not null } ? CleanText.Line(account.Brand.DisplayName, 80)
        : platform.Value.Name;

    private static ClientMail ModelOf(PersonNews news, ClientNews about, AccountFace? account, string links) => news.Kind switch
    {
        LetterKind.ClientOpened => About(about, new ClientOpenedMail { SignInUrl = links + Links.SignIn() }),
        LetterKind.ClientAttached => About(about, new ClientAttachedMail { BackOfficeUrl = links + Links.BackOffice(account?.Name ?? about.AccountName) }),
        LetterKind.ClientDetached => About(about, Detached(about, LocalWords.Language(news.Language)) with { SubscriptionUrl = links + Links.Subscription(account?.Name ?? about.AccountName) }),
        LetterKind.ClientDetachedCopy => About(about, new ClientDetachedCopyMail { DashboardUrl = links + Links.Reseller(account?.Name ?? "") }),
        LetterKind.ClientDeleted => About(about, new ClientDeletedMail()),
        LetterKind.ClientDeletedCopy => About(about, new ClientDeletedCopyMail { DashboardUrl = links + Links.Reseller(account?.Name ?? "") }),
        LetterKind.ResellerReverted => About(about, new ResellerRevertedMail { Clients = about.Clients, BackOfficeUrl = links + Links.BackOffice(account?.Name ?? about.AccountName) }),
        _ => throw new InvalidOperationException($"There is no letter about {news.Kind}"),
    };

    private static ClientMail About(ClientNews about, ClientMail mail) =>
        mail with { AccountName = CleanText.Line(about.AccountName, 80), DisplayName = CleanText.Line(about.DisplayName, 80) };

    private PersonMail ModelOf(PersonNews news, AccountFace? account, string links, string recipient)
    {
        var login = CleanText.Line(news.Email, 254);
        if (news.Client is { } about)
        {
            return ModelOf(news, about, account, links) with { Login = login };
        }

        var detail = CleanText.Line(news.Detail, 254);
        string Token() => PersonLink.Token(secrets, news.LinkId);
        string Office()
        {
            var (name, isOwnHost) = (account?.Name ?? "", links != platform.Value.BaseUrl.TrimEnd('/'));
            return links + (isOwnHost ? HostPaths.Outward(Links.BackOffice(name), name) : Links.BackOffice(name));
        }

        return news.Kind switch
        {
            LetterKind.PasswordReset => new PasswordResetMail { Login = login, ResetUrl = links + Links.SetPassword(news.PersonId, Token()) },
            LetterKind.PasswordChanged => new PasswordChangedMail { Login = login, ForgottenUrl = links + Links.ForgottenPassword() },
            LetterKind.AccountActivation => new AccountActivationMail
            {
                Login = login,
                AccountName = account?.Name ?? "",
                ActivationUrl = links + Links.SetPassword(news.PersonId, Token()),
            },
            LetterKind.AccountOpened => new AccountOpenedMail
            {
                Login = login,
                AccountName = account?.Name ?? detail,
                SignInUrl = links + Links.SignIn(),

                // Once a reseller looks after the account, the letter's foot says whom to ask.
                ContactEmail = account?.ResellerId is null ? CleanText.Line(platform.Value.ContactEmail, 254) : "",
            },
            LetterKind.EmailAgreeAtNew => new EmailAgreeAtNewMail { Login = login, NewEmail = detail, AnswerUrl = links + Links.EmailChange(news.PersonId, Token()) },
            LetterKind.EmailAgreeAtOld => new EmailAgreeAtOldMail { Login = login, NewEmail = detail, AnswerUrl = links + Links.EmailChange(news.PersonId, Token()) },

            // The login has the new address by now: the reader knows it by the one this is sent to.
            LetterKind.EmailChanged => new EmailChangedMail { Login = CleanText.Line(recipient, 254), NewEmail = detail, UndoUrl = links + Links.EmailChange(news.PersonId, Token()) },
            LetterKind.TwoStepOn => new TwoStepOnMail { Login = login, LoginUrl = links + Links.Login() },
            LetterKind.TwoStepOff => new TwoStepOffMail { Login = login, LoginUrl = links + Links.Login() },
            LetterKind.ClientPaused => new ClientPausedMail { Login = login, AccountName = account?.Name ?? "", BackOfficeUrl = Office() },
            LetterKind.ClientResumed => new ClientResumedMail { Login = login, AccountName = account?.Name ?? "", BackOfficeUrl = Office() },
            LetterKind.ResellersMerged => new ResellersMergedMail
            {
                Login = login,
                AccountName = account?.Name ?? "",
                OtherName = detail,
                AccountUrl = links + Links.Reseller(account?.Name ?? ""),
            },
            LetterKind.ResellerMergedAway => new ResellerMergedAwayMail { Login = login, AccountName = account?.Name ?? "", OtherName = detail, AccountUrl = Office() },
            LetterKind.HostFailing => About(new HostFailingMail { Login = login }, detail, links),
            LetterKind.HostGivenUp => About(new HostGivenUpMail { Login = login }, detail, links),
            LetterKind.AdministratorNow => new AdministratorNowMail
            {
                Login = login,
                AccountName = account?.Name ?? "",
                AccountTitle = CleanText.Line(account?.Brand.DisplayName, 80),
                BackOfficeUrl = links + Links.SignIn(account is null ? null : Links.BackOffice(account.Name)),
            },
            LetterKind.AdministratorNoMore => new AdministratorNoMoreMail
            {
                Login = login,
                AccountName = account?.Name ?? "",
                AccountTitle = CleanText.Line(account?.Brand.DisplayName, 80),
            },
            _ => BillingMail(news, account, links),
        };
    }

    // The detail is the host, a blank, and the account's name.
    private static HostMail About(HostMail mail, string detail, string links)
    {
        var parts = detail.Split(' ', 2);
        return mail with { Host = parts[0], AccountName = parts[^1], SettingsUrl = links + Links.Settings(parts[^1], "host") };
    }
}
