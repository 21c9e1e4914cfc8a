using NodaTime;

namespace Slotwright.Team;

/// <summary>The second step, as the person's grain judges it.</summary>
public sealed class TwoStepTests
{
    private const string Password = "demo-corner-barber";

    private static readonly SignInOrigin Here = new("127.0.0.1", "Test");
    private static readonly LetterManner English = new("en", null);

    public enum Shown
    {
        Right,
        Wrong,
        Absent,
        Replayed,
    }

    [Fact, Trait("Fault", "48")]
    public async Task Only_the_right_password_with_a_fresh_code_opens_a_session()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, _) = await WithTwoSteps(product);
        var other = await Person(product, "owner@harbour-yoga.example");
        var opened = new List<(Shown, Shown)>();

        foreach (var password in new[] { Shown.Right, Shown.Wrong, Shown.Absent })
        {
            foreach (var code in Enum.GetValues<Shown>())
            {
                product.Clock.Advance(Duration.FromMinutes(2));
                var used = Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant());
                await Enter(person, used);

                var first = await person.SignIn(new SignInAttempt(password switch { Shown.Right => Password, Shown.Wrong => "wrong", _ => "" }, Here));
                Assert.Null(first.Value?.Session);
                var typed = code switch
                {
                    Shown.Right => Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant() + Duration.FromSeconds(30)),
                    Shown.Wrong => "000000" == used ? "000001" : "000000",
                    Shown.Replayed => used,
                    _ => "",
                };
                var second = await person.FinishSignIn(new SecondStep(first.Value?.Ticket ?? "1.x", typed, Here));
                if (second.Accepted)
                {
                    opened.Add((password, code));
                }

                // A ticket of one person is worth nothing to another.
                Assert.False((await other.FinishSignIn(new SecondStep(first.Value?.Ticket ?? "1.x", typed, Here))).Accepted);
            }
        }

        Assert.Equal([(Shown.Right, Shown.Right)], opened);
    }

    [Fact, Trait("Fault", "48")]
    public async Task Of_several_who_type_one_code_at_once_one_enters()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, _) = await WithTwoSteps(product);
        product.Clock.Advance(Duration.FromMinutes(2));
        var code = Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant());
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => person.FinishSignIn(new SecondStep(ticket, code, Here))));

        Assert.Single(outcomes, outcome => outcome.Accepted);
    }

    [Fact]
    public async Task A_ticket_lasts_ten_minutes_and_not_past_a_new_password()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, session) = await WithTwoSteps(product);
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;
        product.Clock.Advance(Duration.FromMinutes(10));
        Assert.Equal(SignInRefusal.TooLate, (await person.FinishSignIn(new SecondStep(ticket, Code(product, secret), Here))).Refusal);

        ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;
        Assert.True((await person.ChangePassword(new PasswordChange(session, Password, "four unusual words here", English))).Accepted);

        Assert.Equal(SignInRefusal.TooLate, (await person.FinishSignIn(new SecondStep(ticket, Code(product, secret), Here))).Refusal);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once_and_ten_wrong_codes_make_it_wait()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, session) = await WithTwoSteps(product);
        var codes = (await person.NewRecoveryCodes(session)).Value!.Codes;
        Assert.Equal((10, 10), (codes.Count, codes.Distinct().Count()));
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;

        Assert.True((await person.FinishSignIn(new SecondStep(ticket, codes[3].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal), Here))).Accepted);
        Assert.Equal(SignInRefusal.TooLate, (await person.FinishSignIn(new SecondStep(ticket, codes[4], Here))).Refusal);
        ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;
        Assert.Equal(SignInRefusal.WrongCode, (await person.FinishSignIn(new SecondStep(ticket, codes[3], Here))).Refusal);
        Assert.Equal(9, (await person.Login(session))!.RecoveryCodesLeft);
        for (var tries = 0; tries < 9; tries++)
        {
            await person.FinishSignIn(new SecondStep(ticket, "000000", Here));
        }

        product.Clock.Advance(Duration.FromMinutes(2));
        Assert.Equal(SignInRefusal.TooManyCodes, (await person.FinishSignIn(new SecondStep(ticket, Code(product, secret), Here))).Refusal);
        product.Clock.Advance(Duration.FromMinutes(15));
        await Enter(person, Code(product, secret));
    }

    [Fact, Trait("Fault", "48")]
    public async Task A_ticket_opens_one_session_however_many_codes_come_with_it()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, session) = await WithTwoSteps(product);
        var codes = (await person.NewRecoveryCodes(session)).Value!.Codes;
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;

        var outcomes = await Task.WhenAll(codes.Take(5).Select(code => person.FinishSignIn(new SecondStep(ticket, code, Here))));

        Assert.Single(outcomes, outcome => outcome.Accepted);
        product.Clock.Advance(Duration.FromMinutes(2));
        Assert.Equal(SignInRefusal.TooLate, (await person.FinishSignIn(new SecondStep(ticket, Code(product, secret), Here))).Refusal);
    }

    [Fact]
    public async Task A_change_of_the_second_step_or_its_codes_ends_every_other_session()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var person = await Person(product, "owner@corner-barber.example");
        var session = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Session!.Token;
        var before = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Session!.Token;
        var secret = (await person.StartTwoStep(session)).Value!.Secret;

        var codes = (await person.ConfirmTwoStep(new TwoStepCommand(session, Code(product, secret), English))).Value!.Codes;
        Assert.Null(await person.Resume(before));
        var second = await Enter(person, codes[0]);
        codes = (await person.NewRecoveryCodes(session)).Value!.Codes;
        Assert.Null(await person.Resume(second));
        var third = await Enter(person, codes[0]);
        Assert.True((await person.EndTwoStep(new TwoStepCommand(session, "", English))).Accepted);

        Assert.Null(await person.Resume(third));
        Assert.NotNull(await person.Resume(session));
    }

    [Fact, Trait("Fault", "48")]
    public async Task Of_many_wrong_codes_at_once_no_more_than_ten_are_judged()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, _, _) = await WithTwoSteps(product);
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(guess => person.FinishSignIn(new SecondStep(ticket, $"guess-{guess}", Here))));

        Assert.Equal((10, 30), (outcomes.Count(outcome => outcome.Refusal == SignInRefusal.WrongCode), outcomes.Count(outcome => outcome.Refusal == SignInRefusal.TooManyCodes)));
    }

    [Fact, Trait("Fault", "48")]
    public async Task A_new_password_by_mail_keeps_the_second_step()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, _) = await WithTwoSteps(product);
        await person.AskForReset(English);
        var link = (await product.Letters("owner@corner-barber.example"))[0].Link("/set-password/");

        var outcome = await person.SetPassword(new PasswordByLink(link[(link.LastIndexOf('/') + 1)..], "four unusual words here", Here, English));

        Assert.Null(outcome.Value!.Session);
        product.Clock.Advance(Duration.FromMinutes(2));
        Assert.True((await person.FinishSignIn(new SecondStep(outcome.Value.Ticket!, Code(product, secret), Here))).Accepted);
    }

    [Fact]
    public async Task The_second_step_is_set_and_unset_only_soon_after_a_sign_in()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, secret, session) = await WithTwoSteps(product);
        product.Clock.Advance(Session.ConfirmedFor);

        Assert.Equal(LoginRefusal.NotConfirmed, (await person.EndTwoStep(new TwoStepCommand(session, "", English))).Refusal);
        Assert.Equal(LoginRefusal.NotConfirmed, (await person.NewRecoveryCodes(session)).Refusal);
        Assert.Equal(LoginRefusal.NotConfirmed, (await person.AskEmailChange(new EmailChangeRequest(session, "new@example.com", English))).Refusal);
        Assert.Equal(LoginRefusal.WrongCode, (await person.Confirm(session, Password, "")).Refusal);
        Assert.Equal(LoginRefusal.WrongPassword, (await person.Confirm(session, "wrong", Code(product, secret))).Refusal);
        Assert.True((await person.Confirm(session, Password, Code(product, secret))).Accepted);
        Assert.True((await person.EndTwoStep(new TwoStepCommand(session, "", English))).Accepted);

        Assert.NotNull((await person.SignIn(new SignInAttempt(Password, Here))).Value!.Session);
        Assert.Contains(await product.Letters("owner@corner-barber.example"), letter => letter.Listing.Subject.Contains("désactivée", StringComparison.Ordinal) || letter.Listing.Subject == "Two-step sign-in is off");
    }

    private static string Code(Product product, string secret) => Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant());

    private static async Task<string> Enter(IPersonGrain person, string code)
    {
        var ticket = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Ticket!;
        var outcome = await person.FinishSignIn(new SecondStep(ticket, code, Here));
        Assert.True(outcome.Accepted);
        return outcome.Value.Token;
    }

    private static async Task<IPersonGrain> Person(Product product, string email) =>
        product.Grains.Person((await product.Grains.Directory().PersonByLogin(email))!.Value);

    /// <summary>A person whose sign-in has two steps, the app's secret, and an open session.</summary>
    private static async Task<(IPersonGrain Person, string Secret, string Session)> WithTwoSteps(Product product)
    {
        var person = await Person(product, "owner@corner-barber.example");
        var session = (await person.SignIn(new SignInAttempt(Password, Here))).Value!.Session!.Token;
        var secret = (await person.StartTwoStep(session)).Value!.Secret;
        var on = await person.ConfirmTwoStep(new TwoStepCommand(session, Code(product, secret), English));
        Assert.Equal(10, on.Value!.Codes.Count);
        product.Clock.Advance(Duration.FromMinutes(1));
        return (person, secret, session);
    }
}
