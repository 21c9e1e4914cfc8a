using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>What an owner and their reseller read about a full plan.</summary>
public sealed class LimitMailTests
{
    private static readonly LimitSnapshot Full = new(50, 50, "free");

    [Fact]
    public async Task A_reseller_reads_its_copy_in_its_own_language_and_is_not_sent_to_itself()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber("en"));
        world.Brand.Accounts[9] = Samples.Yoga("fr") with { Id = 9, Name = "atelier-web", OwnerEmail = "reseller@atelier.example" };
        await world.Limit(ChangeKind.LimitReached, 1, Full);

        await world.Process().Round();

        var owner = world.Written().Single(mail => mail.To.Mailboxes.Single().Address == "owner@corner-barber.example");
        var copy = world.Written().Single(mail => mail.To.Mailboxes.Single().Address == "bonjour@atelier.example");
        Assert.Contains("Atelier Web can arrange it", owner.TextBody, StringComparison.Ordinal);
        Assert.Contains("Help: Atelier Web", owner.TextBody, StringComparison.Ordinal);
        Assert.Contains("réservation en ligne fermée", copy.Subject!, StringComparison.Ordinal);
        Assert.Contains("Votre client sait que vous pouvez lui obtenir plus de place", copy.TextBody, StringComparison.Ordinal);
        foreach (var body in new[] { copy.TextBody!, copy.HtmlBody! })
        {
            Assert.DoesNotContain("peut s’en occuper", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Aide", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_copy_goes_to_whoever_looks_after_the_account_when_it_leaves()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        world.Brand.Accounts[9] = Samples.Yoga("fr") with { Id = 9, Name = "atelier-web" };
        var process = world.Process();
        await world.Limit(ChangeKind.LimitReached, 1, Full);
        await process.Dispatcher.Expand(CancellationToken.None);
        var barber = Samples.Barber();
        world.Brand.Accounts[1] = barber with { Support = barber.Support! with { Name = "Quay", Email = "help@quay.example" } };

        await process.Round();

        Assert.Equal(["help@quay.example", "owner@corner-barber.example"], world.Written().Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));

        await world.Run("update accounts set allowed = 60 where id = 1");
        await world.Limit(ChangeKind.LimitReached, 1, new LimitSnapshot(60, 60, "s"));
        await process.Dispatcher.Expand(CancellationToken.None);
        world.Brand.Accounts[1] = barber with { ResellerId = null, Support = null };
        await process.Round();

        Assert.Equal(3, world.Written().Count);
    }

    [Theory]
    [InlineData(ActorKind.Customer, "a customer could not book", "Someone has just tried to book")]
    [InlineData(ActorKind.Staff, "an appointment could not be made", "Someone of your team has just tried to enter an appointment")]
    [InlineData(ActorKind.ApiKey, "an appointment could not be made", "A program has just tried to book")]
    public async Task The_mail_about_a_refusal_says_who_was_refused(ActorKind actor, string subject, string sentence)
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Yoga());
        await world.Limit(ChangeKind.LimitRefused, 2, Full with { Refused = actor });

        await world.Process().Round();

        var mail = Assert.Single(world.Written());
        Assert.EndsWith(subject, mail.Subject, StringComparison.Ordinal);
        Assert.Contains(sentence, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "80")]
    public async Task Places_that_are_freed_and_filled_all_day_are_told_of_once_a_day()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Yoga());
        var process = world.Process();
        for (var hour = 0; hour < 30; hour++)
        {
            await world.Limit(ChangeKind.LimitReached, 2, Full);
            await process.Round();
            world.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, world.Written().Count);

        // Another plan is another limit.
        await world.Run("update accounts set allowed = 60 where id = 2");
        await world.Limit(ChangeKind.LimitReached, 2, new LimitSnapshot(60, 60, "s"));
        await process.Round();

        Assert.Equal(3, world.Written().Count);
    }
}
