using NodaTime;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Live;

namespace Slotwright.Resellers;

/// <summary>What a reseller's board tells, and as what it shows a client.</summary>
public sealed class BoardTests
{
    private const int Reseller = 1;
    private const int Client = 7;

    private static readonly Instant Now = Instant.FromUtc(2027, 1, 12, 8, 0);

    private readonly Board board = new(new BoardDays(Now, DateTimeZone.Utc));

    [Fact]
    public void The_end_of_a_trial_is_told_although_no_row_changed()
    {
        var end = Now + Duration.FromHours(1);
        Read(PlansOptions.Free, end);
        Assert.Equal((null, 1), (Shown(Now).Numbers.Allowed, board.Totals.Trials));
        Assert.Null(Take(end - Duration.FromSeconds(1)));

        var told = Take(end)!;

        Assert.Equal((50, true, 0), (Assert.Single(told.Clients).Allowed, told.Rewritten, told.Totals.Trials));
        Assert.Equal(ClientStanding.Free, Shown(end).Standing);
        Assert.Null(Take(end));
    }

    [Theory]
    [InlineData("s", SubscriptionState.PastDue, ClientStanding.PastDue)]
    [InlineData("s", SubscriptionState.Active, ClientStanding.Active)]
    [InlineData(PlansOptions.Free, SubscriptionState.Lapsed, ClientStanding.Lapsed)]
    [InlineData(PlansOptions.Free, SubscriptionState.PastDue, ClientStanding.Free)]
    public void Whether_a_client_was_paid_for_is_shown(string plan, SubscriptionState state, ClientStanding standing)
    {
        Read(plan, null);
        var before = Shown(Now).Standing;
        board.Subscriptions = new Dictionary<int, ClientSubscription>
        {
            [Client] = new()
            {
                AccountId = Client,
                PlanCode = plan,
                PlanName = plan,
                State = state,
                Monthly = new Price(Money.Zero("EUR"), Money.Zero("EUR"), Money.Zero("EUR"), Money.Zero("EUR")),
                PeriodTo = null,
                NextPlanCode = null,
                IsCancelled = false,
                TrialEndsAt = null,
            },
        };

        Assert.Equal(standing != before, Take(Now) is { Rewritten: true });
        Assert.Equal(standing, Shown(Now).Standing);
        Assert.Equal(standing is ClientStanding.PastDue or ClientStanding.Active ? [Client] : [], board.Select(new DashboardQuery { PersonId = 1, Among = ClientsAmong.Active }, Now));
    }

    [Fact]
    public void A_host_that_no_longer_leads_here_is_something_that_happened()
    {
        Read("s", null);
        board.Sides = new Dictionary<int, ClientSide> { [Client] = new(null, [new("book.client.example", ClientHostState.Failing)], null, [Now]), [8] = new(null, [], null, [Now]) };

        var told = Assert.Single(board.FailingHosts());

        Assert.Equal((Client, "client", ClientEventKind.HostFailing, Now), (told.AccountId, told.AccountName, told.Kind, told.At));
    }

    private ClientFigures Shown(Instant now) => board.Figures(Client, new PlansOptions(), null, now)!;

    private DashboardChange? Take(Instant now) => board.Take(Reseller, new FeedPosition("feed", 1), now);

    private void Read(string plan, Instant? trialEnds)
    {
        var row = new BoardRow
        {
            Client = new ClientListing { AccountId = Client, Name = "client", OwnerEmail = "owner@client.example", PlanCode = plan, PausedAt = null, AttachedAt = Now },
            Allowed = 50,
            TrialEndsAt = trialEnds,
            Version = 0,
        };
        board.Count(board.Follow([row], null), [], Now);
        Take(Now);
    }
}
