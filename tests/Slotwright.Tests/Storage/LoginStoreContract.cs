using NodaTime;
using Slotwright.Team;

namespace Slotwright.Storage;

public abstract class LoginStoreContract : StorageContract
{
    private static readonly Instant Noon = StorageBench.Noon;

    private int lastLetter = 1000;

    [Fact]
    public async Task Two_steps_are_switched_on_used_and_off()
    {
        await Person(5, "ida@example.test");
        Assert.True(await Bench.Logins.KeepAuthenticator(5, "sealed"));
        Assert.False(await Bench.Logins.TakeStep(5, 100));
        Assert.True(await Bench.Logins.StartTwoStep(5, 100, ["a", "b"], "", Noon, Letter(5, LetterKind.TwoStepOn)));
        Assert.False(await Bench.Logins.StartTwoStep(5, 101, ["c"], "", Noon, Letter(5, LetterKind.TwoStepOn)));
        Assert.False(await Bench.Logins.KeepAuthenticator(5, "another"));
        Assert.False(await Bench.Logins.TakeStep(5, 100));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Bench.Logins.TakeStep(5, 101))));
        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Bench.Logins.SpendCode(5, "a", Noon))));
        Assert.Single(taken, won => won);
        Assert.Single(spent, won => won);
        Assert.False(await Bench.Logins.SpendCode(5, "unknown", Noon));
        Assert.Equal(new LoginCounts(1, 0, 0), await Bench.Logins.Count(5, Noon));

        Assert.True(await Bench.Logins.EndTwoStep(5, "", Noon, Letter(5, LetterKind.TwoStepOff)));
        Assert.False(await Bench.Logins.EndTwoStep(5, "", Noon, Letter(5, LetterKind.TwoStepOff)));
        var row = await Bench.Persons.Load(5);
        Assert.Equal((null, null), (row!.AuthenticatorSealed, row.TwoStepSince));
        Assert.Equal(2, await Letters());
    }

    [Fact]
    public async Task Links_are_counted_spent_once_and_end_the_others()
    {
        await Person(5, "ida@example.test");
        var links = Enumerable.Range(0, 5).Select(_ => PersonLink.New(5, PersonLinkKind.PasswordReset, Noon)).ToList();
        var stored = await Task.WhenAll(links.Select(link => Task.Run(() => Bench.Logins.AddLink(link, Letter(5, LetterKind.PasswordReset), 3, Noon - Duration.FromHours(1)))));
        Assert.Equal(3, stored.Count(one => one));
        Assert.Equal(3, await Letters());
        Assert.False(await Bench.Logins.AddLink(PersonLink.New(99, PersonLinkKind.PasswordReset, Noon), Letter(99, LetterKind.PasswordReset), 3, Noon));
        var (first, second) = (links.Where((_, number) => stored[number]).First(), links.Where((_, number) => stored[number]).Last());
        await Bench.Persons.OpenSession(5, PersonStoreContract.Session("s"));

        Assert.False(await Bench.Logins.SpendPasswordLink(6, first.Id, "hash", Noon, Letter(5, LetterKind.PasswordChanged)));
        Assert.False(await Bench.Logins.SpendPasswordLink(5, first.Id, "hash", first.ExpiresAt, Letter(5, LetterKind.PasswordChanged)));
        var spent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Bench.Logins.SpendPasswordLink(5, first.Id, "hash", Noon, Letter(5, LetterKind.PasswordChanged)))));

        Assert.Single(spent, won => won);
        Assert.Null(await Bench.Persons.FindSession("s", 5));
        Assert.Equal("hash", (await Bench.Persons.Load(5))!.PasswordHash);
        Assert.NotNull((await Bench.Logins.FindLink(second.Id))!.SpentAt);
    }

    [Fact]
    public async Task An_address_moves_when_both_agree_even_at_once_and_goes_back()
    {
        await Person(5, "ida@example.test");
        await Person(6, "other@example.test");
        foreach (var (wanted, changes) in new[] { ("new@example.test", true), ("other@example.test", false) })
        {
            var now = Noon + Duration.FromMinutes(changes ? 0 : 5);
            var (atNew, atOld) = (PersonLink.New(5, PersonLinkKind.EmailAgreeAtNew, now, wanted, "pair-" + wanted), PersonLink.New(5, PersonLinkKind.EmailAgreeAtOld, now, wanted, "pair-" + wanted));
            await Bench.Logins.AskEmailChange(atNew, atOld, [Letter(5, LetterKind.EmailAgreeAtNew, atNew.Id), Letter(5, LetterKind.EmailAgreeAtOld, atOld.Id)], now);
            Assert.Equal(wanted, await Bench.Logins.WantedEmail(5, now));
            var back = Enumerable.Range(0, 2).Select(_ => PersonLink.New(5, PersonLinkKind.EmailUndo, now, "ida@example.test")).ToList();

            var states = await Task.WhenAll(new[] { atNew, atOld }.Select((link, number) =>
                Task.Run(() => Bench.Logins.AgreeToEmail(link, wanted, back[number], Letter(5, LetterKind.EmailChanged, back[number].Id), now))));

            Assert.Equal(changes ? [EmailChangeState.Changed, EmailChangeState.Waiting] : [null, EmailChangeState.Waiting], states.OrderByDescending(state => (int?)state ?? 9));
            if (changes)
            {
                Assert.Equal((5, null), (await Bench.Persons.FindByEmail(wanted), await Bench.Persons.FindByEmail("ida@example.test")));
                var undo = (await Bench.Logins.FindLink(back[0].Id)) ?? (await Bench.Logins.FindLink(back[1].Id));
                Assert.True(await SetBack(undo!, now));
                Assert.False(await SetBack(undo!, now));
            }

            Assert.Equal((5, "ida@example.test"), (await Bench.Persons.FindByEmail("ida@example.test"), (await Bench.Persons.Load(5))!.Email));
        }

        Assert.Equal(6, await Bench.Persons.FindByEmail("other@example.test"));
    }

    [Fact]
    public async Task An_address_that_is_set_back_forgets_who_had_the_login_meanwhile()
    {
        var (minute, late) = (Duration.FromMinutes(1), Noon + Duration.FromHours(1));
        await Person(5, "ida@example.test");
        var before = PersonLink.New(5, PersonLinkKind.EmailUndo, Noon - minute, "first@example.test");
        var undo = PersonLink.New(5, PersonLinkKind.EmailUndo, Noon, "ida@example.test");
        var after = PersonLink.New(5, PersonLinkKind.EmailUndo, Noon + minute, "thief@example.test");
        await Moved(before, "ida@example.test");
        await Bench.Logins.AddPasskey(5, Passkey("own") with { CreatedAt = Noon - minute }, 9);
        await Moved(undo, "thief@example.test");
        await Moved(after, "third@example.test");
        await Bench.Logins.AddPasskey(5, Passkey("thiefs") with { CreatedAt = Noon + minute }, 9);
        await Bench.Logins.KeepAuthenticator(5, "sealed");
        await Bench.Logins.StartTwoStep(5, 100, ["a"], "", Noon + minute, Letter(5, LetterKind.TwoStepOn));
        await Bench.Persons.OpenSession(5, PersonStoreContract.Session("s"));
        var letters = await Letters();

        Assert.True(await SetBack(undo, late));

        Assert.Equal(letters + 1, await Letters());
        Assert.False(await SetBack(after, late));
        var row = (await Bench.Persons.Load(5))!;
        Assert.Equal(("ida@example.test", null, null, null), (row.Email, row.PasswordHash, row.TwoStepSince, row.AuthenticatorSealed));
        Assert.Equal("own", Assert.Single(await Bench.Logins.Passkeys(5)).CredentialId);
        Assert.Null(await Bench.Persons.FindSession("s", 5));
        Assert.Equal(new LoginCounts(0, 1, 0), await Bench.Logins.Count(5, Noon));
        Assert.Null((await Bench.Logins.FindLink(before.Id))!.SpentAt);

        async Task Moved(PersonLink wayBack, string to)
        {
            var (atNew, atOld) = (PersonLink.New(5, PersonLinkKind.EmailAgreeAtNew, wayBack.MadeAt, to, to), PersonLink.New(5, PersonLinkKind.EmailAgreeAtOld, wayBack.MadeAt, to, to));
            await Bench.Logins.AskEmailChange(atNew, atOld, [], wayBack.MadeAt);
            await Bench.Logins.AgreeToEmail(atNew, to, wayBack, Letter(5, LetterKind.EmailChanged, wayBack.Id), wayBack.MadeAt);
            Assert.Equal(EmailChangeState.Changed, await Bench.Logins.AgreeToEmail(atOld, to, wayBack, Letter(5, LetterKind.EmailChanged, wayBack.Id), wayBack.MadeAt));
        }
    }

    [Fact]
    public async Task Passkeys_and_sessions_are_kept_per_person()
    {
        await Person(5, "ida@example.test");
        await Person(6, "other@example.test");
        var passkey = Passkey("credential");
        Assert.True(await Bench.Logins.AddPasskey(5, passkey, 1));
        Assert.False(await Bench.Logins.AddPasskey(6, passkey, 1));
        Assert.False(await Bench.Logins.AddPasskey(5, passkey with { CredentialId = "second" }, 1));
        Assert.False(await Bench.Logins.UsePasskey(6, passkey with { SignCount = 2 }));
        Assert.True(await Bench.Logins.UsePasskey(5, passkey with { SignCount = 2 }));
        Assert.False(await Bench.Logins.UsePasskey(5, passkey with { SignCount = 2 }));
        Assert.Equal([passkey with { SignCount = 2 }], await Bench.Logins.Passkeys(5));
        await Bench.Logins.RemovePasskey(6, "credential");
        Assert.Single(await Bench.Logins.Passkeys(5));

        foreach (var token in new[] { "a", "b", "c" })
        {
            await Bench.Persons.OpenSession(5, PersonStoreContract.Session(token));
        }

        await Bench.Logins.EndSession(6, "a", Noon);
        await Bench.Logins.EndSession(5, "b", Noon);
        Assert.Equal(["a", "c"], (await Bench.Logins.Sessions(5, Noon - Duration.FromDays(1))).Select(session => session.TokenHash));
        await Bench.Logins.EndOtherSessions(5, "c", Noon);
        await Bench.Logins.ConfirmSession(5, "c", Noon + Duration.FromHours(1));

        Assert.Equal(Noon + Duration.FromHours(1), Assert.Single(await Bench.Logins.Sessions(5, Noon - Duration.FromDays(1))).ConfirmedAt);
    }

    private Task<bool> SetBack(PersonLink link, Instant now)
    {
        var newPassword = PersonLink.New(link.PersonId, PersonLinkKind.PasswordReset, now);
        return Bench.Logins.SetEmailBack(link, link.Email, newPassword, Letter(link.PersonId, LetterKind.PasswordReset, newPassword.Id), now);
    }

    private static Passkey Passkey(string credential) => new()
    {
        CredentialId = credential,
        Name = "Laptop",
        PublicKey = "key",
        SignCount = 1,
        Transports = "internal",
        IsUserVerified = true,
        IsBackupEligible = false,
        IsBackedUp = false,
        CreatedAt = Noon,
    };

    private Task<int> Letters() => Bench.Database.Read(async connection =>
        Convert.ToInt32(await connection.Scalar("select count(*) from person_letters l join deliveries d on d.change_id = l.id and d.role = 4"), System.Globalization.CultureInfo.InvariantCulture));

    private PersonLetter Letter(int person, LetterKind kind, string link = "")
    {
        var id = Interlocked.Increment(ref lastLetter);
        return new PersonLetter
        {
            Id = id,
            DeliveryId = id,
            MessageId = $"{id}@example.test",
            PersonId = person,
            AccountId = null,
            Kind = kind,
            Recipient = "ida@example.test",
            Language = "en",
            LinkId = link,
        };
    }

    private async Task Person(int id, string email) => Assert.True(await Bench.Accounts.Open(StorageBench.NewAccount(id, $"account-{id}", email, id)));
}
