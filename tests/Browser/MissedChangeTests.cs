using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Slotwright.Browser;

/// <summary>A booking page that was not told of a change learns of it all the same, without being loaded again.</summary>
public sealed partial class MissedChangeTests(Site site)
{
    private const int TakenUnheard = 4;
    private const int TakenNext = 6;

    [Fact]
    public async Task A_page_that_misses_one_change_asks_for_all_of_them_when_the_next_one_comes()
    {
        await using var bob = await site.Visit(Look.Laptop);
        var swallowed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await bob.Page.Context.RouteWebSocketAsync(Live(), socket =>
        {
            var server = socket.ConnectToServer();
            server.OnMessage(frame =>
            {
                if (swallowed.Task.IsCompleted || !Taken().IsMatch(frame.Text ?? ""))
                {
                    Pass(frame, socket);
                    return;
                }

                swallowed.SetResult();
            });
        });
        var day = await BookingTests.QuietDay(bob, week: 13);
        await BookingTests.Listen(bob, day);

        await using var ann = await Holding(day, TakenUnheard);
        await swallowed.Task.WaitAsync(Tour.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Gone(bob).CountAsync());
        await using var cleo = await Holding(day, TakenNext);

        await Assertions.Expect(Gone(bob)).ToHaveCountAsync(2);
        Assert.Equal("true", await bob.Page.Locator("a.time").Nth(TakenUnheard).GetAttributeAsync("aria-disabled"));
    }

    [Fact]
    public async Task A_page_whose_connection_was_lost_sees_what_was_taken_meanwhile_as_soon_as_it_is_back()
    {
        await using var bob = await site.Visit(Look.Laptop);
        var lost = false;
        IWebSocketRoute? stands = null;
        await bob.Page.Context.RouteWebSocketAsync(Live(), socket =>
        {
            if (Volatile.Read(ref lost))
            {
                _ = socket.CloseAsync(new() { Code = 4000 });
                return;
            }

            stands = socket;
            socket.ConnectToServer();
        });
        var day = await BookingTests.QuietDay(bob, week: 15);
        await BookingTests.Listen(bob, day);

        Volatile.Write(ref lost, true);
        await stands!.CloseAsync(new() { Code = 4000 });
        await using var ann = await Holding(day, TakenUnheard);
        Assert.Equal(0, await Gone(bob).CountAsync());
        Volatile.Write(ref lost, false);

        // Pages try again after ever longer times.
        await Assertions.Expect(Gone(bob)).ToHaveCountAsync(1, new() { Timeout = (float)Tour.Patience.TotalMilliseconds });
        Assert.Equal("true", await bob.Page.Locator("a.time").Nth(TakenUnheard).GetAttributeAsync("aria-disabled"));
    }

    private static ILocator Gone(Visit visit) => visit.Page.Locator("a.time.gone");

    private static void Pass(IWebSocketFrame frame, IWebSocketRoute to)
    {
        if (frame.Text is { } text)
        {
            to.Send(text);
        }
        else
        {
            to.Send(frame.Binary!);
        }
    }

    /// <summary>A visitor on whose form a time of the day is held.</summary>
    private async Task<Visit> Holding(string day, int time)
    {
        var visit = await site.Visit(Look.Phone);
        await visit.Open(day);
        await Tour.Choose(visit.Page, visit.Page.Locator("a.time").Nth(time));
        await Tour.Submit(visit.Page, "#chosen", "#chosen button");
        return visit;
    }

    [GeneratedRegex("/live$")]
    private static partial Regex Live();

    [GeneratedRegex("\"taken\":\\[[0-9]")]
    private static partial Regex Taken();
}
